// The roster: the rules that run under given settings, and which of them wait for what. Worked out once, not at each edit.
import type { Catalogue } from './catalogue.ts';
import type { Language, Rule, Visitors } from './rule.ts';
import { isEnabled, optionsOf, type Settings } from './settings.ts';

/** A rule as it runs under the settings. */
export interface Runner<L extends Language = Language> {
  readonly rule: Rule<L>;
  /** Its findings count. Others run for the sake of what they find to be secret. */
  readonly shown: boolean;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a walk calls visitors for: `file`, `stage`, `service` or `end`; `RUN` of `instruction`; `apk` of `command`. */
export type Call = string;

export interface Roster<L extends Language = Language> {
  readonly runners: readonly Runner<L>[];
  /**
   * Those that wait for a call, in the order of the catalogue; undefined until `learn` was told of all runners. A rule
   * waits for the same calls in every document, so that those with nothing to visit in one need not start there.
   */
  waiting(call: Call): readonly Runner<L>[] | undefined;
  /** What the runners wait for, as the visitors of all of them say; nothing is learnt where one failed to start. */
  learn(started: ReadonlyMap<Runner<L>, { readonly visitors: object } | undefined>): void;
}

/** The calls of visitors under a name of their own, as of `instruction` and `command`. */
export const namedCall = (group: string, name: string): Call => `${group} ${name}`;

export function callsOf({ programs = [], ...visitors }: Visitors['dockerfile']): readonly Call[] {
  const calls = Object.entries(visitors).flatMap(([name, visitor]) =>
    typeof visitor === 'function' ? [name] : Object.keys(visitor ?? {}).map(inner => namedCall(name, inner)),
  );
  const names = programs.flatMap(({ names }) => names.map(name => namedCall('command', name)));
  return [...new Set([...calls, ...names])];
}

const nobody: readonly never[] = [];

function makeRoster<L extends Language>(language: L, catalogue: Catalogue, settings: Settings): Roster<L> {
  const runners = catalogue.rules
    .filter((rule): rule is Rule<L> => rule.language === language)
    .map(rule => ({ rule, shown: isEnabled(rule, settings), options: optionsOf(rule, settings) }))
    .filter(({ rule, shown }) => shown || rule.findsSecrets);
  let byCall: Map<Call, Runner<L>[]> | null = null;
  return {
    runners,
    waiting: call => (byCall === null ? undefined : (byCall.get(call) ?? nobody)),
    learn(started) {
      if (runners.some(runner => started.get(runner) === undefined)) return;
      byCall = new Map();
      for (const runner of runners) {
        for (const call of callsOf(started.get(runner)?.visitors ?? {})) {
          const waiting = byCall.get(call);
          if (waiting) waiting.push(runner);
          else byCall.set(call, [runner]);
        }
      }
    },
  };
}

const made = new WeakMap<
  Settings,
  { readonly catalogue: Catalogue; readonly rosters: Map<Language, Roster> }
>();

/** The same one for the same catalogue and settings: both are immutable. */
export function rosterOf<L extends Language>(
  language: L,
  catalogue: Catalogue,
  settings: Settings,
): Roster<L> {
  let known = made.get(settings);
  if (known?.catalogue !== catalogue) {
    known = { catalogue, rosters: new Map() };
    made.set(settings, known);
  }
  const roster = known.rosters.get(language) ?? makeRoster(language, catalogue, settings);
  known.rosters.set(language, roster as Roster);
  return roster as Roster<L>;
}
