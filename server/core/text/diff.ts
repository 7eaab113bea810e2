// Diffs: what changed between two texts, as the smallest edits for an editor and as a patch for people.
import { type Edit, replace } from './edit.ts';
import { span } from './span.ts';

/** Lines `[from, to)` of the old text that became lines `[start, end)` of the new one; either may be empty. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** Lines inserted and removed beyond this are not paired any more: time and memory grow with its square. */
const maximumDistance = 1_500;

/** Lines with their line ends. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+/g) ?? [];

/** Whether the furthest way onto a diagonal is a line inserted, coming from the one above, or removed. */
const isInsertion = (diagonal: number, steps: number, below: number, above: number): boolean =>
  diagonal === -steps || (diagonal !== steps && below < above);

/** How far one gets on every diagonal with 0, 1, 2, ... insertions and removals (Myers). */
function furthestReach(before: readonly string[], after: readonly string[]) {
  const limit = Math.min(before.length + after.length, maximumDistance);
  const reach = new Int32Array(2 * limit + 3);
  const origin = limit + 1;
  const trace: Int32Array[] = [];
  let best = { x: 0, y: 0, steps: 0 };
  for (let steps = 0; steps <= limit; steps++) {
    trace.push(reach.slice(origin - steps - 1, origin + steps + 2));
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      const below = reach[origin + diagonal - 1] ?? 0;
      const above = reach[origin + diagonal + 1] ?? 0;
      let x = isInsertion(diagonal, steps, below, above) ? above : below + 1;
      let y = x - diagonal;
      while (x < before.length && y < after.length && before[x] === after[y]) {
        x++;
        y++;
      }
      reach[origin + diagonal] = x;
      if (x > before.length || y > after.length) continue;
      if (x + y > best.x + best.y) best = { x, y, steps };
      if (x === before.length && y === after.length) return { trace, best: { x, y, steps } };
    }
  }
  return { trace, best };
}

/** Pairs of equal lines on a shortest way from one text to the other, last pair first. */
function* pairsBackward(before: readonly string[], after: readonly string[]): Generator<[number, number]> {
  const { trace, best } = furthestReach(before, after);
  let { x, y } = best;
  for (let steps = best.steps; steps >= 0; steps--) {
    const reach = trace[steps];
    const diagonal = x - y;
    const below = reach?.[diagonal - 1 + steps + 1] ?? 0;
    const above = reach?.[diagonal + 1 + steps + 1] ?? 0;
    const inserted = isInsertion(diagonal, steps, below, above);
    const previousX = inserted ? above : below;
    const previousY = steps === 0 ? 0 : previousX - (inserted ? diagonal + 1 : diagonal - 1);
    while (x > previousX && y > previousY) yield [--x, --y];
    x = previousX;
    y = previousY;
  }
}

function changedLines(before: readonly string[], after: readonly string[]): Change[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;

  const changes: Change[] = [];
  let to = before.length - tail;
  let end = after.length - tail;
  const close = (from: number, start: number): void => {
    if (from < to || start < end) changes.push({ from, to, start, end });
  };
  for (const [x, y] of pairsBackward(before.slice(head, to), after.slice(head, end))) {
    close(head + x + 1, head + y + 1);
    to = head + x;
    end = head + y;
  }
  close(head, head);
  return changes.reverse();
}

/** Inside a surrogate pair or a CRLF: no editor has a position there. */
const isInsideUnit = (text: string, at: number): boolean =>
  /^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/.test(text.slice(Math.max(0, at - 1), at + 1));

/** The replacement of `before`, which stands at an offset, without what both have at their head and tail. */
function trimmedEdit(at: number, before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  while (isInsideUnit(before, head) || isInsideUnit(after, head)) head--;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  while (isInsideUnit(before, before.length - tail) || isInsideUnit(after, after.length - tail)) tail--;
  return replace(span(at + head, at + before.length - tail), after.slice(head, after.length - tail));
}

/** Edits that turn one text into the other: line by line where lines pair up, and only what differs in them. */
export function minimalEdits(before: string, after: string): Edit[] {
  const oldLines = linesOf(before);
  const newLines = linesOf(after);
  const edits: Edit[] = [];
  let line = 0;
  let offset = 0;
  const skipTo = (target: number): void => {
    while (line < target) offset += oldLines[line++]?.length ?? 0;
  };
  for (const { from, to, start, end } of changedLines(oldLines, newLines)) {
    const paired = to - from === end - start;
    for (let i = 0; i < (paired ? to - from : 1); i++) {
      skipTo(from + i);
      const old = paired ? (oldLines[from + i] ?? '') : oldLines.slice(from, to).join('');
      const young = paired ? (newLines[start + i] ?? '') : newLines.slice(start, end).join('');
      if (old !== young) edits.push(trimmedEdit(offset, old, young));
    }
  }
  return edits;
}

/** Changes that share context lines, together in one hunk. */
function hunksOf(changes: readonly Change[], context: number): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const hunk = hunks.at(-1);
    const last = hunk?.at(-1);
    if (hunk && last && change.from - last.to <= 2 * context) hunk.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

/** `start,count` as in a patch: one-based; for no lines at all the line before them. */
const patchRange = (from: number, to: number): string =>
  to - from === 1 ? `${from + 1}` : `${to > from ? from + 1 : from},${to - from}`;

const patchLine = (sign: string, line: string): string =>
  line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`;

function printHunk(
  hunk: readonly Change[],
  before: readonly string[],
  after: readonly string[],
  context: number,
): string {
  const [first] = hunk;
  const last = hunk.at(-1);
  if (!first || !last) return '';
  const lead = Math.min(context, first.from);
  const trail = Math.min(context, before.length - last.to);
  const lines = (sign: string, source: readonly string[], from: number, to: number): string =>
    source
      .slice(from, to)
      .map(line => patchLine(sign, line))
      .join('');

  let result = `@@ -${patchRange(first.from - lead, last.to + trail)} +${patchRange(first.start - lead, last.end + trail)} @@\n`;
  let at = first.from - lead;
  for (const { from, to, start, end } of hunk) {
    result += lines(' ', before, at, from) + lines('-', before, from, to) + lines('+', after, start, end);
    at = to;
  }
  return result + lines(' ', before, at, last.to + trail);
}

/** A patch as `git diff` prints it, empty where nothing changed. `before` is null where there is no file yet. */
export function unifiedDiff(
  path: string,
  before: string | null,
  after: string,
  { context }: { readonly context: number } = { context: 3 },
): string {
  const oldLines = linesOf(before ?? '');
  const newLines = linesOf(after);
  const hunks = hunksOf(changedLines(oldLines, newLines), context);
  if (hunks.length === 0 && before !== null) return '';
  const name = path.replace(/^\/+/, '');
  // A tab behind a name with blanks tells programs that apply patches where the name ends.
  const tab = name.includes(' ') ? '\t' : '';
  const header = [
    `diff --git a/${name} b/${name}\n`,
    before === null ? 'new file mode 100644\n--- /dev/null\n' : `--- a/${name}${tab}\n`,
    `+++ b/${name}${tab}\n`,
  ];
  return [...header, ...hunks.map(hunk => printHunk(hunk, oldLines, newLines, context))].join('');
}
