// What happens behind a RUN: in its stage, and in those made from it.
import type { DockerfileModel, RunInstruction, Stage } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import { runOf } from './package-index.ts';

/** Whether a RUN behind another one does what is asked; the file is gone through once for all. */
export function laterRuns(
  does: (run: RunInstruction) => boolean,
): (model: DockerfileModel, run: RunInstruction) => boolean {
  const lastOf = rememberFor(({ instructions }: DockerfileModel): ReadonlyMap<Stage | null, number> => {
    const last = new Map<Stage | null, number>();
    for (const instruction of instructions) {
      const run = runOf(instruction);
      if (run === null || !does(run)) continue;
      for (const stage of run.stage?.chain ?? [null]) last.set(stage, instruction.index);
    }
    return last;
  });
  return (model, run) => (lastOf(model).get(run.stage) ?? -1) > run.index;
}
