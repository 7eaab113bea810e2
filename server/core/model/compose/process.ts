// Processes: what `command` and `entrypoint` of a service run.
import { execScript } from '../shell/parse.ts';
import type { ShellScript } from '../shell/script.ts';
import { scalarText } from '../yaml/scalar-text.ts';
import { resolveKnown } from './interpolation.ts';
import type { ComposeModel, Service } from './model.ts';
import { filledScalar } from './value.ts';
import { listWords, splitWords } from './words.ts';

/** Both forms run without a shell: a string is split into words. Null where the service does not state it. */
export function processOf(
  model: ComposeModel,
  service: Service,
  key: 'command' | 'entrypoint',
): ShellScript | null {
  const node = service.get(key)?.node;
  if (node?.kind === 'sequence') return execScript(listWords(model, node.items));
  const scalar = filledScalar(node);
  return scalar && execScript(splitWords(resolveKnown(scalarText(scalar, model.text))));
}
