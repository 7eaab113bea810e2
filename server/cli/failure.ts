// Failures: what stops a command, told in one line with the next step.
import { nearestName } from '../core/text/nearest.ts';

/** Ends the run with exit code 2. The message is whole sentences: what is wrong, and what to do. */
export class Failure extends Error {}

/** A sentence about what a misspelt word was meant to be, with a blank before it; empty where nothing is like it. */
export function meant(word: string, candidates: readonly string[], prefix = ''): string {
  const nearest = nearestName(word, candidates);
  return nearest === undefined ? '' : ` Did you mean ${prefix}${nearest}?`;
}
