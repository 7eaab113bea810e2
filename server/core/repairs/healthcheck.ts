// HEALTHCHECK as it is written into a Dockerfile.
import type { Fix } from '../engine/finding.ts';
import { fix } from '../engine/rule.ts';
import { imageNames, portsOf } from '../insight/health.ts';
import { runsServiceOfBase, startedPrograms } from '../insight/process.ts';
import type { StageInsight } from '../insight/stage.ts';
import type { HealthcheckInstruction } from '../model/dockerfile/model.ts';
import { replace } from '../text/edit.ts';
import { span } from '../text/span.ts';
import { type HealthChoice, type HealthTest, healthTests } from './health-test.ts';

/** Often enough to notice, patient enough for a slow start. */
const timing = '--interval=30s --timeout=5s --start-period=15s --retries=3';

/** `CMD` and what follows it. */
export const healthCommand = ([kind, ...words]: HealthTest): string =>
  kind === 'CMD' ? `CMD ${JSON.stringify(words).replaceAll('","', '", "')}` : `CMD ${words[0]}`;

/** The lines of a new instruction. */
export const healthcheckLines = (
  keyword: string,
  continuation: string,
  test: HealthTest,
): readonly string[] => [`${keyword} ${timing} ${continuation}`, `    ${healthCommand(test)}`];

/** The checks that an expert would write for the image that a stage makes. */
export const stageHealthTests = (insight: StageInsight): readonly HealthChoice[] =>
  healthTests({
    facts: insight.facts,
    images: imageNames(insight),
    family: insight.system?.family,
    ownProcess: runsServiceOfBase(insight) === true,
    programs: startedPrograms(insight),
    port: portsOf(insight)[0] ?? null,
    has: insight.has,
  });

/** The command of a check as a whole, its timing kept. */
export const checkReplacements = (
  insight: StageInsight,
  { kindSpan, span: { end } }: HealthcheckInstruction,
): Fix[] =>
  kindSpan === null
    ? []
    : stageHealthTests(insight).map(({ test, asks, guessed }) =>
        fix(`Check with ${asks}`, guessed ? 'suggestion' : 'unsafe', [
          replace(span(kindSpan.start, end), healthCommand(test)),
        ]),
      );
