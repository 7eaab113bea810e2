// Which layers reach people: those of the final stage and of the stages it is made from.
import type { DockerfileModel, Instruction, Stage } from '../model/dockerfile/model.ts';

/** The layers of the stage are layers of the image. */
const ships = ({ finalStage }: DockerfileModel, stage: Stage): boolean =>
  finalStage?.chain.includes(stage) ?? true;

/**
 * What an instruction leaves in its layer ends up in an image. What ONBUILD defers does so in whatever is built from
 * the stage.
 */
export const leavesLayer = (model: DockerfileModel, { stage, onbuild }: Instruction): boolean =>
  stage === null || onbuild !== null || ships(model, stage);
