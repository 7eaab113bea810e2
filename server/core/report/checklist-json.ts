// The production report for programs: version 1 of its JSON. Lines and characters are zero-based.
import { statuses } from '../checklist/checklist.ts';
import {
  type ChecklistFile,
  countOf,
  type ShownFinding,
  type ShownItem,
  type ShownList,
  type ShownPlace,
  showFile,
} from './checklist-file.ts';

const placeOf = ({ path, start, end }: ShownPlace) => ({ path, range: { start, end } });

const findingOf = ({ rule, severity, message, place, fixes, accepted }: ShownFinding) => ({
  rule,
  severity,
  message,
  ...placeOf(place),
  fixes,
  accepted,
});

const itemOf = ({ origin, known, findings, ...item }: ShownItem) => ({
  ...item,
  known,
  from: origin.kind === 'file' ? { kind: 'file', ...placeOf(origin.place) } : origin,
  findings: findings.map(findingOf),
});

const listOf = ({ kind, name, place, items }: ShownList) => ({
  kind,
  name,
  range: placeOf(place).range,
  counts: Object.fromEntries(statuses.map(status => [status, countOf(items, status)])),
  lines: items.map(itemOf),
});

export function checklistJson(files: readonly ChecklistFile[]): string {
  const shown = files.map(showFile).map(({ path, language, problems, lists }) => ({
    path,
    language,
    problems: problems.map(findingOf),
    checklists: lists.map(listOf),
  }));
  return `${JSON.stringify({ version: 1, files: shown })}\n`;
}
