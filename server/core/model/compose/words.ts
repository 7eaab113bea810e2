// Words: the argument lists that Compose makes of `command`, `entrypoint` and `test`, without a shell.
import { fileSpan, type MappedText } from '../../text/mapped-text.ts';
import { span } from '../../text/span.ts';
import type { ExecWord } from '../shell/parse.ts';
import { type Escapes, joinPieces, type Piece, unescaped } from '../shell/pieces.ts';
import type { YamlNode } from '../yaml/node.ts';
import { scalarText } from '../yaml/scalar-text.ts';
import { meantBy } from './effective.ts';
import { resolveKnown } from './interpolation.ts';
import type { ComposeModel } from './model.ts';

/** The items of a list as words, variables with a default filled in; what is no scalar is left out. */
export function listWords(model: ComposeModel, items: readonly YamlNode[]): ExecWord[] {
  return items.flatMap(item => {
    const node = meantBy(item);
    if (node.kind !== 'scalar') return [];
    const raw = model.text.slice(node.span.start, node.span.end);
    return [{ raw, text: resolveKnown(scalarText(node, model.text)), span: node.span }];
  });
}

/** A word up to the next blank or shell operator outside quotes. */
const word = /\s*((?:'[^']*'?|"(?:[^"\\]+|\\[\s\S]?)*"?|[^\s;&|<>'"\\]+|\\[\s\S]?)+)/gy;
const partOfWord = /'([^']*)'?|"((?:[^"\\]+|\\[\s\S]?)*)"?|(?:[^'"\\]+|\\[\s\S]?)+/g;

const escapes: Escapes = {
  pattern: /\\[\s\S]/g,
  decode: ([, char = '']) => (char === 'n' ? '\n' : char === 't' ? '\t' : char),
};

function* piecesOf(raw: string, at: number): Generator<Piece> {
  for (const { 0: part, 1: single, 2: double, index } of raw.matchAll(partOfWord)) {
    const start = at + index + (single === undefined && double === undefined ? 0 : 1);
    if (single === undefined) yield* unescaped(double ?? part, start, escapes);
    else yield { start, end: start + single.length, text: single };
  }
}

/** Splits a string as Compose does: by blanks outside quotes, up to the first shell operator; the rest it ignores. */
export function splitWords(value: MappedText): ExecWord[] {
  return [...value.text.matchAll(word)].map(({ 0: found, 1: raw = '', index }) => {
    const end = index + found.length;
    const start = end - raw.length;
    const text = joinPieces(value, piecesOf(raw, start));
    return { raw, text, span: fileSpan(value, span(start, end)) };
  });
}
