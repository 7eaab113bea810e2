// Changes of modes and owners: what chmod and chown are told, and of which paths.
import type { RunInstruction } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { absolutePath } from './copy-target.ts';

export interface Change {
  readonly tool: 'chmod' | 'chown';
  /** The mode or the owner. */
  readonly value: string;
  readonly isRecursive: boolean;
  /** Absolute; null for one that is not known. */
  readonly paths: readonly (string | null)[];
}

const plainOption = /^(?:-[Rfvc]+|--(?:recursive|silent|quiet|verbose|changes))$/;
/** `-x` takes a permission away, and is a mode. */
const isOption = (raw: string): boolean => /^-(?![rwxst]+$)/.test(raw);
const movers = new Set(['cd', 'pushd']);

/** Null for other programs, for what a variable tells them, and for options that change more than a mode or an owner. */
export function changeOf(run: RunInstruction, { name, args }: ShellCommand): Change | null {
  if (name !== 'chmod' && name !== 'chown') return null;
  const options = args.filter(({ raw }) => isOption(raw));
  const [value, ...paths] = args.filter(({ raw }) => !isOption(raw));
  if (value?.value == null || !options.every(({ raw }) => plainOption.test(raw))) return null;
  const moves = run.script.commands.some(command => movers.has(command.name ?? ''));
  return {
    tool: name,
    value: value.value,
    isRecursive: options.some(({ raw }) => /^-\w*R|^--recursive/.test(raw)),
    paths: paths.map(({ value: path }) => {
      if (path === null || /[*?[{~]/.test(path) || (moves && !path.startsWith('/'))) return null;
      return absolutePath(path, run.before);
    }),
  };
}
