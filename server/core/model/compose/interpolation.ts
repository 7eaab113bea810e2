// Interpolation: `$NAME`, `${NAME}` with its operators and `$$` in a value, and what they come to.
import type { MappedText } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';
import { type Known, known, type UnknownReason, unknown } from '../known.ts';
import { joinPieces, type Piece } from '../shell/pieces.ts';

/** Spans count in the text that was parsed. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | Variable
  /** What Compose refuses, such as `${` or `${a b}`. */
  | { readonly kind: 'invalid'; readonly span: Span };

export interface Variable {
  readonly kind: 'variable';
  readonly name: string;
  readonly operator: Operator | null;
  /** What stands behind the operator: a default, a replacement or a message. */
  readonly argument: readonly TemplatePart[];
  readonly span: Span;
}

export type Operator = ':-' | '-' | ':?' | '?' | ':+' | '+';

/** The value of a variable where it has one; undefined where the file alone cannot tell. */
export type Lookup = (name: string) => string | undefined;

export const nothingSet: Lookup = () => undefined;

/** Nobody nests defaults deeper. */
const maxDepth = 20;

/** The places of interest: `$$`, `$name`, and `${name` with its operator up to where the argument begins. */
const opening = /\$(?:\$|([A-Za-z_]\w*)|\{(?:([A-Za-z_]\w*)(:?[-?+]|\})?)?)/g;

/** Offset of the brace that closes the one before `from`; -1 where none does. */
function closingBrace(text: string, from: number, end: number): number {
  let depth = 1;
  for (let offset = from; offset < end; offset++) {
    const char = text[offset];
    if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return offset;
  }
  return -1;
}

function parseBetween(text: string, start: number, end: number, depth: number): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let done = start;
  const addText = (from: number, to: number, written = text.slice(from, to)): void => {
    if (to > from) parts.push({ kind: 'text', text: written, span: span(from, to) });
    done = to;
  };
  const pattern = new RegExp(opening);
  pattern.lastIndex = start;
  for (let found = pattern.exec(text); found !== null && found.index < end; found = pattern.exec(text)) {
    const [written, plain, braced, operator] = found;
    const at = found.index;
    const behind = at + written.length;
    addText(done, at);
    if (written === '$$') {
      addText(at, behind, '$');
    } else if (plain !== undefined || operator === '}') {
      const name = plain ?? braced ?? '';
      parts.push({ kind: 'variable', name, operator: null, argument: [], span: span(at, behind) });
      done = behind;
    } else {
      const close = closingBrace(text, behind, end);
      done = close < 0 ? end : close + 1;
      const where = span(at, done);
      if (close < 0 || braced === undefined || operator === undefined || depth >= maxDepth) {
        parts.push({ kind: 'invalid', span: where });
      } else {
        const argument = parseBetween(text, behind, close, depth + 1);
        parts.push({ kind: 'variable', name: braced, operator: operator as Operator, argument, span: where });
      }
    }
    pattern.lastIndex = done;
  }
  addText(done, end);
  return parts;
}

/** Splits a value into its literal parts and its variables; `$$` is the text `$`. */
export const parseTemplate = (text: string): readonly TemplatePart[] => parseBetween(text, 0, text.length, 0);

/** A piece of the outcome; where it cannot be known, the source as written. */
interface Expansion extends Piece {
  readonly unknown: UnknownReason | null;
}

/** What a variable comes to: a value, its argument, nothing, or null where that cannot be known. */
function choose(
  { operator, argument }: Variable,
  value: string | undefined,
): string | Variable['argument'] | null {
  const counts = operator?.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  if (operator?.endsWith('-')) return counts ? (value ?? '') : argument;
  if (operator?.endsWith('+')) return value === undefined ? null : counts ? argument : '';
  return counts ? (value ?? '') : null;
}

function* expand(
  parts: readonly TemplatePart[],
  source: string,
  lookup: Lookup,
  within?: Span,
): Generator<Expansion> {
  for (const part of parts) {
    const { start, end } = part.span;
    if (part.kind === 'text') {
      yield { start, end, text: part.text, within, unknown: null };
      continue;
    }
    const chosen = part.kind === 'variable' ? choose(part, lookup(part.name)) : null;
    if (chosen === null) {
      yield {
        start,
        end,
        text: source.slice(start, end),
        within,
        unknown: part.kind === 'invalid' ? 'unparsed' : 'variable',
      };
    } else if (typeof chosen === 'string') {
      yield { start, end, text: chosen, within, unknown: null };
    } else {
      yield* expand(chosen, source, lookup, within ?? part.span);
    }
  }
}

const expansions = (value: MappedText, lookup: Lookup): Expansion[] => [
  ...expand(parseTemplate(value.text), value.text, lookup),
];

/** The value with all its variables filled in; defaults count, what has none is unknown. */
export function resolve(value: MappedText, lookup: Lookup = nothingSet): Known<MappedText> {
  if (!value.text.includes('$')) return known(value, null);
  const found = expansions(value, lookup);
  const because = found.find(piece => piece.unknown !== null)?.unknown;
  return because ? unknown(because) : known(joinPieces(value, found), null);
}

/** The value with those variables filled in that can be; the others stay as written. */
export function resolveKnown(value: MappedText, lookup: Lookup = nothingSet): MappedText {
  return value.text.includes('$') ? joinPieces(value, expansions(value, lookup)) : value;
}
