// The report of a repair for people: what was done to each file, what is left and why.
import { allowedBy, type Finding, type Safety } from '../engine/finding.ts';
import type { AppliedFix } from '../engine/fix-all.ts';
import { counted, repairable } from './counts.ts';
import { printable } from './drawn-line.ts';
import { type ReportFile, sourceOf } from './report-file.ts';
import type { Style } from './style.ts';

/** What became of another file that came along with a fix. */
export interface NeighbourFile {
  readonly path: string;
  readonly outcome: 'made' | 'changed' | 'left as it was';
}

export interface RepairedFile {
  /** The file as it is now, with what is left in it. */
  readonly file: ReportFile;
  readonly applied: readonly AppliedFix[];
  readonly neighbours: readonly NeighbourFile[];
  /** Rules whose fixes were undone. */
  readonly refused: readonly string[];
  /** Services that changed along with the one that was meant. */
  readonly others: readonly string[];
}

export interface Repair {
  readonly upTo: Safety;
  /** Nothing was written. */
  readonly isDry: boolean;
}

function reasonOf(finding: Finding, { refused }: RepairedFile, { upTo }: Repair): string {
  const [best] = finding.fixes;
  if (!best) return 'no fix: change it by hand';
  if (refused.includes(finding.rule)) return 'its fix did not fit with the others and was undone';
  if (finding.fixes.some(({ safety }) => allowedBy(upTo, safety))) return 'not fixed in this run';
  if (finding.fixes.some(({ safety }) => safety === 'unsafe')) return '--unsafe fixes it';
  return `your choice: ${best.title}`;
}

/** `2 × root-user, 1 × unpinned-image`. */
function appliedByRule(applied: readonly AppliedFix[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of applied) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => `${count} × ${rule}`).join(', ');
}

function leftRows(repaired: RepairedFile, repair: Repair, { palette }: Style): string[] {
  const source = sourceOf(repaired.file);
  const rows = repaired.file.findings.map(finding => {
    const { line, character } = source.lines.positionAt(finding.span.start);
    return { finding, place: `${line + 1}:${character + 1}` };
  });
  const placeWidth = Math.max(0, ...rows.map(({ place }) => place.length));
  const ruleWidth = Math.max(0, ...rows.map(({ finding }) => finding.rule.length));
  return rows.map(({ finding, place }) =>
    [
      place.padEnd(placeWidth),
      palette[finding.severity](finding.severity.padEnd('warning'.length)),
      finding.rule.padEnd(ruleWidth),
      palette.dim(printable(source.hide(reasonOf(finding, repaired, repair)))),
    ].join('  '),
  );
}

function fileBlock(repaired: RepairedFile, repair: Repair, style: Style): string {
  const { palette } = style;
  const { file, applied, neighbours, others } = repaired;
  const title = (word: string, n: number): string => `  ${n === 0 ? word.padEnd(6) : '      '}`;
  const rows = (word: string, paint: (text: string) => string, lines: readonly string[]): string[] =>
    lines.map((line, n) => `${paint(title(word, n))} ${line}`);
  return [
    palette.strong(printable(file.path)),
    ...rows(
      repair.isDry ? 'fixes' : 'fixed',
      palette.good,
      applied.length > 0 ? [appliedByRule(applied)] : [],
    ),
    ...rows('also', palette.good, [
      ...neighbours.map(({ path, outcome }) => `${printable(path)} ${palette.dim(outcome)}`),
      ...others.map(name => `service ${printable(name)} ${palette.dim('changed by what it shares')}`),
    ]),
    ...rows('left', palette.dim, leftRows(repaired, repair, style)),
    '',
  ].join('\n');
}

/** The files of which there is something to say, a blank line between them. */
export const fixReport = (files: readonly RepairedFile[], repair: Repair, style: Style): string =>
  files
    .filter(({ applied, file }) => applied.length > 0 || file.findings.length > 0)
    .map(file => fileBlock(file, repair, style))
    .join('\n');

export function fixSummary(
  files: readonly RepairedFile[],
  { upTo, isDry }: Repair,
  { palette }: Style,
): string {
  const changed = files.filter(({ applied }) => applied.length > 0);
  const fixes = changed.flatMap(({ applied }) => applied).length;
  const left = files.flatMap(({ file }) => file.findings);
  const unsafe = upTo === 'safe' ? repairable(left, 'unsafe').length : 0;
  const done =
    fixes === 0
      ? `Nothing to fix in ${counted(files.length, 'file')}`
      : `${isDry ? 'Would fix' : 'Fixed'} ${counted(fixes, 'finding')} in ${changed.length} of ${counted(files.length, 'file')}`;
  const more = unsafe > 0 ? ` (${unsafe} more with --unsafe)` : '';
  return `${palette.strong(done)}${more}; ${left.length === 0 ? 'nothing is left' : `${left.length} left`}.\n`;
}
