// The option with which a package manager keeps nothing of what it downloads.
import type { PackageWork } from '../insight/package-work.ts';
import type { RunInstruction } from '../model/dockerfile/model.ts';
import { type Edit, replace } from '../text/edit.ts';
import { addWords } from './commands.ts';

/** For apk, `--update` is part of what `--no-cache` does. */
export function addLeanOption(run: RunInstruction, work: PackageWork, option: string): Edit {
  const { command, verb, options, manager } = work;
  const update =
    manager.family === 'apk' &&
    options.find(({ value }) => /^(?:-U|--update|--update-cache)$/.test(value ?? ''));
  return update ? replace(update.span, option) : addWords(run, command, verb, option);
}
