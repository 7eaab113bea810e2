// The instructions that an instruction shares its stage with.
import type { DockerfileModel, Instruction } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';

/** Those before the first FROM, of a text that is only part of a file. */
const withoutStage = rememberFor(({ instructions }: DockerfileModel): readonly Instruction[] =>
  instructions.filter(({ stage }) => stage === null),
);

/** In document order, itself included. */
export const siblingsOf = (model: DockerfileModel, { stage }: Instruction): readonly Instruction[] =>
  stage?.instructions ?? withoutStage(model);
