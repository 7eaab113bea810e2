// Budgets: how large an image may be, and which lines are to blame where it is larger.
import { bytesText, type Limit, limitText } from '../text/bytes.ts';
import { type Accounted, layerName } from './sized-layer.ts';

/** Of all, of what one layer may add, and of what may be gone in the end. */
export type Budget = Readonly<Partial<Record<'budget' | 'layer' | 'wasted', Limit>>>;

export interface Excess {
  readonly budget: keyof Budget;
  /** Whole sentences. */
  readonly message: string;
  /** Zero-based, the line most to blame; null where it is not known. */
  readonly line: number | null;
}

const allowed = (limit: Limit, size: number): number =>
  'bytes' in limit ? limit.bytes : (limit.percent / 100) * size;

export const percentText = (part: number, whole: number): string =>
  `${whole === 0 ? 0 : Number(((part / whole) * 100).toFixed(1))}%`;

/** So many lines are named. */
const mostNamed = 3;

/** `line 3 with 180 MB, the base image with 120 MB`: layers of a base count together. */
function blame(account: Accounted, count: (layer: number) => number): { text: string; line: number | null } {
  const sums = new Map<string, { bytes: number; line: number | null }>();
  account.layers.forEach(({ line }, at) => {
    const name = layerName(account.layers, at);
    sums.set(name, { bytes: (sums.get(name)?.bytes ?? 0) + count(at), line });
  });
  const largest = [...sums].filter(([, { bytes }]) => bytes > 0).sort((a, b) => b[1].bytes - a[1].bytes);
  const [, { bytes: most }] = largest[0] ?? ['', { bytes: 0 }];
  const text = largest
    .slice(0, mostNamed)
    // A hundredth of the largest is nobody's fault.
    .filter(([, { bytes }]) => bytes * 100 >= most)
    .map(([name, { bytes }]) => `${name} with ${bytesText(bytes)}`)
    .join(', ');
  return { text, line: largest[0]?.[1].line ?? null };
}

export function excessesOf(account: Accounted, { budget, layer, wasted }: Budget): Excess[] {
  const { size, layers } = account;
  const excesses: Excess[] = [];
  if (budget && size > allowed(budget, size)) {
    const { text, line } = blame(account, at => layers[at]?.size ?? 0);
    const message = `The image has ${bytesText(size)}, and ${limitText(budget)} are its budget. Most of it: ${text}.`;
    excesses.push({ budget: 'budget', message, line });
  }
  layers.forEach((each, at) => {
    if (!layer || each.origin === 'base' || each.size <= allowed(layer, size)) return;
    const name = layerName(layers, at);
    const message = `${name[0]?.toUpperCase()}${name.slice(1)} adds ${bytesText(each.size)}, and ${limitText(layer)} are the budget of one layer.`;
    excesses.push({ budget: 'layer', message, line: each.line });
  });
  if (wasted && account.wasted > allowed(wasted, size)) {
    const { text } = blame(account, at => layers[at]?.wasted ?? 0);
    const { line } = blame(account, at => removedBy(account, at));
    const message = `${bytesText(account.wasted)} (${percentText(account.wasted, size)}) are wasted, and ${limitText(wasted)} are the budget for that. Written, and gone later: ${text}.`;
    excesses.push({ budget: 'wasted', message, line });
  }
  return excesses;
}

const removedBy = ({ layers }: Accounted, at: number): number =>
  layers
    .flatMap(({ wastedBy }) => wastedBy)
    .reduce((sum, { layer, bytes }) => (layer === at ? sum + bytes : sum), 0);
