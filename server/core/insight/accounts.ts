// The accounts and groups that the RUN instructions of a stage make, as far as they can be read.
import type { Stage } from '../model/dockerfile/model.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { builtFrom, commandsWith } from './run-effects.ts';

export interface Account {
  readonly name: string;
  /** Null where the tool chooses the number. */
  readonly uid: number | null;
  /** A group that surely exists and that the account is in. */
  readonly group: string | null;
}

export interface CreatedAccounts {
  /** The last one first. */
  readonly accounts: readonly Account[];
  readonly groups: ReadonlySet<string>;
}

/** How a tool is called; the two kinds of `adduser` (Debian's, BusyBox') do not contradict each other. */
interface Tool {
  /** Letters of options that take a value: the rest of the word, or the next word. */
  readonly letters: string;
  readonly long: ReadonlySet<string>;
  readonly uid: ReadonlySet<string>;
  readonly group: ReadonlySet<string>;
}

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const tools: Readonly<Record<string, Tool>> = {
  useradd: {
    letters: 'bcdefgGkKpPRsuZ',
    long: names(
      'base-dir comment home-dir expiredate inactive gid groups skel key password prefix root shell uid selinux-user',
    ),
    uid: names('u uid'),
    group: names('g gid'),
  },
  adduser: {
    letters: 'hgsGuk',
    long: names('home gecos comment shell ingroup gid uid skel conf firstuid lastuid firstgid lastgid'),
    uid: names('u uid'),
    group: names('G ingroup'),
  },
};

export interface AccountCall {
  /** Options with a value, by their letter or long name. */
  readonly options: ReadonlyMap<string, string>;
  /** Options without one. */
  readonly switches: ReadonlySet<string>;
  readonly operands: readonly string[];
}

function readCall({ args }: ShellCommand, { letters, long }: Tool): AccountCall {
  const options = new Map<string, string>();
  const switches = new Set<string>();
  const operands: string[] = [];
  const words = args.map(({ value }) => value ?? '');
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word.startsWith('--')) {
      const [option = '', attached] = word.slice(2).split('=', 2);
      if (attached !== undefined) options.set(option, attached);
      else if (long.has(option)) options.set(option, words[++at] ?? '');
      else switches.add(option);
    } else if (word.startsWith('-')) {
      const valued = [...word].findIndex((letter, index) => index > 0 && letters.includes(letter));
      for (const letter of word.slice(1, valued < 0 ? undefined : valued)) switches.add(letter);
      if (valued < 0) continue;
      const attached = word.slice(valued + 1);
      options.set(word.charAt(valued), attached === '' ? (words[++at] ?? '') : attached);
    } else {
      operands.push(word);
    }
  }
  return { options, switches, operands };
}

/** How `useradd`, `adduser` or `usermod` is called; null for other programs. */
export function accountCall(command: ShellCommand): AccountCall | null {
  const tool = tools[command.name === 'usermod' ? 'useradd' : (command.name ?? '')];
  return tool === undefined ? null : readCall(command, tool);
}

const optionValue = ({ options }: AccountCall, of: ReadonlySet<string>): string | undefined =>
  [...options].find(([name]) => of.has(name))?.[1];

const isName = (word: string): boolean => /^[a-z_][\w.-]*$/i.test(word);

function createdBy(command: ShellCommand, groups: ReadonlySet<string>): Account | null {
  const tool = tools[command.name ?? ''];
  if (tool === undefined) return null;
  const call = readCall(command, tool);
  const [name = ''] = call.operands;
  const uid = optionValue(call, tool.uid) ?? '';
  const given = optionValue(call, tool.group) ?? '';
  const group = isName(given) ? given : groups.has(name) ? name : null;
  return isName(name) ? { name, uid: /^\d+$/.test(uid) ? Number(uid) : null, group } : null;
}

const lastWords = (commands: readonly ShellCommand[], programs: ReadonlySet<string>): string[] =>
  commands.flatMap(({ name, args }) => (programs.has(name ?? '') ? (args.at(-1)?.value ?? []) : []));

const makingGroups = names('groupadd addgroup');
const removing = names('userdel deluser');

/** By the stage and those it is made FROM; another name for root is no account. */
export function createdAccounts(stage: Stage): CreatedAccounts {
  const commands = commandsWith(builtFrom(stage), /(?:user|group)(?:add|del)|(?:add|del)(?:user|group)/);
  const groups = new Set(lastWords(commands, makingGroups).filter(isName));
  const removed = new Set(lastWords(commands, removing));
  const accounts = commands
    .flatMap(command => createdBy(command, groups) ?? [])
    .filter(({ name, uid }) => uid !== 0 && !removed.has(name));
  return { accounts: accounts.reverse(), groups };
}
