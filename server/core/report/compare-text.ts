// Two builds side by side: the image as the file makes it, and as it would be with the repairs.
import type { Compared, CompareRow } from '../build/compared.ts';
import type { BuiltImage } from '../build/outcome.ts';
import { bytesText } from '../text/bytes.ts';
import { alignedRows } from './table.ts';

const unknown = 'not known';

const sizeOf = ({ bytes }: BuiltImage): string => (bytes === null ? unknown : bytesText(bytes));
const userOf = ({ user }: BuiltImage): string => (user === null ? unknown : user === '' ? 'root' : user);

function sizeChange(before: BuiltImage, after: BuiltImage): string {
  if (before.bytes === null || after.bytes === null || before.bytes === after.bytes) return '';
  const change = after.bytes - before.bytes;
  return ` (${change > 0 ? '+' : ''}${bytesText(change)})`;
}

/** Health without a check is none; what is not known is told as such. */
export const compareRows = ({ before, after, more }: Compared): CompareRow[] => [
  { name: 'size', before: sizeOf(before), after: sizeOf(after) + sizeChange(before, after) },
  { name: 'layers', before: String(before.layers ?? unknown), after: String(after.layers ?? unknown) },
  { name: 'user', before: userOf(before), after: userOf(after) },
  { name: 'health', before: before.health ?? 'none', after: after.health ?? 'none' },
  ...more,
];

/** `size 182 MB → 96 MB (-86 MB), user root → app`. */
export function compareLine(compared: Compared): string {
  const changes = compareRows(compared).filter(({ before, after }) => before !== after);
  return changes.length === 0
    ? 'nothing that shows in the image'
    : changes.map(({ name, before, after }) => `${name} ${before} → ${after}`).join(', ');
}

export const compareText = (compared: Compared): string =>
  alignedRows(
    [
      ['', 'before', 'after the repairs'],
      ...compareRows(compared).map(({ name, before, after }) => [name, before, after]),
    ],
    ['left', 'left', 'left'],
  )
    .map(row => `${row}\n`)
    .join('');

export const compareJson = (compared: Compared): string => `${JSON.stringify({ version: 1, ...compared })}\n`;
