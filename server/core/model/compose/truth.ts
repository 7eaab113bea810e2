// Truth: what Compose takes for true, in quotes too.
import type { YamlNode } from '../yaml/node.ts';

/** Compose casts texts by the spellings of YAML 1.1. */
const yes = /^(?:true|yes|on|y)$/i;

export const isTrue = (node: YamlNode | null | undefined): boolean =>
  node?.kind === 'scalar' && yes.test(node.text.trim());
