// Truth: what Compose takes for true, in quotes too.
import type { YamlNode } from '../yaml/node.ts';
import type { ComposeModel } from './model.ts';
import { filledText } from './value.ts';

/** Compose casts texts by the spellings of YAML 1.1. */
const yes = /^(?:true|yes|on|y)$/i;

export const isTrue = (node: YamlNode | null | undefined): boolean =>
  node?.kind === 'scalar' && yes.test(node.text.trim());

/** The same where a variable decides whose value or default is known. */
export const comesToTrue = (model: ComposeModel, node: YamlNode | null | undefined): boolean =>
  yes.test(filledText(model, node)?.text.trim() ?? '');
