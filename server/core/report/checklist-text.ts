// The production report for people at a terminal: a row for each line, and below what fails its findings and repairs.
import type { Status } from '../checklist/checklist.ts';
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
import { counted } from './counts.ts';
import { printable } from './drawn-line.ts';
import type { Paint, Palette } from './palette.ts';
import type { Style } from './style.ts';
import { ways } from './text.ts';
import { wrap } from './wrap.ts';

const indentation = '  ';
const statusWidth = 'accepted'.length;

const paints: Readonly<Record<Exclude<Status, 'failed'>, keyof Palette>> = {
  passed: 'good',
  accepted: 'hint',
  unknown: 'info',
};

const paintOf = ({ status, severity }: ShownItem, palette: Palette): Paint =>
  palette[status === 'failed' ? (severity ?? 'warning') : paints[status]];

/** Below a row, under its value. */
function findingLines(finding: ShownFinding, lead: string, { palette, width }: Style): string[] {
  const { rule, severity, message, place, fixes, accepted } = finding;
  const [best] = fixes;
  const others = fixes.length > 1 ? `, the first of ${fixes.length}` : '';
  const how = accepted
    ? [palette.dim(acceptanceText(accepted))]
    : best
      ? [`${palette.good('fix:')} ${printable(best.title)} ${palette.dim(`(${ways[best.safety]}${others})`)}`]
      : [];
  return [
    `${lead}${palette[severity](severity)}  ${palette.dim(`${rule}  ${printable(placeText(place))}`)}`,
    ...wrap(printable(message), width, lead),
    ...how.map(line => `${lead}${line}`),
  ];
}

function itemLines(item: ShownItem, titleWidth: number, style: Style): string[] {
  const { palette, width } = style;
  const lead = ' '.repeat(indentation.length * 3 + statusWidth + titleWidth);
  const below = ' '.repeat(indentation.length * 2 + statusWidth);
  const value = printable(item.known ? item.value : `not known: ${item.value}`);
  const [first = '', ...rest] = wrap(value, width, lead);
  const head = [
    indentation,
    paintOf(item, palette)(item.status.padEnd(statusWidth)),
    indentation,
    item.title.padEnd(titleWidth),
    indentation,
  ].join('');
  return [
    `${head}${first.slice(lead.length)}  ${palette.dim(printable(originText(item.origin)))}`,
    ...rest,
    ...item.findings.flatMap(finding => findingLines(finding, below, style)),
  ];
}

function listBlock(list: ShownList, style: Style): string {
  const { palette } = style;
  const titleWidth = Math.max(...list.items.map(({ title }) => title.length));
  return [
    `${palette.strong(printable(placeText(list.place)))}  ${palette.strong(printable(nameOf(list)))}  ${palette.dim(countsOf(list.items))}`,
    ...list.items.flatMap(item => itemLines(item, titleWidth, style)),
    '',
  ].join('\n');
}

const problemBlock = (problem: ShownFinding, { palette, width }: Style): string =>
  [
    `${palette.strong(printable(placeText(problem.place)))}  ${palette[problem.severity](problem.severity)}  ${palette.dim(problem.rule)}`,
    ...wrap(printable(problem.message), width, indentation),
    '',
  ].join('\n');

/** Every service and image of the files, a blank line between them. */
export const checklistText = (files: readonly ChecklistFile[], style: Style): string =>
  files
    .map(showFile)
    .flatMap(({ problems, lists }) => [
      ...problems.map(problem => problemBlock(problem, style)),
      ...lists.map(list => listBlock(list, style)),
    ])
    .join('\n');

export function checklistSummary(files: readonly ChecklistFile[], { palette }: Style): string {
  const lists = files.map(showFile).flatMap(file => file.lists);
  const items = lists.flatMap(list => list.items);
  const failed = lists.filter(list => list.items.some(({ status }) => status === 'failed'));
  const what = counted(lists.length, 'checklist');
  if (lists.length === 0) return 'There is no service and no image to report on.\n';
  const outcome =
    failed.length === 0
      ? palette.good(`Nothing fails in ${what}`)
      : `${palette.strong(`${failed.length} of ${what}`)} ${failed.length === 1 ? 'fails' : 'fail'}`;
  return `${outcome}: ${countsOf(items)}.\n`;
}
