// Writes groups of tags in the notation of server/core/knowledge/tag-pattern.ts, as short as repetition allows.
import { type TagGroup, writeTag } from '../../server/core/knowledge/tag-pattern.ts';

/** A text cut into the pieces that patterns share. */
type Word = readonly string[];

interface Notation {
  readonly open: string;
  readonly separator: string;
  readonly close: string;
  /** Writes first pieces that the same pieces may follow. */
  readonly abbreviate: (heads: readonly string[]) => readonly string[];
}

const withinGroup: Notation = { open: '{', separator: ',', close: '}', abbreviate: versionChains };
const betweenGroups: Notation = { open: '(', separator: ' ', close: ')', abbreviate: heads => heads };

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `26`, `26.7`, `26.7.0` as `26^.7.0`. */
function versionChains(heads: readonly string[]): string[] {
  const left = new Set([...heads].sort(byText));
  const chains: string[] = [];
  for (const start of left) {
    let end = start;
    for (const next of left) {
      if (!next.startsWith(`${end}.`) || next.includes('.', end.length + 1)) continue;
      end = next;
      left.delete(next);
    }
    chains.push(end === start ? start : `${start}^${end.slice(start.length)}`);
  }
  return chains;
}

/** A pattern cut where a bracket or a `-` begins outside of brackets. */
function pieces(pattern: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (depth === 0 && at > start && '-{('.includes(character)) {
      found.push(pattern.slice(start, at));
      start = at;
    }
    if ('{('.includes(character)) depth++;
    if ('})'.includes(character)) depth--;
  }
  return start < pattern.length ? [...found, pattern.slice(start)] : found;
}

const withoutFirst = (word: Word): string => word.slice(1).join('');
const withoutLast = (word: Word): string => word.slice(0, -1).join('');

/** One of the patterns; what all of them begin or end with is written once. */
function choice(patterns: readonly string[], notation: Notation): string {
  const [first = '', ...others] = patterns;
  if (others.length === 0) return first;
  const isStart =
    first !== '' && others.every(other => other.startsWith(first) && /\w/.test(other.charAt(first.length)));
  if (isStart && !patterns.some(pattern => pattern.includes('^'))) {
    return (
      first +
      choice(
        patterns.map(pattern => pattern.slice(first.length)),
        notation,
      )
    );
  }
  const cut = patterns.map(pieces);
  const shared = (index: 0 | -1): string => {
    const piece = cut[0]?.at(index) ?? '';
    return cut.every(word => word.at(index) === piece) ? piece : '';
  };
  const tail = shared(-1);
  if (tail !== '') return choice(cut.map(withoutLast), notation) + tail;
  const head = shared(0);
  if (head !== '') return head + choice(cut.map(withoutFirst), notation);
  return notation.open + patterns.join(notation.separator) + notation.close;
}

const setKey = (words: readonly Word[]): string =>
  words
    .map(word => `${word.join('\0')}\n`)
    .sort(byText)
    .join('');

/** The first pieces of the words, together where the same pieces may follow. */
function byTails(words: readonly Word[]): { heads: string[]; tails: Word[] }[] {
  const tailsOf = new Map<string, Word[]>();
  for (const [head, ...tail] of words) {
    if (head !== undefined) tailsOf.set(head, [...(tailsOf.get(head) ?? []), tail]);
  }
  const merged = new Map<string, { heads: string[]; tails: Word[] }>();
  for (const [head, tails] of [...tailsOf].sort(([a], [b]) => byText(a, b))) {
    const key = setKey(tails);
    const same = merged.get(key) ?? { heads: [], tails };
    same.heads.push(head);
    merged.set(key, same);
  }
  return [...merged.values()];
}

function write(words: readonly Word[], notation: Notation): string {
  const branches = byTails(words);
  for (const { heads, tails } of branches) {
    const others = words.filter(([head]) => head === undefined || !heads.includes(head));
    if (setKey(others) !== setKey(tails)) continue;
    return choice([...notation.abbreviate(heads), ''], notation) + write(tails, notation);
  }
  const patterns = branches.flatMap(({ heads, tails }) => {
    const tail = write(tails, notation);
    const starts = notation.abbreviate(heads);
    return tail === '' ? starts : [choice(starts, notation) + tail];
  });
  return choice(words.some(word => word.length === 0) ? [...patterns, ''] : patterns, notation);
}

/** The shortest pattern found for the groups; the order within and between them is not kept. */
export function tagPattern(groups: readonly TagGroup[]): string {
  const words = groups.map(group => group.map(tag => pieces(writeTag(tag))));
  const patterns = words.map(group => write(group, withinGroup));
  return write(patterns.map(pieces), betweenGroups);
}
