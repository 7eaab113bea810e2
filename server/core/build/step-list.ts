// The steps of one build while it is read: those that run, and the last lines that each has printed.
import type { BuildEvent, BuildStep } from './step.ts';

/** Lines of a step that are kept for when it fails. */
const keptLines = 20;

interface Kept {
  step: BuildStep;
  readonly began: number;
  readonly output: string[];
}

type Name = Pick<BuildStep, 'stage' | 'number' | 'total' | 'text'>;

export class StepList {
  readonly #steps = new Map<string, Kept>();

  get steps(): BuildStep[] {
    return [...this.#steps.values()].map(({ step }) => step);
  }

  find(id: string): BuildStep | undefined {
    return this.#steps.get(id)?.step;
  }

  get failed(): BuildStep | null {
    return this.steps.findLast(({ state }) => state === 'failed') ?? null;
  }

  begin(id: string, name: Name, at: number): BuildEvent[] {
    const step: BuildStep = { ...name, state: 'running', seconds: null };
    this.#steps.set(id, { step, began: at, output: [] });
    return [{ kind: 'step', step }];
  }

  /** `seconds` where the builder tells them. */
  end(id: string, state: 'done' | 'cached' | 'failed', at: number, seconds?: number): BuildEvent[] {
    const kept = this.#steps.get(id);
    if (!kept || kept.step.state === 'failed') return [];
    // A builder that goes on with a step which it has called done tells the time anew.
    const isKnown = kept.step.state === state;
    kept.step = { ...kept.step, state, seconds: seconds ?? Math.max(0, at - kept.began) / 1_000 };
    return isKnown ? [] : [{ kind: 'step', step: kept.step }];
  }

  print(id: string, text: string): BuildEvent[] {
    const kept = this.#steps.get(id);
    if (!kept) return [{ kind: 'output', step: null, text }];
    kept.output.push(text);
    if (kept.output.length > keptLines) kept.output.shift();
    return [{ kind: 'output', step: kept.step, text }];
  }

  outputOf(step: BuildStep | null): readonly string[] {
    return [...this.#steps.values()].find(kept => kept.step === step)?.output ?? [];
  }
}
