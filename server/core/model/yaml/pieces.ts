// Pieces: a file read entry by entry, so that after an edit only the entries whose text is another are read again. Pieces
// are the top-level entries, and those of the section that holds most; what is taken over is moved to where it stands now.
import { hull, type Span, span } from '../../text/span.ts';
import { parseYaml, readSyntax } from './adapter.ts';
import type { YamlComment, YamlDocument, YamlMap, YamlNode, YamlPair, YamlScalar } from './node.ts';
import { checkCharacters, note, type ProblemList } from './problems.ts';
import { shiftedPairs, shiftedSpan } from './shift.ts';
import { columnOf } from './style.ts';
import { type Anchors, checkKeys, readTree } from './tree.ts';
import { nodesBelow } from './walk.ts';

type Target = Exclude<YamlNode, { readonly kind: 'alias' }>;

interface Read {
  readonly pairs: readonly YamlPair[];
  readonly comments: readonly YamlComment[];
  readonly problems: ProblemList;
}

/** The lines from one entry to the next, read by themselves. */
interface Piece extends Read {
  readonly where: Span;
  /** The anchors that it leaves to what stands below it. */
  readonly anchors: ReadonlyMap<string, Target>;
  /** By name, what it takes from above it. */
  readonly taken: ReadonlyMap<string, Target>;
}

/** By their texts. */
export type Pieces = ReadonlyMap<string, Piece>;

export interface DocumentInPieces extends YamlDocument {
  readonly pieces: Pieces;
}

interface Outline {
  readonly entries: readonly Span[];
  /** The key of the section whose entries are pieces, and how many entries are in front of it. */
  readonly section: { readonly key: Span; readonly index: number; readonly entries: readonly Span[] } | null;
}

