// Snippets as VS Code expands them: tab stops, placeholders within placeholders, choices, variables, escapes.
import assert from 'node:assert/strict';

/** A tab stop or a variable; what stands in it, and for a choice what may. */
interface Hole {
  readonly name: string;
  readonly content: readonly Piece[] | null;
  readonly choices: readonly string[];
}

type Piece = string | Hole;

export interface Snippet {
  readonly pieces: readonly Piece[];
  /** Tab stops in the order in which they stand in the text, repetitions included. */
  readonly holes: readonly Hole[];
}

export function parseSnippet(text: string): Snippet {
  const holes: Hole[] = [];
  const { pieces, end } = readPieces(text, 0, false, holes);
  assert.equal(end, text.length, 'nothing is left over');
  return { pieces, holes };
}

interface Read {
  readonly pieces: readonly Piece[];
  readonly end: number;
}

/** Reads up to the end, or within a placeholder up to its brace. */
function readPieces(text: string, from: number, inHole: boolean, holes: Hole[]): Read {
  const pieces: Piece[] = [];
  let at = from;
  while (at < text.length && !(inHole && text[at] === '}')) {
    const escaped = /^\\([\\$}])/.exec(text.slice(at));
    const plain = /^\$(?<name>\w+)/.exec(text.slice(at));
    const opened = /^\$\{(?<name>\w+)(?<kind>[:|}])/.exec(text.slice(at));
    if (escaped) {
      pieces.push(escaped[1] ?? '');
      at += 2;
    } else if (plain) {
      pieces.push(keep({ name: plain.groups?.name ?? '', content: null, choices: [] }, holes));
      at += plain[0].length;
    } else if (opened) {
      const { hole, end } = readHole(text, at + opened[0].length, opened.groups ?? {}, holes);
      pieces.push(hole);
      at = end;
    } else {
      assert.notEqual(text[at], '$', `a dollar sign is escaped: ${text.slice(at, at + 20)}`);
      pieces.push(text[at] ?? '');
      at += 1;
    }
  }
  return { pieces, end: at };
}

function keep(hole: Hole, holes: Hole[]): Hole {
  holes.push(hole);
  return hole;
}

function readHole(
  text: string,
  from: number,
  { name = '', kind }: Readonly<Record<string, string>>,
  holes: Hole[],
): { hole: Hole; end: number } {
  if (kind === '}') return { hole: keep({ name, content: null, choices: [] }, holes), end: from };
  if (kind === '|') {
    const close = text.indexOf('|}', from);
    assert.ok(close > from, `the choice ${name} is closed`);
    const choices = text.slice(from, close).split(',');
    return { hole: keep({ name, content: [choices[0] ?? ''], choices }, holes), end: close + 2 };
  }
  const inner: Hole[] = [];
  const { pieces, end } = readPieces(text, from, true, inner);
  assert.equal(text[end], '}', `the placeholder ${name} is closed`);
  const hole = keep({ name, content: pieces, choices: [] }, holes);
  holes.push(...inner);
  return { hole, end: end + 1 };
}

/** The text with its defaults, or with what is chosen for one tab stop. A tab is an indentation of two blanks. */
function expand({ pieces, holes }: Snippet, chosen: ReadonlyMap<string, string> = new Map()): string {
  const written = (piece: Piece): string => {
    if (typeof piece === 'string') return piece;
    const given = chosen.get(piece.name);
    if (given !== undefined) return given;
    const first = holes.find(hole => hole.name === piece.name && hole.content !== null);
    return first?.content?.map(written).join('') ?? '';
  };
  return pieces.map(written).join('').replaceAll('\t', '  ');
}

/** With its defaults, then with every other choice, one at a time. */
export function variants(snippet: Snippet): string[] {
  const choices = snippet.holes.flatMap(({ name, choices }) =>
    choices.slice(1).map(choice => [name, choice] as const),
  );
  return [expand(snippet), ...choices.map(choice => expand(snippet, new Map([choice])))];
}
