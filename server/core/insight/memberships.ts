// Memberships: the groups besides its own that a file puts an account into.
import type { Stage } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { accountCall } from './accounts.ts';
import { builtFrom, commandsOf } from './run-effects.ts';
import { groupsOnWindows } from './windows-accounts.ts';

const list = (groups: string | undefined): string[] => (groups ?? '').split(',').filter(name => name !== '');

/** `gpasswd -a user group`, `adduser user group`, `addgroup user group`. */
function pairOf({ name, args }: ShellCommand): readonly [user: string, group: string] | null {
  const words = args.map(({ value }) => value ?? '');
  if (name === 'gpasswd') {
    const at = words.findIndex(word => word === '-a' || word === '--add');
    const [user = '', group = ''] = at < 0 ? [] : words.slice(at + 1);
    return user === '' || group === '' ? null : [user, group];
  }
  const [user, group, ...others] = words;
  const isPair = (name === 'adduser' || name === 'addgroup') && others.length === 0;
  if (!isPair || user === undefined || group === undefined || /^-/.test(user + group)) return null;
  return [user, group];
}

function groupsGiven(command: ShellCommand, user: string): string[] {
  const pair = pairOf(command);
  if (pair !== null) return pair[0] === user ? [pair[1]] : [];
  if (command.name !== 'useradd' && command.name !== 'usermod') return [];
  const call = accountCall(command);
  if (call?.operands[0] !== user) return [];
  return [...list(call.options.get('G')), ...list(call.options.get('groups'))];
}

/** In the order of the file, each once. */
export const supplementaryGroups = (stage: Stage, user: string): readonly string[] => [
  ...new Set([
    ...commandsOf(builtFrom(stage)).flatMap(command => groupsGiven(command, user)),
    ...groupsOnWindows(stage, user),
  ]),
];
