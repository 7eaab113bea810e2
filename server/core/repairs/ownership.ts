// What the process of an image has to own, when it no longer runs as root: files to be changed and folders to write in.
import { absolutePath, destinationOf } from '../insight/copy-target.ts';
import { startedPrograms } from '../insight/process.ts';
import type { StageInsight } from '../insight/stage.ts';
import type { CopyInstruction, Instruction } from '../model/dockerfile/model.ts';

/** What lies there is read and run, and changed by root alone. */
const systemFolder =
  /^\/(?:$|(?:bin|boot|dev|etc|lib\d*|proc|root|run|sbin|sys|tmp)(?:\/|$)|usr(?:$|\/(?!src\/)))/;

/** A path that a shell reads as it stands: it is written into a RUN. */
const plainPath = /^[\w/.@%+:=-]+$/;

const isOwnable = (path: string | null): path is string =>
  path !== null && plainPath.test(path) && !systemFolder.test(path);

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

const isCopy = (instruction: Instruction): instruction is CopyInstruction =>
  instruction.keyword === 'COPY' || instruction.keyword === 'ADD';

/** The folder that the process works in, where the file says it. */
function workingFolder({ stage }: StageInsight): string | null {
  const { workdir } = stage.final;
  return workdir.known && workdir.setAt !== null && isOwnable(workdir.value) ? workdir.value : null;
}

/**
 * The COPY and ADD instructions whose files the process may have to write: those of its own folder, and other folders
 * of data. Programs and settings elsewhere are better root's.
 */
export function copiesToOwn(insight: StageInsight): readonly CopyInstruction[] {
  const working = workingFolder(insight);
  const programs = new Set(startedPrograms(insight));
  const isData = (path: string): boolean => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return !name.includes('.') && !programs.has(name);
  };
  return insight.stage.instructions.filter(isCopy).filter(copy => {
    if (copy.flags.some(({ name }) => name === 'chown')) return false;
    const path = destinationOf(copy);
    return isOwnable(path) && ((working !== null && isBelow(path, working)) || isData(path));
  });
}

export interface OwnFolders {
  /** That the process writes into. */
  readonly all: readonly string[];
  /** Those of them that may not exist yet. */
  readonly new: readonly string[];
}

/** Made by root, the folder itself stays root's, whoever owns the files in it. */
export function foldersToOwn(insight: StageInsight): OwnFolders {
  const working = workingFolder(insight);
  const volumes = insight.stage.instructions
    .flatMap(({ keyword, words, before }) =>
      keyword === 'VOLUME' ? words.map(({ value }) => absolutePath(value, before)) : [],
    )
    .filter(isOwnable);
  const all = [...new Set([...(working === null ? [] : [working]), ...volumes])];
  return { all, new: all.filter(folder => folder !== working) };
}
