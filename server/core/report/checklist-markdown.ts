// The production report as Markdown, for pull requests and wikis.
import { statuses } from '../checklist/checklist.ts';
import {
  acceptanceText,
  type ChecklistFile,
  countsOf,
  nameOf,
  originText,
  placeText,
  type ShownFinding,
  type ShownItem,
  type ShownList,
  showFile,
} from './checklist-file.ts';
import { rulePageUrl } from './links.ts';
import { code, escaped } from './markdown.ts';

/** Words of ours, in which backticks mark what is code. */
const prose = (words: string): string =>
  words
    .split(/(`[^`]+`)/)
    .map(piece => (/^`[^`]+`$/.test(piece) ? code(piece.slice(1, -1)) : escaped(piece)))
    .join('');

const row = ({ status, title, value, known, origin }: ShownItem): string =>
  `| ${status} | ${title} | ${known ? escaped(value) : `not known: ${escaped(value)}`} | ${escaped(originText(origin))} |`;

function findingLine({ rule, severity, message, place, fixes, accepted }: ShownFinding): string {
  const [best] = fixes;
  const how = accepted
    ? ` (${escaped(acceptanceText(accepted))})`
    : best
      ? ` Fix: ${prose(best.title)} (${best.safety}).`
      : '';
  return `  - ${severity}, ${code(placeText(place))}, [${rule}](${rulePageUrl(rule)}): ${prose(message)}${how}`;
}

function details(item: ShownItem): string[] {
  if (item.findings.length === 0) return [];
  const references = item.references.map(({ title, url }) => `[${title}](${url})`).join(', ');
  return [
    `- **${item.title}** (${item.status}). ${item.why} ${references}`,
    ...item.findings.map(findingLine),
  ];
}

function listSection(list: ShownList): string {
  const found = list.items.flatMap(details);
  return [
    `### ${escaped(nameOf(list))}`,
    '',
    `${code(placeText(list.place))}: ${countsOf(list.items)}.`,
    '',
    '| | Line | Value | From |',
    '| --- | --- | --- | --- |',
    ...[...list.items].sort((a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status)).map(row),
    ...(found.length > 0 ? ['', ...found] : []),
    '',
  ].join('\n');
}

export const checklistMarkdown = (files: readonly ChecklistFile[]): string =>
  [
    '# Production readiness\n',
    ...files
      .map(showFile)
      .flatMap(({ path, problems, lists }) => [
        `## ${escaped(path)}\n`,
        ...(problems.length > 0
          ? [`${problems.map(problem => findingLine(problem).trimStart()).join('\n')}\n`]
          : []),
        ...lists.map(listSection),
      ]),
  ].join('\n');
