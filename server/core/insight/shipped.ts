// Which layers reach people: those of the final stage and of the stages it is made from.
import type { Instruction } from '../model/dockerfile/model.ts';

/**
 * What an instruction leaves in its layer ends up in an image. What ONBUILD defers does so in whatever is built from
 * the stage.
 */
export const leavesLayer = ({ stage, onbuild }: Instruction): boolean =>
  stage === null || onbuild !== null || stage.ships;
