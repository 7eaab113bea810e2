// A build as it is told: its steps, what they print, and what is wrong with which lines. Types only.

export interface BuildStep {
  /** The stage by its name or number, as the builder calls it; null where there is only one, or none is meant. */
  readonly stage: string | null;
  /** Counted from 1; null for what the builder does besides: loading, exporting. */
  readonly number: number | null;
  readonly total: number | null;
  /** The instruction, or what the builder calls it. */
  readonly text: string;
  readonly state: 'running' | 'done' | 'cached' | 'failed';
  /** Null while it runs. */
  readonly seconds: number | null;
}

export type BuildEvent =
  /** It has begun, or changed its state. */
  | { readonly kind: 'step'; readonly step: BuildStep }
  | { readonly kind: 'output'; readonly step: BuildStep | null; readonly text: string };

/** As the builder tells it: with the lines where it knows them, else with the step. */
export interface ToldProblem {
  readonly severity: 'error' | 'warning';
  /** `build-failed`, or the name of a check with its tool: `buildkit:JSONArgsRecommended`. */
  readonly code: string;
  readonly message: string;
  /** First and last, counted from 1. */
  readonly lines: readonly [first: number, last: number] | null;
  readonly step: BuildStep | null;
}

/** What one kind of builder says, line by line. */
export interface LogReader {
  readonly steps: readonly BuildStep[];
  /** `at` is a moment in milliseconds. */
  read(line: string, at: number): BuildEvent[];
  /** All that is wrong, once it has ended. */
  problems(hasFailed: boolean): ToldProblem[];
}
