// What package managers leave in the layer of a RUN: indexes and downloads that nobody needs once it is built.
import type { PackageManager } from '../knowledge/package-managers.ts';
import { remember } from '../knowledge/remember.ts';
import type { DockerfileModel, RunInstruction } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';
import { environmentValue, isOn } from './command-environment.ts';
import { emptiedFolders, isWithin, mountedFolders } from './folders.ts';
import { runOf, runsBefore } from './package-index.ts';
import { isRehearsal, type PackageWork, packageWork, packageWorkOf } from './package-work.ts';

/** `yum` and `dnf` are one program where both exist; all front ends of apt share their folders. */
const storeName = ({ family, name }: PackageManager): string => {
  if (/^(?:apt|pip|gem|conda)$/.test(family)) return family;
  return name === 'yum' || name === 'dnf5' ? 'dnf' : name;
};

type Managed = Pick<PackageWork, 'manager'>;

export const sharesStore = (one: Managed, other: Managed): boolean =>
  storeName(one.manager) === storeName(other.manager);

const isIn = (folders: readonly string[], outer: string): boolean =>
  folders.some(folder => isWithin(folder, outer));

const cleans = ({ action, manager, verb, operands }: PackageWork): boolean =>
  action === 'clean' &&
  manager.store.cleanedBy.test([verb, ...operands].map(({ value }) => value ?? '').join(' '));

/** Where packages are kept once they are installed, unless `docker-clean` sees to it. */
const archives = '/var/cache/apt/archives';

/** The folders that a call empties. */
export function cleanedFolders(work: PackageWork): readonly string[] {
  if (cleans(work)) return work.manager.store.folders;
  return work.manager.family === 'apt' && work.action === 'clean' ? [archives] : [];
}

/** A script that calls itself a clean-up is taken at its word. */
const isCleanUpScript = (name: string | null): boolean => /clean/i.test(name ?? '');

const isNamed = ({ store }: PackageManager, words: readonly ShellWord[]): boolean =>
  words.some(
    ({ raw, variables }) =>
      store.alias?.test(raw) || (store.location !== undefined && variables.includes(store.location)),
  );

/** Where a RUN last empties one of these folders; -1 where it never does. */
const lastEmptying = rememberFor((run: RunInstruction) =>
  rememberFor((folders: readonly string[]): number => {
    const last = emptiedFolders(run).findLast(({ folder }) => isIn(folders, folder));
    return last?.command.span.start ?? -1;
  }),
);

/** Where a RUN last has a program clean up behind a package manager; -1 where it never does. */
const lastCleaning = rememberFor((run: RunInstruction) =>
  remember((manager: PackageManager): number => {
    const call = packageWorkOf(run).findLast(work => cleans(work) && sharesStore({ manager }, work));
    const other = run.script.commands.findLast(
      ({ name, args }) => isCleanUpScript(name) || (name === 'rm' && isNamed(manager, args)),
    );
    return Math.max(call?.span.start ?? -1, other?.span.start ?? -1);
  }),
);

const isCleaned = (
  run: RunInstruction,
  { manager, span }: PackageWork,
  folders: readonly string[],
): boolean => Math.max(lastEmptying(run)(folders), lastCleaning(run)(manager)) > span.start;

/** The option with which nothing is left, alone or with a value; pip takes a shorter one, too. */
const isLeanOption = ({ manager: { store, family } }: PackageWork, option: string): boolean =>
  (store.option !== null && (option === store.option || option.startsWith(`${store.option}=`))) ||
  (family === 'apk' && option === '--no-network') ||
  (family === 'pip' && option === '--no-cache');

const leavesNothing = (run: RunInstruction, work: PackageWork): boolean => {
  const { off } = work.manager.store;
  return (
    isRehearsal(work) ||
    work.options.some(({ value }) => isLeanOption(work, value ?? '')) ||
    (off !== undefined && isOn(environmentValue(run, work.command, off)))
  );
};

/** Null for one that is computed, undefined without the option. */
function valueOfOption({ args }: ShellCommand, option: string): string | null | undefined {
  const at = args.findIndex(({ raw }) => raw === option || raw.startsWith(`${option}=`));
  const word = args[at];
  if (word === undefined) return undefined;
  if (word.raw === option) return args[at + 1]?.value ?? null;
  return word.value?.slice(option.length + 1) ?? null;
}

/** Where a call keeps what it downloads: the usual folders, unless the file names another. Null where nobody knows. */
function storeFolders(
  run: RunInstruction,
  { command, manager: { store } }: PackageWork,
): readonly string[] | null {
  const named = store.locationOption && valueOfOption(command, store.locationOption);
  if (named !== undefined) return named === null ? null : [named];
  if (store.location === undefined) return store.folders;
  const moved = environmentValue(run, command, store.location);
  return moved === undefined ? store.folders : moved === null ? null : [moved];
}

