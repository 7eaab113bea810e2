// Health of a stage's image: the HEALTHCHECK in force, the ports it listens on, and what a check could use.
import type { HealthcheckInstruction, Stage } from '../model/dockerfile/model.ts';
import { familiarName } from '../model/image-reference.ts';
import type { StageInsight } from './stage.ts';

/** The HEALTHCHECK of the file that is in force at the end of the stage. */
export function healthcheckOf({ chain }: Stage): HealthcheckInstruction | undefined {
  for (const { instructions } of chain) {
    const found = instructions.findLast(({ keyword }) => keyword === 'HEALTHCHECK');
    if (found?.keyword === 'HEALTHCHECK') return found;
  }
  return undefined;
}

/** The ports that the stage says it listens on: those of the file first, then those of its base. */
export function portsOf({ stage, facts }: StageInsight): readonly number[] {
  const exposed = stage.chain.flatMap(({ instructions }) =>
    instructions.flatMap(instruction => (instruction.keyword === 'EXPOSE' ? instruction.ports : [])),
  );
  const own = exposed.flatMap(({ port, protocol }) => (port === null || protocol === 'udp' ? [] : [port]));
  const inherited = (facts?.ports ?? []).flatMap(port =>
    /^\d+(?:\/tcp)?$/.test(port) ? [Number.parseInt(port, 10)] : [],
  );
  return [...own, ...inherited];
}

/** The names, without tags, of the image outside the file and of those it is built from. */
export function imageNames({ stage: { root }, facts }: StageInsight): readonly string[] {
  return root.kind === 'image' ? [familiarName(root.reference), ...(facts?.base ?? [])] : [];
}
