// Running: the rules that have started on a document, and the visits that they make there.
import { looking } from '../model/looking.ts';
import type { Call, Roster, Runner } from './roster.ts';
import type { Language, Visitors } from './rule.ts';

/** Called for every instruction and command: unlike a list of any length, two parameters cost nothing to pass on. */
export type Visitor<First, Second> = (first: First, second: Second) => void;

/** The visits that the rules make for a call, in the order of the rules. */
export interface Visits<First = void, Second = void> {
  readonly count: number;
  /** Never throws. What has been looked at, `looking` tells. */
  make(place: number, first: First, second: Second): void;
}

/** Those of a call. */
export type VisitsOf = <First = void, Second = void>(call: Call) => Visits<First, Second>;

export function makeAll<First>(visits: Visits<First>, first: First): void {
  for (let place = 0; place < visits.count; place++) visits.make(place, first);
}

/** A rule that has started. After a visit that throws it makes no more. */
export interface Running<L extends Language = Language> {
  readonly visitors: Visitors[L];
  /** What it does at a visit may depend on more than what is visited. */
  looksAround: boolean;
  failed: boolean;
  fail(error: unknown): void;
}

type AnyVisitor = Visitor<unknown, unknown>;

/** Takes the visitor for a call out of those that a rule has. */
type Taker = (visitors: object) => AnyVisitor | undefined;

function takerFor(call: Call): Taker {
  const [name = '', inner] = call.split(' ', 2);
  return visitors => {
    const found = (visitors as Readonly<Record<string, unknown>>)[name];
    if (inner === undefined) return found as AnyVisitor | undefined;
    if (found !== undefined && Object.hasOwn(found as object, inner))
      return (found as Readonly<Record<string, AnyVisitor>>)[inner];
    const { programs } = visitors as Visitors['dockerfile'];
    if (name !== 'command' || programs === undefined) return undefined;
    return programs.find(({ names }) => names.includes(inner))?.visit as AnyVisitor | undefined;
  };
}

class CallVisits<L extends Language> implements Visits<unknown, unknown> {
  readonly #take: Taker;
  readonly #runners: readonly Runner<L>[];
  readonly #start: Start<L>;
  /** Null where a rule failed to start. */
  readonly #running: (Running<L> | null)[] = [];
  readonly #visitors: (AnyVisitor | undefined)[] = [];

  constructor(take: Taker, runners: readonly Runner<L>[], start: Start<L>) {
    this.#take = take;
    this.#runners = runners;
    this.#start = start;
  }

  get count(): number {
    return this.#runners.length;
  }

  make(place: number, first: unknown, second: unknown): void {
    const running = this.#runningAt(place);
    if (running?.looksAround !== false) looking.around = true;
    if (running === null || running.failed) return;
    try {
      this.#visitors[place]?.(first, second);
    } catch (error) {
      running.fail(error);
    }
  }

  /** The rules start when they are called: after most edits, most are not. */
  #runningAt(place: number): Running<L> | null {
    const known = this.#running[place];
    if (known !== undefined) return known;
    const runner = this.#runners[place];
    const running = (runner && this.#start(runner)) ?? null;
    this.#running[place] = running;
    if (running !== null) this.#visitors[place] = this.#take(running.visitors);
    looking.around = false;
    looking.stages.length = 0;
    return running;
  }
}

type Start<L extends Language> = (runner: Runner<L>) => Running<L> | undefined;

/**
 * The visits of all rules that run. A rule starts when something turns up that it waits for. Findings hold on to them for
 * the sake of their fixes: they are given nothing that holds the version before.
 */
export function visitsOf<L extends Language>(roster: Roster<L>, startRule: Start<L>): VisitsOf {
  const started = new Map<Runner<L>, Running<L> | undefined>();
  const start: Start<L> = runner => {
    if (!started.has(runner)) started.set(runner, startRule(runner));
    return started.get(runner);
  };
  if (roster.waiting('file') === undefined) {
    for (const runner of roster.runners) start(runner);
    roster.learn(started);
  }
  return call => {
    const take = takerFor(call);
    const waiting =
      roster.waiting(call) ??
      roster.runners.filter(runner => take(start(runner)?.visitors ?? {}) !== undefined);
    return new CallVisits(take, waiting, start);
  };
}
