// Words of a list that no shell reads: the JSON form of CMD, a YAML list of Compose.
import { fileSpan, type MappedText } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';
import { type Escapes, joinPieces, unescaped } from './pieces.ts';
import { type SourceWord, shellText } from './word.ts';

/** `text` is the word's value, with the way of each character to the file. */
export interface ExecWord {
  readonly raw: string;
  readonly text: MappedText;
  readonly span: Span;
}

const controls: ReadonlyMap<string, string> = new Map(
  Object.entries({ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }),
);
const json: Escapes = {
  pattern: /\\(?:u[\da-fA-F]{4}|[^u])/g,
  decode(sequence) {
    if (sequence.length > 2) return String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
    return controls.get(sequence.charAt(1)) ?? sequence.charAt(1);
  },
};

/** A JSON string as it stands in its text, quotes included. */
export function jsonWord(written: MappedText): ExecWord {
  const { text: raw } = written;
  return {
    raw,
    text: joinPieces(written, unescaped(raw.slice(1, -1), 1, json)),
    span: fileSpan(written, span(0, raw.length)),
  };
}

export const literalWord = ({ raw, text, span: where }: ExecWord): SourceWord => ({
  raw,
  value: text.text,
  span: where,
  variables: [],
  text: shellText(text),
});
