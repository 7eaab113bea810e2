// Memory: what a walk over a Dockerfile need not do again in the next version of it. A visit that told nothing and looked
// at nothing but its instruction does the same wherever the same is seen of it (`model/dockerfile/sight.ts`).
import { looking } from '../model/looking.ts';
import type { Roster } from './roster.ts';

/** Which visitors of a list have to be called again, by their places in it. */
export type Places = readonly number[];

/** The visits of a command: by its name, and by `*`. */
export interface CommandVisits {
  readonly index: number;
  readonly named: Places;
  readonly any: Places;
}

/** The visits that have to be made again at an instruction: by its keyword, by `*`, and of its commands. */
export interface LoudVisits {
  readonly named: Places;
  readonly any: Places;
  readonly commands: readonly CommandVisits[];
}

/** Of one version of a document. It is good for the rules under the settings that it was made with. */
export interface Memory {
  readonly roster: Roster;
  readonly escape: string;
  readonly visits: ReadonlyMap<string, LoudVisits>;
}

const none: Places = [];
export const silent: LoudVisits = { named: none, any: none, commands: [] };

/** Makes all visits of a call, or those at the places; gives the places of those that have to be made again. */
export function visitAt<First, Second>(
  visitorsOf: (name: string) => readonly ((first: First, second: Second) => void)[],
  name: string,
  at: Places | undefined,
  first: First,
  second: Second,
): Places {
  if (at?.length === 0) return none;
  const visitors = visitorsOf(name);
  let loud: number[] | null = null;
  const count = at?.length ?? visitors.length;
  for (let index = 0; index < count; index++) {
    const place = at?.[index] ?? index;
    looking.around = false;
    visitors[place]?.(first, second);
    if (!looking.around) continue;
    if (loud === null) loud = [place];
    else loud.push(place);
  }
  return loud ?? none;
}
