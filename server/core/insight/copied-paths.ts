// What COPY and ADD have put somewhere, before an instruction of the same stage.
import type { CopyInstruction, DockerfileModel, Instruction } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import { destinationOf, targetOf } from './copy-target.ts';
import { foldersAbove } from './folders.ts';
import { siblingsOf } from './siblings.ts';

export interface CopiedPath {
  readonly copy: CopyInstruction;
  /** It is all that the instruction copies; else it is one of several things, or the folder that they went to. */
  readonly isAll: boolean;
}

/** Each path that is copied to, and each folder above one, with what is copied there. */
type CopiedPaths = ReadonlyMap<string, readonly CopiedPath[]>;

const copiedIn = rememberFor((instructions: readonly Instruction[]): CopiedPaths => {
  const paths = new Map<string, CopiedPath[]>();
  const add = (path: string, copied: CopiedPath): void => {
    const others = paths.get(path);
    if (others?.at(-1)?.copy === copied.copy) return;
    if (others === undefined) paths.set(path, [copied]);
    else others.push(copied);
  };
  for (const copy of instructions) {
    if (copy.keyword !== 'COPY' && copy.keyword !== 'ADD') continue;
    const destination = destinationOf(copy);
    if (destination === null || copy.onbuild !== null) continue;
    for (const folder of [destination, ...foldersAbove(destination)]) add(folder, { copy, isAll: true });
    const isAlone = copy.sources.length + copy.heredocs.length === 1;
    for (const source of copy.sources) add(targetOf(copy, source) ?? destination, { copy, isAll: isAlone });
  }
  return paths;
});

/** Instructions that copied to a path, or to somewhere below it. */
export const copiedTo = (model: DockerfileModel, before: Instruction, path: string): readonly CopiedPath[] =>
  (copiedIn(siblingsOf(model, before)).get(path) ?? []).filter(({ copy }) => copy.index < before.index);
