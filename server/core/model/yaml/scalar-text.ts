// Scalar text: the characters a scalar stands for, each with its place in the file.
import type { MappedText } from '../../text/mapped-text.ts';
import { span } from '../../text/span.ts';
import { decodeBlock } from './block-text.ts';
import { lineEndAt } from './draft.ts';
import { decodeFlow } from './flow-text.ts';
import type { YamlScalar } from './node.ts';

/** The text of a scalar of a file: what an offset in it means in the file is kept through quotes, escapes and folding. */
export function scalarText(scalar: YamlScalar, file: string): MappedText {
  if (scalar.mapped !== undefined) return scalar.mapped;
  const { style, span: where, indent } = scalar;
  if (style === 'literal' || style === 'folded') {
    return decodeBlock(file, span(where.start, where.end + lineEndAt(file, where.end)), indent);
  }
  return decodeFlow(file, where, style, []);
}