/** Where a cache is mounted for the account that a RUN works as. */
export const cacheFolders = ({ before }: RunInstruction, { caches }: PackageManager): readonly string[] => {
  const user = before.user.known ? before.user.value : 'root';
  const home = user === 'root' || /^\d*$/.test(user) ? '/root' : `/home/${user}`;
  return caches.map(folder => folder.replace(/^~/, home));
};

const isStoreMounted = (run: RunInstruction, folders: readonly string[]): boolean =>
  mountedFolders(run).some(mount => isIn(folders, mount));

/** Whether a RUN mounts what a call of it keeps: the whole of it, a part of it, or what nobody here can tell. */
export function isCacheMounted(run: RunInstruction, work: PackageWork): boolean {
  const folders = storeFolders(run, work);
  const kept = [...(folders ?? []), ...work.manager.caches];
  return (
    mountedFolders(run).some(mount => isIn(kept, mount) || kept.some(folder => isWithin(mount, folder))) ||
    (folders === null && mountedFolders(run).length > 0)
  );
}

/** The folders that a call fills in the layer of its RUN, as long as nothing removes them; null where there are none. */
function filledFolders(run: RunInstruction, work: PackageWork): readonly string[] | null {
  if (work.action === null || !work.manager.store.filledBy.has(work.action)) return null;
  if (leavesNothing(run, work)) return null;
  const folders = storeFolders(run, work);
  return folders === null || isStoreMounted(run, folders) ? null : folders;
}

/** Whether a call leaves something behind that its RUN neither mounts nor removes later on. */
export function fillsStore(run: RunInstruction, work: PackageWork): boolean {
  const folders = filledFolders(run, work);
  return folders !== null && !isCleaned(run, work, folders);
}

/** Whether its RUN removes later on what a call would not have left, had it been told so. */
export function isCleanedByHand(run: RunInstruction, work: PackageWork): boolean {
  const folders = work.manager.store.option === null ? null : filledFolders(run, work);
  return folders !== null && isCleaned(run, work, folders);
}

/** The commands of a RUN that do nothing but remove what calls like this one leave. */
export function storeCleaners(run: RunInstruction, { manager }: Managed): readonly ShellCommand[] {
  const { folders } = manager.store;
  return run.script.commands.filter(command => {
    const work = packageWork(command);
    if (work !== null) return cleans(work) && sharesStore({ manager }, work);
    const words = command.args.filter(({ raw }) => !raw.startsWith('-'));
    const emptied = emptiedFolders(run).filter(other => other.command === command);
    const isPart = (folder: string): boolean => folders.some(outer => isWithin(folder, outer));
    return (
      command.name === 'rm' && emptied.length === words.length && emptied.every(one => isPart(one.folder))
    );
  });
}

const dockerClean = '/etc/apt/apt.conf.d/docker-clean';

const removesDockerClean = ({ script }: RunInstruction): boolean =>
  script.commands.some(({ name, args }) => name === 'rm' && args.some(({ value }) => value === dockerClean));

/** Mostly nowhere in the file, so that nobody need look further. */
const dockerCleanRemovals = rememberFor(
  ({ instructions, text }: DockerfileModel): ReadonlySet<RunInstruction> =>
    new Set(
      text.includes('docker-clean')
        ? instructions.flatMap(instruction => runOf(instruction) ?? []).filter(removesDockerClean)
        : [],
    ),
);

/** The images of Debian and Ubuntu delete what apt has downloaded, unless the file has taken out what does so. */
export function isDockerCleanGone(model: DockerfileModel, run: RunInstruction): boolean {
  const removals = dockerCleanRemovals(model);
  return removals.size > 0 && [run, ...runsBefore(model, run)].some(other => removals.has(other));
}

/** Whether a call of apt leaves the packages themselves, once `docker-clean` is gone. */
export function keepsArchives(run: RunInstruction, work: PackageWork): boolean {
  if (work.manager.family !== 'apt' || isRehearsal(work)) return false;
  if (work.action !== 'install' && work.action !== 'upgrade') return false;
  const { start } = work.span;
  return !(
    mountedFolders(run).some(folder => isWithin(archives, folder)) ||
    emptiedFolders(run).some(
      ({ folder, command }) => command.span.start > start && isWithin(archives, folder),
    ) ||
    packageWorkOf(run).some(
      other => other.span.start > start && other.manager.family === 'apt' && other.action === 'clean',
    )
  );
}
