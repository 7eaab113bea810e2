// Timelines: where a stage changes its user, shell, folder, stop signal and variables, and what holds at a place of it.
import { type Known, unknown } from '../known.ts';
import { looking } from '../looking.ts';
import type { Lookup } from './expansion.ts';
import { lazyObjects } from './lazy.ts';
import type { State, Variable } from './model.ts';

export interface ScopedVariable extends Variable {
  /** False for an ARG that has no value unless the build is told one. */
  readonly isSet: boolean;
}

/** From behind the instruction with the index `at` on. */
export interface Change<T> {
  readonly at: number;
  readonly value: T;
}

/** What a stage sets besides variables. */
export interface Settings {
  readonly user: Known<string>;
  readonly shell: Known<readonly string[]>;
  readonly workdir: Known<string>;
  readonly stopSignal: Known<string>;
}

export interface Timeline {
  /** The timeline whose variables this one goes on from, at its end. */
  readonly parent: Timeline | null;
  /** What holds before the first change. */
  readonly start: Settings;
  readonly changes: { readonly [Name in keyof Settings]: Change<Settings[Name]>[] };
  readonly variables: Map<string, Change<ScopedVariable>[]>;
  /** Names that the build itself defines. */
  readonly predefined: ReadonlySet<string>;
  /** Whether a variable that nothing here names may come with the base image. */
  readonly inherits: (name: string) => boolean;
}

/** In front of the instruction with the index `at`. */
export interface Place {
  readonly timeline: Timeline;
  readonly at: number;
}

/** Behind all instructions. */
export const atEnd = Number.POSITIVE_INFINITY;

/** The last change in front of a place; changes are in order. */
function latest<T>(changes: readonly Change<T>[], at: number): T | undefined {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle]?.at ?? atEnd) < at) low = middle + 1;
    else high = middle;
  }
  return changes[low - 1]?.value;
}

/** What holds at a place. */
export const settingAt = <Name extends keyof Settings>({ timeline, at }: Place, name: Name): Settings[Name] =>
  latest<Settings[Name]>(timeline.changes[name], at) ?? timeline.start[name];

/** The variable of that name in scope. */
export function variableAt({ timeline, at }: Place, name: string): ScopedVariable | undefined {
  let found = latest(timeline.variables.get(name) ?? none, at);
  for (let { parent } = timeline; found === undefined && parent !== null; { parent } = parent) {
    found = latest(parent.variables.get(name) ?? none, atEnd);
  }
  if (found !== undefined || !timeline.predefined.has(name)) return found;
  return { name, kind: 'arg', value: unknown('variable'), isSet: true };
}

const none: readonly Change<ScopedVariable>[] = [];

function* variablesAt({ timeline, at }: Place): Generator<Variable> {
  const seen = new Set<string>();
  let before = at;
  for (let here: Timeline | null = timeline; here !== null; here = here.parent) {
    for (const [name, changes] of here.variables) {
      const variable = seen.has(name) ? undefined : latest(changes, before);
      if (variable === undefined) continue;
      seen.add(name);
      yield variable;
    }
    before = atEnd;
  }
}

/** What a word of an instruction at that place is expanded with. */
export const lookupAt =
  (place: Place): Lookup =>
  name => {
    const variable = variableAt(place, name);
    if (variable !== undefined) return variable.isSet ? variable.value : undefined;
    return place.timeline.inherits(name) ? unknown('external-base') : undefined;
  };

export const stateAt: (place: Place) => State = lazyObjects<Place, State>({
  user: place => settingAt(place, 'user'),
  shell: place => settingAt(place, 'shell'),
  workdir: place => settingAt(place, 'workdir'),
  stopSignal: place => settingAt(place, 'stopSignal'),
  variable: place => name => {
    if (!looking.sees.includes(name)) looking.around = true;
    return variableAt(place, name);
  },
  variables: place => () => {
    looking.around = true;
    return variablesAt(place);
  },
});
