// Scalar nodes: the text and value of plain, quoted and block scalars out of the concrete syntax.
import { type Span, span } from '../../text/span.ts';
import { decodeBlock } from './block-text.ts';
import { decodeFlow, type FlowStyle } from './flow-text.ts';
import type { YamlScalar } from './node.ts';
import { checkEnd, note, noteUnexpected, type ProblemList, tokenSpan } from './problems.ts';
import { marksOf, type Props } from './props.ts';
import { scalarValue } from './scalar-value.ts';
import type { BlockScalarToken, FlowScalarToken } from './syntax.ts';

const flowStyles = {
  scalar: 'plain',
  'single-quoted-scalar': 'single',
  'double-quoted-scalar': 'double',
  alias: 'plain',
} as const;

const reserved = /^[,%@`|>\t]/;

/** Nothing, where YAML reads a null: behind a colon, a dash, an anchor or a tag. */
export function emptyScalar(props: Props, at: number): YamlScalar {
  const marks = marksOf(props);
  const value = scalarValue('', true, marks.tag);
  return { kind: 'scalar', span: span(at, at), ...marks, value, text: '', style: 'plain', indent: 0 };
}

/** Most scalars stand on one line without escapes and need no decoding. */
function flowText(
  file: string,
  source: string,
  where: Span,
  style: FlowStyle,
  problems: ProblemList,
): string {
  if (style === 'plain') {
    return source.includes('\n') ? decodeFlow(file, where, style, problems).text : source;
  }
  const inner = source.slice(1, -1);
  const simple = source.length > 1 && source.endsWith(source.charAt(0)) && !/[\n\\'"]/.test(inner);
  return simple ? inner : decodeFlow(file, where, style, problems).text;
}

export function flowScalar(
  file: string,
  token: FlowScalarToken,
  props: Props,
  problems: ProblemList,
): YamlScalar {
  const style = flowStyles[token.type];
  // A carriage return alone behind a colon is the end of its line, but none to the lexer.
  const isBehindColon = style === 'plain' && file.charAt(token.offset - 1) === ':';
  const [lineEnd = ''] = isBehindColon ? (/^\r[\r \t]*/.exec(token.source) ?? []) : [];
  const where = span(token.offset + lineEnd.length, token.offset + token.source.length);
  const text = flowText(file, token.source.slice(lineEnd.length), where, style, problems);
  if (style === 'plain' && reserved.test(text)) {
    note(problems, tokenSpan(token), `A value that begins with "${text.charAt(0)}" needs quotes.`);
  }
  checkEnd(problems, token.end);
  const marks = marksOf(props);
  const value = scalarValue(text, style === 'plain', marks.tag);
  return { kind: 'scalar', span: where, ...marks, value, text, style, indent: 0 };
}

const header = /^[|>](?:[-+]|([1-9])[-+]?|[-+]([1-9]))?$/;

export function blockScalar(
  file: string,
  token: BlockScalarToken,
  props: Props,
  problems: ProblemList,
): YamlScalar {
  let end = token.offset + token.source.length;
  for (const part of token.props) {
    if (!('source' in part) || part.type === 'error') noteUnexpected(problems, part);
    if ('source' in part) end += part.source?.length ?? 0;
  }
  const first = token.props[0];
  const written = first !== undefined && 'source' in first ? (first.source ?? '') : '';
  const read = header.exec(written);
  if (first !== undefined && read === null) noteUnexpected(problems, first);
  const digit = read?.[1] ?? read?.[2];
  const asked = digit === undefined ? null : token.indent + Number(digit);

  const block = decodeBlock(file, span(token.offset, end), asked);
  const marks = marksOf(props);
  return {
    kind: 'scalar',
    span: span(token.offset, block.end),
    ...marks,
    value: scalarValue(block.text, false, marks.tag),
    text: block.text,
    style: written.startsWith('>') ? 'folded' : 'literal',
    indent: block.indent,
  };
}
