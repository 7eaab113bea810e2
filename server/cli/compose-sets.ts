// Sets of Compose files by name, as they are asked for on the command line.
import type { Configuration } from '../host/configuration.ts';
import { Failure, meant } from './failure.ts';

/** A set that no configuration knows is a slip that nobody would notice. */
export function refuseUnknownSet(set: string | undefined, configurations: readonly Configuration[]): void {
  const sets = configurations.flatMap(({ composeSets }) => [...composeSets.keys()]);
  if (set === undefined || sets.includes(set)) return;
  const known = [...new Set(sets)].join(', ');
  const next = known === '' ? 'Put it under compose-sets.' : `There are: ${known}.`;
  throw new Failure(`No set of Compose files in .bulkhead.yaml is called ${set}.${meant(set, sets)} ${next}`);
}
