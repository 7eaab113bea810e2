// Looking around: whether code that was handed one part of a document has looked at the rest of the document, too.

import type { Span } from '../text/span.ts';

/** Of the work that is being done. */
export const looking: {
  around: boolean;
  stages: object[];
  asked: boolean;
  sees: readonly string[];
  within: Span | null;
  gathers: boolean;
  glances: Glance[];
} = {
  /** Set by everything that leads from a part to the rest; whoever asks sets it back. */
  around: false,
  /** Of a Dockerfile, the stages that were looked at: more than an instruction, and less than all the rest. */
  stages: [],
  /** Set where something was asked that no document tells. */
  asked: false,
  /** The variables whose values count as seen with the part. */
  sees: [],
  /** Where the part stands; null where it is not looked at parts. */
  within: null,
  /** Who looks gathers what is found in parts, and looks around where that is shared. */
  gathers: false,
  /** What was asked about the whole, since it was set back. */
  glances: [],
};

/** A question about the whole with its answer: where that is the same of another version, nothing else has been seen. */
export interface Glance {
  readonly ask: (whole: never) => unknown;
  readonly answer: unknown;
}

/**
 * Asks the whole something that a word answers. Nothing but the text may be asked: no facts. The question is kept for the
 * next version, and is no place to hold on to this one.
 */
export function glance<W, A extends string | number | boolean>(whole: W, ask: (whole: W) => A): A {
  const answer = withinFrame(() => ask(whole));
  looking.glances.push({ ask, answer });
  return answer;
}

export const isStillSo = (whole: object, { ask, answer }: Glance): boolean =>
  withinFrame(() => ask(whole as never)) === answer;

/**
 * For work that looks at nothing of the rest but the frame of the document: FROM and ARG lines (`frameOf`), or the outline
 * of a Compose file. What was found out in one version is never taken for true in another one where those differ.
 */
export function withinFrame<T>(work: () => T): T {
  const { around, stages } = looking;
  const seen = stages.length;
  const value = work();
  looking.around = around;
  stages.length = seen;
  return value;
}

/** The place is in the part that is looked at, and in no other. */
export const isWithin = (start: number): boolean =>
  looking.within !== null && start >= looking.within.start && start <= looking.within.end;

/** Who asks whether others have told of a place outside of the part looks around. */
export function lookAt(start: number): void {
  if (!isWithin(start)) looking.around = true;
}

/** Places that have been told of. */
export class PlacesTold extends Set<number> {
  override has(start: number): boolean {
    lookAt(start);
    return super.has(start);
  }
}
