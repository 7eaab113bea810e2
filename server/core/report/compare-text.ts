// Two builds side by side: the image as the file makes it, and as it would be with the repairs.
import type { BuiltImage } from '../build/outcome.ts';
import { bytesText } from '../text/bytes.ts';

export interface Compared {
  readonly before: BuiltImage;
  readonly after: BuiltImage;
  /** What else is known of both images, such as what a scanner found. */
  readonly more?: readonly CompareRow[];
}

export interface CompareRow {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

const unknown = 'not known';

const sizeOf = ({ bytes }: BuiltImage): string => (bytes === null ? unknown : bytesText(bytes));
const userOf = ({ user }: BuiltImage): string => (user === null ? unknown : user === '' ? 'root' : user);

function sizeChange(before: BuiltImage, after: BuiltImage): string {
  if (before.bytes === null || after.bytes === null || before.bytes === after.bytes) return '';
  const change = after.bytes - before.bytes;
  return ` (${change > 0 ? '+' : ''}${bytesText(change)})`;
}

function compareRows({ before, after, more = [] }: Compared): CompareRow[] {
  return [
    { name: 'size', before: sizeOf(before), after: sizeOf(after) + sizeChange(before, after) },
    { name: 'layers', before: String(before.layers ?? unknown), after: String(after.layers ?? unknown) },
    { name: 'user', before: userOf(before), after: userOf(after) },
    { name: 'health', before: before.health ?? 'none', after: after.health ?? 'none' },
    ...more,
  ];
}

export function compareText(compared: Compared): string {
  const rows = [{ name: '', before: 'before', after: 'after the repairs' }, ...compareRows(compared)];
  const width = (part: keyof CompareRow): number => Math.max(...rows.map(row => row[part].length));
  const [names, befores] = [width('name'), width('before')];
  return rows
    .map(({ name, before, after }) =>
      `${name.padEnd(names)}  ${before.padEnd(befores)}  ${after}`.trimEnd().concat('\n'),
    )
    .join('');
}

export const compareJson = (compared: Compared): string =>
  `${JSON.stringify({ version: 1, before: compared.before, after: compared.after, more: compared.more ?? [] })}\n`;
