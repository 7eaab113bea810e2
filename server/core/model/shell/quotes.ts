// Quotes: what the shell makes of a word before it runs the command: quotes removed, escapes decoded, expansions left.
import type { ArrayValue, Assignment, HereDoc, Word, WordPart } from './adapter.ts';
import { type Escapes, type Piece, unescaped } from './pieces.ts';

/** What a word is read from; of a heredoc it is the body. */
export type WordNode = Word | Assignment | ArrayValue | HereDoc;

export interface WordPiece extends Piece {
  /** Stands here as written, as what it expands to is not known. */
  readonly expansion: boolean;
}

/** True for variables, command, arithmetic and process substitutions; globs, braces and tildes are plain text. */
export const holdsExpansion = (text: string): boolean => /[$`]|[<>]\(/.test(text);

const afterBackslash = (sequence: string): string => (sequence === '\\\n' ? '' : sequence.slice(1));
const unquoted: Escapes = { pattern: /\\[\s\S]/g, decode: afterBackslash };
const doubleQuoted: Escapes = { pattern: /\\[$`"\\\n]/g, decode: afterBackslash };
const heredoc: Escapes = { pattern: /\\[$`\\\n]/g, decode: afterBackslash };

const controls: ReadonlyMap<string, string> = new Map(
  Object.entries({ a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }),
);
const ansiQuoted: Escapes = {
  pattern: /\\(?:x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8}|[0-7]{1,3}|c[\s\S]|[abeEfnrtv\\'"?])/g,
  decode(sequence) {
    const kind = sequence.charAt(1);
    const rest = sequence.slice(2);
    if (kind === 'c') return String.fromCharCode(rest.charCodeAt(0) & 0x1f);
    if (kind >= '0' && kind <= '7') return String.fromCharCode(Number.parseInt(kind + rest, 8) & 0xff);
    if (rest === '') return controls.get(kind) ?? kind;
    return String.fromCodePoint(Math.min(Number.parseInt(rest, 16), 0x10ffff));
  },
};

/** The pieces of a word, from `source`, the text that the tree was made of. */
export function* wordPieces(
  node: WordNode | WordPart,
  source: string,
  escapes: Escapes = unquoted,
): Generator<WordPiece> {
  switch (node.type) {
    case 'Word':
      if (node.parts === undefined) yield* literal(node, source, escapes);
      else yield* partPieces(node.parts, source, escapes);
      break;
    case 'Assignment':
      yield asWritten({ pos: node.pos, end: node.value.pos }, source);
      yield* wordPieces(node.value, source);
      break;
    case 'HereDoc':
      if (node.delimiter?.quoted) yield { ...asWritten(node.body, source), expansion: false };
      else if (node.body.parts === undefined) yield* literal(node.body, source, heredoc);
      else yield* partPieces(node.body.parts, source, heredoc);
      break;
    case 'Literal':
      yield* literal(node, source, escapes);
      break;
    case 'SingleQuoted':
      yield {
        start: node.pos + 1,
        end: node.pos + 1 + node.value.length,
        text: node.value,
        expansion: false,
      };
      break;
    case 'AnsiCQuoted': {
      const end = node.text.length > 2 && node.text.endsWith("'") ? node.end - 1 : node.end;
      yield* literal({ pos: node.pos + 2, end }, source, ansiQuoted);
      break;
    }
    case 'Glob':
      yield* globPieces(node, source);
      break;
    case 'DoubleQuoted':
    case 'LocaleString':
      yield* partPieces(node.parts, source, doubleQuoted);
      break;
    default:
      yield asWritten(node, source);
  }
}

type GlobPart = Extract<WordPart, { readonly type: 'Glob' }>;

interface Range {
  readonly pos: number;
  readonly end: number;
}

function* partPieces(parts: readonly WordPart[], source: string, escapes: Escapes): Generator<WordPiece> {
  for (const part of parts) yield* wordPieces(part, source, escapes);
}

/** Quotes between brackets are taken away as elsewhere. */
function* globPieces({ pos, end, parts = [] }: GlobPart, source: string): Generator<WordPiece> {
  const [first] = parts;
  yield* literal({ pos, end: first?.pos ?? end }, source, unquoted);
  yield* partPieces(parts, source, unquoted);
  if (first !== undefined) yield* literal({ pos: parts.at(-1)?.end ?? end, end }, source, unquoted);
}

function* literal({ pos, end }: Range, source: string, escapes: Escapes): Generator<WordPiece> {
  for (const piece of unescaped(source.slice(pos, end), pos, escapes)) yield { ...piece, expansion: false };
}

function asWritten({ pos, end }: Range, source: string): WordPiece {
  const text = source.slice(pos, end);
  return { start: pos, end, text, expansion: holdsExpansion(text) };
}
