// Changes of owners: whether a stage gives files to an account after they have been copied.
import type { CopyInstruction, Instruction, Stage } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { absolutePath, destinationOf } from './copy-target.ts';
import { commandsOf } from './run-effects.ts';

const ownerTools = new Set(['chown', 'chgrp']);

/** The owner a command names, and the paths; those with variables are left out. */
function operandsOf({
  name,
  args,
}: ShellCommand): { readonly owner: string; readonly paths: readonly string[] } | null {
  if (!ownerTools.has(name ?? '')) return null;
  const [owner, ...paths] = args.filter(({ raw }) => !raw.startsWith('-'));
  return owner === undefined
    ? null
    : { owner: owner.value ?? '', paths: paths.flatMap(({ value }) => value ?? []) };
}

const isBelow = (path: string, folder: string): boolean =>
  path === folder || folder === '/' || path.startsWith(`${folder}/`);

interface OwnershipChange {
  readonly run: Instruction;
  /** What changes its owner; null where a variable takes part in its name. */
  readonly folder: string | null;
}

const ownershipChanges = rememberFor(({ instructions }: Stage): readonly OwnershipChange[] =>
  instructions
    .filter(({ keyword }) => keyword === 'RUN')
    .flatMap(run =>
      commandsOf([run])
        .flatMap(command => operandsOf(command)?.paths ?? [])
        .map(path => ({ run, folder: absolutePath(path.replace(/\/?\*.*$/, '') || '/', run.before) })),
    ),
);

/** A command behind it changes the owner of where it copies to. */
export function isGivenAwayLater(stage: Stage, copy: CopyInstruction): boolean {
  const target = destinationOf(copy);
  return ownershipChanges(stage).some(
    ({ run, folder }) =>
      run.index >= copy.index &&
      (target === null || folder === null || isBelow(target, folder) || isBelow(folder, target)),
  );
}

/** Whether a stage, or one it is made FROM, gives files to an account. */
export function ownsFiles({ chain }: Stage, name: string): boolean {
  const names = (owner: string): boolean => owner.split(/[:.]/).includes(name);
  return chain.some(({ instructions }) =>
    instructions.some(instruction => {
      const chown = instruction.flags.find(flag => flag.name === 'chown')?.value ?? '';
      if (names(chown)) return true;
      return commandsOf([instruction]).some(command => names(operandsOf(command)?.owner ?? ''));
    }),
  );
}
