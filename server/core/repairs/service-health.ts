// The health checks that fit a Compose service: by its image, or by what its Dockerfile makes.
import { imageNames } from '../insight/health.ts';
import { startedPrograms, startsOwnProcess } from '../insight/process.ts';
import type { ServiceInsight } from '../insight/service.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { processOf } from '../model/compose/process.ts';
import { familiarName } from '../model/image-reference.ts';
import { type HealthChoice, healthTests } from './health-test.ts';

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The programs that the service's own `entrypoint` and `command` start; null where it states neither. */
function ownPrograms(model: ComposeModel, service: Service): readonly string[] | null {
  const stated = [processOf(model, service, 'entrypoint'), processOf(model, service, 'command')];
  if (stated.every(script => script === null)) return null;
  return stated.flatMap(script => script?.commands.flatMap(({ name }) => name ?? []) ?? []);
}

export function serviceHealthTests(
  model: ComposeModel,
  service: Service,
  { image, facts, built, ports }: ServiceInsight,
): readonly HealthChoice[] {
  const own = ownPrograms(model, service);
  const port = ports[0] ?? null;
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