/** A key on a line of its own kind: what else may begin a line may belong to the one above it. */
const entryLine = /^ *[\w.][\w.-]*:(?=[ \n]|\r\n)/;
const servicesLine = /^services:(?:[ \t]+#.*|[ \t]*)\r?\n/;
const emptyLine = /^[ \t]*(?:#.*)?\r?$/;
const documentMark = /(?<![^\n])(?:---|\.\.\.|%|\uFEFF)|\r(?!\n)/;

/** The lines that begin at a column, or further left; null where one of them is not the first of an entry there. */
function entriesAt(text: string, { start, end }: Span, column: number): Span[] | null {
  const starts: number[] = [];
  const line = new RegExp(`(?<![^\\n]) {0,${column}}(?=[^ #\\r\\n])`, 'g');
  line.lastIndex = start;
  for (let found = line.exec(text); found !== null && found.index < end; found = line.exec(text)) {
    if (found[0].length !== column || !entryLine.test(text.slice(found.index, found.index + 200)))
      return null;
    starts.push(found.index);
    line.lastIndex = found.index + column + 1;
  }
  return starts.map((at, index) => span(at, starts[index + 1] ?? end));
}

function outlineOf(text: string): Outline | null {
  if (documentMark.test(text)) return null;
  const entries = entriesAt(text, span(0, text.length), 0);
  const [top] = entries ?? [];
  if (
    !entries ||
    !top ||
    !text
      .slice(0, top.start)
      .split('\n')
      .every(line => emptyLine.test(line))
  )
    return null;
  const index = entries.findIndex(({ start }) => text.startsWith('services:', start));
  const section = entries[index];
  const header = section && servicesLine.exec(text.slice(section.start, section.end));
  if (!section || !header) return { entries, section: null };
  const body = span(section.start + header[0].length, section.end);
  const first = /(?<![^\n])( +)[^ #\r\n]/.exec(text.slice(body.start, body.end));
  const inner = first && entriesAt(text, body, first[1]?.length ?? 0);
  const key = span(section.start, section.start + 'services'.length);
  return { entries, section: inner && { key, index, entries: inner } };
}

const isCut = ({ message }: { readonly message: string }): boolean => message.endsWith('is never closed.');

/** The entries of lines that lie behind an offset of their file. */
function readLines(file: string, lines: string, start: number, anchors: Anchors): Read | null {
  const problems: ProblemList = [];
  const { document, comments, openQuote } = readSyntax(lines, problems, start);
  if (document === null || openQuote !== null) return null;
  const root = readTree(file, document, problems, anchors);
  return root?.kind === 'map' && !root.flow ? { pairs: root.pairs, comments, problems } : null;
}

/** True where the entry below lines that are no good YAML would be read as one beside them. */
function endsWell(text: string, { start, end }: Span, { pairs, problems }: Read, anchors: Anchors): boolean {
  if (problems.some(isCut)) return false;
  const below = `${' '.repeat(columnOf(text, pairs[0]?.span.start ?? start))}x:\n`;
  const lines = text.slice(start, end) + below;
  const read = readLines(text.slice(0, end) + below, lines, start, new Map(anchors));
  return read?.pairs.length === pairs.length + 1 && read.problems.length === problems.length;
}

/** Null where it cannot be told from its lines alone what they say. */
function readPiece(text: string, where: Span, anchors: Anchors): Piece | null {
  const read = readLines(text, text.slice(where.start, where.end), where.start, anchors);
  if (read === null || (read.problems.length > 0 && !endsWell(text, where, read, anchors))) return null;
  const own = new Map<string, Target>();
  const targets = new Set<Target>();
  const taken = new Map<string, Target>();
  for (const node of read.pairs.flatMap(({ key, value }) => [key, ...(value ? nodesBelow(value) : [])])) {
    if (node.kind === 'alias') {
      if (node.target === null) return null;
      if (!targets.has(node.target)) taken.set(node.name, node.target);
    } else if (node.anchor !== null) {
      own.set(node.anchor, node);
      targets.add(node);
    }
  }
  return { where, ...read, anchors: own, taken };
}

/** The piece where the same text stands now; null where what it takes from above has become something else. */
function movedPiece(
  piece: Piece,
  where: Span,
  anchors: Anchors,
  moved: Map<YamlNode, YamlNode>,
): Piece | null {
  const by = where.start - piece.where.start;
  let isSame = by === 0;
  for (const [name, target] of piece.taken) {
    const now = moved.get(target);
    if (now === undefined || now !== anchors.get(name)) return null;
    isSame &&= now === target;
  }
  if (isSame) {
    for (const node of piece.anchors.values()) moved.set(node, node);
    return piece;
  }
  // Of its own: where the same text stands twice, both have moved from the same place.
  const done = new Map([...piece.taken.values()].map(target => [target, moved.get(target) ?? target]));
  const own = <T>(target: Target): T => (done.get(target) ?? target) as T;
  const pairs = shiftedPairs(piece.pairs, by, done);
  for (const [from, to] of done) moved.set(from, to);
  const place = <T extends { readonly span: Span }>(it: T): T => ({ ...it, span: shiftedSpan(it.span, by) });
  return {
    where,
    pairs,
    comments: piece.comments.map(place),
    problems: piece.problems.map(place),
    anchors: new Map([...piece.anchors].map(([name, node]) => [name, own(node)])),
    taken: new Map([...piece.taken].map(([name, node]) => [name, own(node)])),
  };
}

const mapOf = (pairs: readonly YamlPair[]): YamlMap | null => {
  const [first, last] = [pairs[0], pairs.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { kind: 'map', span: hull(first.span, last.span), anchor: null, tag: null, flow: false, pairs };
};

const keyOf = (text: string, where: Span): YamlScalar => {
  const value = text.slice(where.start, where.end);
  return {
    kind: 'scalar',
    span: where,
    anchor: null,
    tag: null,
    value,
    text: value,
    style: 'plain',
    indent: 0,
  };
};

/** Reads the pieces of an outline, or takes them over; null where one cannot be read by itself. */
function readOutline(text: string, { entries, section }: Outline, before: Pieces): DocumentInPieces | null {
  const pieces = new Map<string, Piece>();
  const anchors: Anchors = new Map();
  const moved = new Map<YamlNode, YamlNode>();
  const comments: YamlComment[] = [];
  const problems: ProblemList = [];
  const readComments = (start: number, end: number | undefined): void => {
    comments.push(...readSyntax(text.slice(start, end), problems, start).comments);
  };
  const readEntries = (places: readonly Span[]): YamlPair[] | null => {
    const pairs: YamlPair[] = [];
    for (const where of places) {
      const content = text.slice(where.start, where.end);
      const known = before.get(content);
      const piece = (known && movedPiece(known, where, anchors, moved)) ?? readPiece(text, where, anchors);
      if (piece === null) return null;
      pieces.set(content, piece);
      for (const [name, node] of piece.anchors) anchors.set(name, node);
      pairs.push(...piece.pairs);
      comments.push(...piece.comments);
      for (const problem of piece.problems) note(problems, problem.span, problem.message);
    }
    checkKeys(problems, pairs);
    return pairs;
  };
  const readSection = (): YamlPair[] | null => {
    if (section === null) return [];
    readComments(section.key.end + 1, section.entries[0]?.start);
    const value = mapOf(readEntries(section.entries) ?? []);
    const key = keyOf(text, section.key);
    return value && [{ key, value, span: hull(key.span, value.span) }];
  };
  readComments(0, entries[0]?.start);
  const above = readEntries(entries.slice(0, section?.index));
  const within = above && readSection();
  const below = within && section ? readEntries(entries.slice(section.index + 1)) : [];
  if (above === null || within === null || below === null) return null;
  const root = mapOf([...above, ...within, ...below]);
  if (root === null) return null;
  checkKeys(problems, root.pairs);
  checkCharacters(problems, text);
  // Of several, one may hide another: which, the order tells in which they are met.
  return problems.length > 1 ? null : { root, comments, problems, pieces };
}

/** The same as when it is read at once; `before` has the pieces of a version before. */
export function parseInPieces(text: string, before: Pieces): DocumentInPieces {
  const outline = outlineOf(text);
  return (outline && readOutline(text, outline, before)) ?? { ...parseYaml(text), pieces: before };
}
