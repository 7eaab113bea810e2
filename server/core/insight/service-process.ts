// What a Compose service is told to run, as text: its `entrypoint` and `command` with defaults filled in.
import { meantBy } from '../model/compose/effective.ts';
import { resolveKnown } from '../model/compose/interpolation.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { filledScalar } from '../model/compose/value.ts';
import { rememberPart } from '../model/remembered.ts';
import type { YamlNode } from '../model/yaml/node.ts';
import { scalarText } from '../model/yaml/scalar-text.ts';

function wordsOf(model: ComposeModel, node: YamlNode | null | undefined): string[] {
  const items = node?.kind === 'sequence' ? node.items : [node ?? null];
  return items.flatMap(item => {
    const scalar = filledScalar(meantBy(item));
    return scalar ? [resolveKnown(scalarText(scalar, model.text)).text] : [];
  });
}

/** The words of both with blanks between: enough to look for an option in; empty where neither is stated. */
export const commandText = rememberPart((model: ComposeModel, service: Service): string => {
  const entrypoint = service.get('entrypoint')?.node;
  const command = service.get('command')?.node;
  if (!entrypoint && !command) return '';
  return [...wordsOf(model, entrypoint), ...wordsOf(model, command)].join(' ');
});
