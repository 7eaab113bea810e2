// Owners: what `--chown` of COPY and ADD says.
import type { CopyInstruction, Flag } from '../model/dockerfile/model.ts';

export interface Owner {
  readonly flag: Flag;
  /** As written, empty where it says none. */
  readonly user: string;
  readonly group: string | null;
}

/** Null without the flag, and where a variable hides what it says. */
export function ownerOf({ flags }: CopyInstruction): Owner | null {
  const flag = flags.find(({ name }) => name === 'chown');
  if (flag?.value == null || flag.value.includes('$')) return null;
  const [user = '', group = null] = flag.value.split(':', 2);
  return { flag, user, group };
}

export const isRootName = (name: string): boolean => /^(?:root|0*)$/.test(name);

/** Whether a name stands for a number that needs no entry in `/etc/passwd`. */
export const isNumeric = (name: string): boolean => /^\d+$/.test(name);
