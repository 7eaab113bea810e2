// Health of a stage's image: the HEALTHCHECK in force, the ports it listens on, and what a check could use.
import { type PortUse, portUse } from '../knowledge/ports.ts';
import type { HealthcheckInstruction, Stage } from '../model/dockerfile/model.ts';
import { familiarName } from '../model/image-reference.ts';
import type { Span } from '../text/span.ts';
import { runsServiceOfBase } from './process.ts';
import type { StageInsight } from './stage.ts';

/** The HEALTHCHECK of the file that is in force at the end of the stage. */
export function healthcheckOf({ chain }: Stage): HealthcheckInstruction | undefined {
  for (const { instructions } of chain) {
    const found = instructions.findLast(({ keyword }) => keyword === 'HEALTHCHECK');
    if (found?.keyword === 'HEALTHCHECK') return found;
  }
  return undefined;
}

export interface ListeningPort {
  /** Null where a variable hides it. */
  readonly port: number | null;
  /** As the file writes it; the number where it comes from the base. */
  readonly written: string;
  /** Where the file says so. */
  readonly at: Span | null;
}

/** A container that runs another program than its base does not listen where the base does. */
function inheritedPorts(insight: StageInsight): ListeningPort[] {
  if (runsServiceOfBase(insight) === false && startsAnything(insight)) return [];
  return (insight.facts?.ports ?? []).flatMap(written =>
    /^\d+(?:\/tcp)?$/.test(written)
      ? [{ port: Number.parseInt(written, 10), written: String(Number.parseInt(written, 10)), at: null }]
      : [],
  );
}

/** A base for programs (`aspnet`) starts none itself: its ports are those of whatever is added. */
const startsAnything = ({ facts }: StageInsight): boolean =>
  [...(facts?.entrypoint ?? []), ...(facts?.cmd ?? [])].some(word => !/(?:^|\/)(?:ba|da|a)?sh$/.test(word));

/** The ports for requests come before those that are known to serve something else. */
const order: readonly (PortUse | null)[] = ['web', 'unknown', null, 'tls', 'other'];
const rank = ({ port }: ListeningPort): number => order.indexOf(port === null ? null : portUse(port));

/** The ports that the image says it listens on, the one to ask first: those of the file, then those of its base. */
export function listeningPorts(insight: StageInsight): readonly ListeningPort[] {
  const own = insight.stage.chain
    .flatMap(({ instructions }) => instructions)
    .flatMap(instruction => (instruction.keyword === 'EXPOSE' ? instruction.ports : []))
    .filter(({ protocol }) => protocol !== 'udp' && protocol !== 'sctp')
    .map(({ port, word }) => ({ port, written: word.raw, at: word.span }));
  const byUse = (ports: readonly ListeningPort[]) => [...ports].sort((a, b) => rank(a) - rank(b));
  return [...byUse(own), ...byUse(inheritedPorts(insight))];
}

/** Those of them that are known. */
export const portsOf = (insight: StageInsight): readonly number[] =>
  listeningPorts(insight).flatMap(({ port }) => port ?? []);

/** The image outside the file as `name:tag`, and the names of those it is built from. */
export function imageNames({ stage: { root }, facts }: StageInsight): readonly string[] {
  if (root.kind !== 'image') return [];
  const { tag } = root.reference;
  const name = familiarName(root.reference);
  return [tag === null ? name : `${name}:${tag}`, ...(facts?.base ?? [])];
}
