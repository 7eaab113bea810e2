// What COPY and ADD have put somewhere, before an instruction of the same stage.
import type { CopyInstruction, DockerfileModel, Instruction } from '../model/dockerfile/model.ts';
import { destinationOf, targetOf } from './copy-target.ts';
import { isWithin } from './folders.ts';
import { siblingsOf } from './siblings.ts';

export interface CopiedPath {
  readonly copy: CopyInstruction;
  /** It is all that the instruction copies; else it is one of several things, or the folder that they went to. */
  readonly isAll: boolean;
}

function copiedBy(copy: CopyInstruction, path: string): CopiedPath | null {
  const { sources, heredocs } = copy;
  const destination = destinationOf(copy);
  if (destination === null || copy.onbuild !== null) return null;
  const isAlone = sources.length + heredocs.length === 1;
  if (destination === path) return { copy, isAll: true };
  if (sources.some(source => targetOf(copy, source) === path)) return { copy, isAll: isAlone };
  return isWithin(destination, path) ? { copy, isAll: true } : null;
}

/** Instructions that copied to a path, or to somewhere below it. */
export const copiedTo = (model: DockerfileModel, before: Instruction, path: string): readonly CopiedPath[] =>
  siblingsOf(model, before).flatMap(instruction => {
    const isCopy = instruction.keyword === 'COPY' || instruction.keyword === 'ADD';
    return isCopy && instruction.index < before.index ? (copiedBy(instruction, path) ?? []) : [];
  });
