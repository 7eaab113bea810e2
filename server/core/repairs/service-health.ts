// The health checks that fit a Compose service: by its image, or by what its Dockerfile makes.
import type { Fix } from '../engine/finding.ts';
import { fix } from '../engine/rule.ts';
import { imageNames } from '../insight/health.ts';
import { startedPrograms, startsOwnProcess } from '../insight/process.ts';
import type { ServiceInsight } from '../insight/service.ts';
import type { NewValue } from '../model/compose/edit.ts';
import type { ComposeModel, Entry, Service } from '../model/compose/model.ts';
import { processOf } from '../model/compose/process.ts';
import { familiarName } from '../model/image-reference.ts';
import { flowValue } from '../model/yaml/write.ts';
import { replace } from '../text/edit.ts';
import { spanText } from '../text/span.ts';
import { type HealthChoice, type HealthTest, healthTests } from './health-test.ts';
import { sharedTitle } from './shared.ts';

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The programs that the service's own `entrypoint` and `command` start; null where it states neither. */
function ownPrograms(model: ComposeModel, service: Service): readonly string[] | null {
  const stated = [processOf(model, service, 'entrypoint'), processOf(model, service, 'command')];
  if (stated.every(script => script === null)) return null;
  return stated.flatMap(script => script?.commands.flatMap(({ name }) => name ?? []) ?? []);
}

/** `$` would be a variable of Compose. */
export const composeTest = (test: HealthTest): NewValue => ({
  list: test.map(word => word.replaceAll('$', '$$$$')),
  inline: true,
});

/** The text of a test, in brackets. */
export const testText = (model: ComposeModel, test: HealthTest): string =>
  flowValue(composeTest(test), { quote: model.style.quote, quoteAll: false });

/** Another test in the place of one that is written there, its timing kept. */
export function testReplacements(
  model: ComposeModel,
  service: Service,
  test: Entry,
  insight: ServiceInsight,
): Fix[] {
  const { node, sharedBy } = test;
  const isOneLine = node !== null && !/[\r\n]/.test(spanText(model.text, node.span));
  if (!isOneLine || node.anchor !== null || node.tag !== null) return [];
  return serviceHealthTests(model, service, insight).map(({ test: words, asks, guessed }) =>
    fix(sharedTitle(`Check with ${asks}`, service, sharedBy), guessed ? 'suggestion' : 'unsafe', [
      replace(node.span, testText(model, words)),
    ]),
  );
}

export function serviceHealthTests(
  model: ComposeModel,
  service: Service,
  { image, facts, built, listening }: ServiceInsight,
): readonly HealthChoice[] {
  const own = ownPrograms(model, service);
  const port = listening()[0] ?? null;
  if (built) {
    return healthTests({
      facts: built.facts,
      images: imageNames(built),
      family: built.system?.family,
      ownProcess: own === null && !startsOwnProcess(built.stage),
      programs: own ?? startedPrograms(built),
      port,
      has: built.has,
    });
  }
  if (!image || !facts) return [];
  return healthTests({
    facts,
    images: [familiarName(image), ...facts.base],
    family: facts.os.family,
    // Arguments for the image's own server change nothing; another program does.
    ownProcess: own === null || own.every(name => facts.cmd?.some(word => baseName(word) === name)),
    programs: own ?? (facts.cmd ?? []).slice(0, 1).map(baseName),
    port,
    has: program => (program === 'curl' || program === 'wget' ? facts[program] : 'unknown'),
  });
}
