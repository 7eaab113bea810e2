// Folders that a RUN mounts or empties, so that what a command puts there does not stay in the layer.
import type { RunInstruction } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';

/** Beyond so many the words of a brace expansion are left out. */
const mostWords = 64;

/** `/var/{lib,cache}/x` as the words that the shell makes of it. */
function expandBraces(word: string): string[] {
  let words = [word];
  for (let more = true; more && words.length <= mostWords; ) {
    more = false;
    words = words.flatMap(text => {
      const [whole, choices] = /\{([^{}]*,[^{}]*)\}/.exec(text) ?? [];
      if (whole === undefined || choices === undefined) return [text];
      more = true;
      return choices.split(',').map(choice => text.replace(whole, () => choice));
    });
  }
  return [...new Set(words)];
}

/** The folder that a path empties: `/var/lib/apt/lists/*` is `/var/lib/apt/lists`, and so is `/var/lib/apt/lists*`. */
const folderOf = (path: string): string => path.replace(/\/?\*+$/, '').replace(/\/+$/, '');

/** The home of whatever account, as `~`. */
const atHome = (path: string): string =>
  path.replace(/^(?:\/root|\/home\/[^/]+|\$HOME|\$\{HOME\})(?=\/|$)/, '~');

export function isWithin(path: string, folder: string): boolean {
  const [inner, outer] = [atHome(path), atHome(folder)];
  return outer !== '' && (inner === outer || inner.startsWith(`${outer}/`));
}

/** The folders that an absolute path is in, the root left out. */
export const foldersAbove = (path: string): string[] =>
  Array.from(path.matchAll(/(?<=[^/])\//g), ({ index }) => path.slice(0, index));

/** The targets of the mounts of these types. */
export const mountedFolders = (
  { mounts }: RunInstruction,
  types: readonly string[] = ['cache', 'tmpfs'],
): readonly string[] =>
  mounts.flatMap(({ type, options }) => {
    const target = options.get('target') ?? options.get('dst') ?? options.get('destination');
    return types.includes(type) && target ? [folderOf(target.value)] : [];
  });

export interface EmptiedFolder {
  readonly folder: string;
  /** The word that names it, and the command that it is given to. */
  readonly word: ShellWord;
  readonly command: ShellCommand;
}

/** The words that name what a command deletes. */
function deletedWords({ name, args, wrappers }: ShellCommand): readonly ShellWord[] {
  // What find gives to `rm`, its own words tell.
  if (wrappers[0]?.name === 'find') return [];
  if (name === 'rm') return args.filter(({ value }) => value?.startsWith('-') !== true);
  const deletes = args.some(({ value }) => value === '-delete' || value === 'rm');
  if (name !== 'find' || !deletes) return [];
  const tests = args.findIndex(({ value }) => value === null || value.startsWith('-'));
  return args.slice(0, tests);
}

/** Of the variables the home alone is known. */
const pathsOf = ({ raw, value, variables }: ShellWord): readonly string[] => {
  if (value !== null) return expandBraces(value);
  const isKnown = variables.length > 0 && variables.every(name => name === 'HOME');
  return isKnown ? expandBraces(raw.replace(/"/g, '').replace(/^\$\{?HOME\}?/, '~')) : [];
};

/** In order of position; what a variable names is not known. */
export const emptiedFolders = rememberFor(({ script }: RunInstruction): readonly EmptiedFolder[] => {
  let current = '';
  return script.commands.flatMap(command => {
    if (command.name === 'cd') current = folderOf(command.args[0]?.value ?? '');
    return deletedWords(command).flatMap(word =>
      pathsOf(word).map(path => {
        const isRelative = current !== '' && !/^[~/]/.test(path);
        return { folder: folderOf(isRelative ? `${current}/${path}` : path), word, command };
      }),
    );
  });
});
