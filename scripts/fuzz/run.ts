// A fuzz run: mutants by number, each the same for the same seed, checked one after the other.
import type { Catalogue } from '../../server/core/engine/catalogue.ts';
import { checkInput } from './check.ts';
import type { Input } from './inputs.ts';
import { mutantOf } from './mutants.ts';
import { type Random, randomFrom } from './random.ts';

export interface FuzzRequest {
  readonly inputs: readonly Input[];
  readonly seed: number;
  /** The number of the first mutant. */
  readonly first: number;
  readonly runs: number;
}

export interface Failure {
  readonly run: number;
  readonly problem: string;
  readonly text: string;
}

export interface FuzzResult {
  readonly findings: number;
  readonly fixes: number;
  readonly slowest: { readonly run: number; readonly milliseconds: number };
  readonly failures: readonly Failure[];
}

/** Neighbouring numbers make seeds that have nothing in common. */
const seedOf = (seed: number, run: number): number =>
  Math.imul(seed, 0x9e3779b1) ^ Math.imul(run, 0x85ebca6b);

interface Mutant extends Input {
  /** What it was made from. */
  readonly before: string;
}

function mutant(inputs: readonly Input[], random: Random): Mutant {
  const input = inputs[random.below(inputs.length)];
  if (!input) throw new Error('There is nothing to make mutants of.');
  const others = inputs.filter(({ language }) => language === input.language);
  const other = others[random.below(others.length)] ?? input;
  return { ...input, before: input.text, text: mutantOf(input.text, other.text, random) };
}

export function fuzz(
  catalogue: Catalogue,
  { inputs, seed, first, runs }: FuzzRequest,
  onFailure: (failure: Failure) => void = () => {},
): FuzzResult {
  let findings = 0;
  let fixes = 0;
  let slowest = { run: first, milliseconds: 0 };
  const failures: Failure[] = [];
  for (let run = first; run < first + runs; run++) {
    const input = mutant(inputs, randomFrom(seedOf(seed, run)));
    const checked = checkInput(catalogue, input, input.before);
    findings += checked.findings;
    fixes += checked.fixes;
    if (checked.milliseconds > slowest.milliseconds) slowest = { run, milliseconds: checked.milliseconds };
    for (const problem of checked.problems) {
      const failure = { run, problem, text: input.text };
      failures.push(failure);
      onFailure(failure);
    }
  }
  return { findings, fixes, slowest, failures };
}
