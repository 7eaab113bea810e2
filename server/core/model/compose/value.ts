// Values: the text of a node once its defaults are filled in, with every character's place in the file.
import type { MappedText } from '../../text/mapped-text.ts';
import { type Known, known } from '../known.ts';
import type { YamlNode, YamlScalar } from '../yaml/node.ts';
import { scalarText } from '../yaml/scalar-text.ts';
import { resolve, resolveKnown } from './interpolation.ts';
import type { ComposeModel } from './model.ts';

/** The node where it is a scalar with text in it: no null, no collection. */
export const filledScalar = (node: YamlNode | null | undefined): YamlScalar | null =>
  node?.kind === 'scalar' && node.value !== null ? node : null;

/** The resolved text of a node; null where there is none. */
export function resolvedText(
  model: ComposeModel,
  node: YamlNode | null | undefined,
): Known<MappedText> | null {
  const scalar = filledScalar(node);
  if (scalar === null) return null;
  return { ...resolve(scalarText(scalar, model.text), model.variables), setAt: scalar.span };
}

/** As `resolvedText`, without the way back to the file. */
export function resolvedString(model: ComposeModel, node: YamlNode | null | undefined): Known<string> | null {
  const text = resolvedText(model, node);
  return text?.known ? known(text.value.text, text.setAt) : text;
}

/** The text of a node with the variables filled in that can be; null where there is none. */
export function filledText(model: ComposeModel, node: YamlNode | null | undefined): MappedText | null {
  const scalar = filledScalar(node);
  return scalar && resolveKnown(scalarText(scalar, model.text), model.variables);
}
