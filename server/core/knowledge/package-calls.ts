// Reading a call of a package manager: what it does, with which options, to which packages.
import { isSystemManager, packageManager } from './package-lookup.ts';
import type { PackageAction, PackageManager } from './package-managers.ts';

/** A word of a command; the value is null where it is computed. */
interface Word {
  readonly value: string | null;
}

interface Command<W extends Word> {
  readonly name: string | null;
  readonly nameWord?: W | null;
  readonly args: readonly W[];
}

export interface PackageCall<W extends Word = Word> {
  readonly manager: PackageManager;
  /** Null for what neither changes packages nor what is known of them: `search`, `config-manager`. */
  readonly action: PackageAction | null;
  /** The word that says so: the program itself where it needs no other. */
  readonly verb: W;
  /** What stands before the verb and asks for other things than packages: `module`, `group`. */
  readonly prefix: string | null;
  /** Options and their values, wherever they stand. */
  readonly options: readonly W[];
  /** The words behind the verb that are no options; computed ones may be some all the same. */
  readonly operands: readonly W[];
}

interface Words<W extends Word> {
  readonly options: readonly W[];
  readonly rest: readonly W[];
}

function sortWords<W extends Word>(args: readonly W[], isValued: (option: string) => boolean): Words<W> {
  const options: W[] = [];
  const rest: W[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    if (word === undefined) break;
    if (word.value?.startsWith('-') !== true) {
      rest.push(word);
      continue;
    }
    options.push(word);
    const next = args[index + 1];
    if (next !== undefined && isValued(word.value)) {
      options.push(next);
      index++;
    }
  }
  return { options, rest };
}

function ownArguments<W extends Word>({ passesOn }: PackageManager, args: readonly W[]): readonly W[] {
  const end = passesOn ? args.findIndex(({ value }) => value === '--') : -1;
  return end < 0 ? args : args.slice(0, end);
}

const actionOf = ({ actions }: PackageManager, verb: string): PackageAction | null =>
  actions.find(([pattern]) => pattern.test(verb))?.[1] ?? null;

/** Where the action is an option, as of `pacman`. */
function callByOption<W extends Word>(manager: PackageManager, { options, rest }: Words<W>) {
  const verb = options.find(({ value }) => actionOf(manager, value ?? '') !== null);
  if (verb === undefined) return null;
  const action = actionOf(manager, verb.value ?? '');
  return {
    manager,
    action: action === 'index' && rest.length > 0 ? ('install' as const) : action,
    verb,
    prefix: null,
    options: options.filter(word => word !== verb),
    operands: rest,
  };
}

/** The program alone, options left out, where that does something. */
function bareCall<W extends Word>(manager: PackageManager, nameWord: W | null, { options, rest }: Words<W>) {
  if (manager.bare === undefined || nameWord === null || rest.length > 0) return null;
  if (options.some(({ value }) => /^(?:-[hvV]|--help|--version)$/.test(value ?? ''))) return null;
  return { manager, action: manager.bare, verb: nameWord, prefix: null, options, operands: [] };
}

/** Null for any other program, and where the verb is missing or computed. */
export function readPackageCall<W extends Word>({
  name,
  nameWord = null,
  args,
}: Command<W>): PackageCall<W> | null {
  const manager = packageManager(name);
  if (manager === undefined) return null;
  const words = sortWords(ownArguments(manager, args), option => manager.valued.has(option));
  if (manager.family === 'pacman') return callByOption(manager, words);
  if (manager.only && nameWord)
    return {
      manager,
      action: manager.only,
      verb: nameWord,
      prefix: null,
      options: words.options,
      operands: words.rest,
    };
  const at = words.rest.findIndex(({ value }) => value !== null);
  const first = words.rest[at];
  const prefix = manager.prefixes.has(first?.value ?? '') ? (first?.value ?? null) : null;
  const verbAt = prefix === null ? at : at + 1;
  const verb = words.rest[verbAt];
  if (verb === undefined) return bareCall(manager, nameWord, words);
  return {
    manager,
    action: actionOf(manager, verb.value ?? ''),
    verb,
    prefix,
    options: [...words.rest.slice(0, Math.max(at, 0)), ...words.options],
    operands: words.rest.slice(verbAt + 1),
  };
}

export interface PackageChange {
  readonly installs: readonly string[];
  readonly removes: readonly string[];
  /** The name under which `apk` can remove what it installs (`--virtual .build-deps`). */
  readonly group: string | null;
}

/** A package without version, architecture, repository and suite: `curl=8.1`, `curl:amd64`, `curl~=8`, `curl@edge`. */
const packageName = (operand: string): string => operand.replace(/[=<>~:@/].*$/, '');

function virtualName({ manager, options }: PackageCall): string | null {
  if (manager.family !== 'apk') return null;
  const at = options.findIndex(({ value }) => /^(?:-t$|--virtual(?:$|=))/.test(value ?? ''));
  const [, attached] = options[at]?.value?.split('=') ?? [];
  return at < 0 ? null : (attached ?? options[at + 1]?.value ?? null);
}

/** Null for a command that changes no packages of the system, or whose action is computed. */
export function packageChange(command: Command<Word>): PackageChange | null {
  const call = readPackageCall(command);
  if (call === null || call.prefix !== null || !isSystemManager(call.manager)) return null;
  const names = call.operands.map(({ value }) => packageName(value ?? '')).filter(name => name !== '');
  if (call.action === 'install') return { installs: names, removes: [], group: virtualName(call) };
  return call.action === 'remove' ? { installs: [], removes: names, group: null } : null;
}

/** The packages that the commands, one after the other, install by name and do not remove again. */
export function installedPackages(commands: Iterable<Command<Word>>): ReadonlySet<string> {
  const installed = new Set<string>();
  const groups = new Map<string, readonly string[]>();
  for (const command of commands) {
    const change = packageChange(command);
    if (change === null) continue;
    for (const name of change.installs) installed.add(name);
    if (change.group !== null) groups.set(change.group, change.installs);
    for (const name of change.removes.flatMap(removed => groups.get(removed) ?? [removed]))
      installed.delete(name);
  }
  return installed;
}
