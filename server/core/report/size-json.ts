// The size of an image for programs: JSON of version 1, whose lines are zero-based, and a row for each layer as CSV.
import type { Comparison } from '../image/compare.ts';
import type { SizeReport } from '../image/report.ts';

const reportOf = ({ tree: _, ...report }: SizeReport, file: string | null) => ({ file, ...report });

export const sizeJson = (report: SizeReport, file: string | null): string =>
  `${JSON.stringify({ version: 1, ...reportOf(report, file) }, null, 2)}\n`;

export const comparisonJson = (
  before: SizeReport,
  after: SizeReport,
  comparison: Comparison,
  file: string | null,
): string =>
  `${JSON.stringify({ version: 1, before: reportOf(before, null), after: reportOf(after, file), ...comparison }, null, 2)}\n`;

/** A cell that a spreadsheet takes for text, whatever it begins with. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function sizeCsv({ layers }: SizeReport): string {
  const heads = 'layer,line,origin,size,wasted,added,changed,rewritten,removed,instruction,digest'.split(',');
  const rows = layers.map(
    ({ line, origin, size, wasted, added, changed, rewritten, removed, step, diffId }, at) => [
      at + 1,
      line === null ? '' : line + 1,
      origin,
      size,
      wasted,
      ...[added, changed, rewritten, removed].map(({ files }) => files),
      step,
      diffId,
    ],
  );
  return [heads, ...rows].map(row => `${row.map(cell).join(',')}\n`).join('');
}
