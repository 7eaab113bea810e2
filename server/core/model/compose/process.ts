// Processes: what `command` and `entrypoint` of a service run.
import { rememberPart } from '../remembered.ts';
import { execScript } from '../shell/parse.ts';
import type { ShellScript } from '../shell/script.ts';
import { scalarText } from '../yaml/scalar-text.ts';
import { resolveKnown } from './interpolation.ts';
import type { ComposeModel, Service } from './model.ts';
import { filledScalar } from './value.ts';
import { listWords, splitWords } from './words.ts';

type Key = 'command' | 'entrypoint';

function read(model: ComposeModel, service: Service, key: Key): ShellScript | null {
  const node = service.get(key)?.node;
  if (node?.kind === 'sequence') return execScript(listWords(model, node.items));
  const scalar = filledScalar(node);
  return scalar && execScript(splitWords(resolveKnown(scalarText(scalar, model.text))));
}

const processes = {
  command: rememberPart((model: ComposeModel, service: Service) => read(model, service, 'command')),
  entrypoint: rememberPart((model: ComposeModel, service: Service) => read(model, service, 'entrypoint')),
};

/** Both forms run without a shell: a string is split into words. Null where the service does not state it. */
export const processOf = (model: ComposeModel, service: Service, key: Key): ShellScript | null =>
  processes[key](model, service);
