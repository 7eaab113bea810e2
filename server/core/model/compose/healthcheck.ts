// The healthcheck of a service.
import { rememberPart } from '../remembered.ts';
import { execScript, parseShell } from '../shell/parse.ts';
import type { ShellScript } from '../shell/script.ts';
import { scalarText } from '../yaml/scalar-text.ts';
import { meantBy } from './effective.ts';
import { resolveKnown } from './interpolation.ts';
import type { ComposeModel, Entry, Service } from './model.ts';
import { comesToTrue } from './truth.ts';
import { filledScalar } from './value.ts';
import { listWords } from './words.ts';

export interface Healthcheck {
  readonly entry: Entry;
  /** By `disable: true` or `test: [NONE]`: the image's own check is off too. */
  readonly disabled: boolean;
  readonly test: Entry | null;
  /** What the test runs; null where it states no command. */
  readonly script: ShellScript | null;
}

/** The first item of a list says who runs the rest; a string is for the shell. */
function scriptOf(model: ComposeModel, test: Entry | undefined): ShellScript | null {
  const node = test?.node;
  if (node?.kind === 'sequence') {
    const [first, second] = node.items.map(item => filledScalar(meantBy(item)));
    if (first?.text === 'CMD') return execScript(listWords(model, node.items.slice(1)));
    // Words behind the text do not reach it, so that what runs is not what is meant.
    if (first?.text !== 'CMD-SHELL' || !second || node.items.length > 2) return null;
    return parseShell(resolveKnown(scalarText(second, model.text)), 'posix');
  }
  const scalar = filledScalar(node);
  return scalar && parseShell(resolveKnown(scalarText(scalar, model.text)), 'posix');
}

function isDisabled(model: ComposeModel, service: Service, test: Entry | undefined): boolean {
  if (comesToTrue(model, service.get('healthcheck', 'disable')?.node)) return true;
  const first = test?.node?.kind === 'sequence' ? test.node.items[0] : undefined;
  return first !== undefined && filledScalar(meantBy(first))?.text === 'NONE';
}

/** Null where the service states no healthcheck; the image may have one. */
export const healthcheckOf = rememberPart((model: ComposeModel, service: Service): Healthcheck | null => {
  const entry = service.get('healthcheck');
  if (entry?.node?.kind !== 'map') return null;
  const test = service.get('healthcheck', 'test');
  const disabled = isDisabled(model, service, test);
  return { entry, disabled, test: test ?? null, script: disabled ? null : scriptOf(model, test) };
});
