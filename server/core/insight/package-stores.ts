// What package managers leave in the layer of a RUN: indexes and downloads that nobody needs once it is built.
import type { PackageManager } from '../knowledge/package-managers.ts';
import { rememberFor } from '../knowledge/remember.ts';
import type { DockerfileModel, RunInstruction } from '../model/dockerfile/model.ts';
import { emptiedFolders, isWithin, mountedFolders } from './folders.ts';
import { runOf, runsBefore } from './package-index.ts';
import { hasOption, isRehearsal, type PackageWork, packageWorkOf } from './package-work.ts';

/** `yum` and `dnf` are one program where both exist; all front ends of apt share their folders. */
const storeName = ({ family, name }: PackageManager): string => {
  if (family === 'apt') return family;
  return name === 'yum' || name === 'dnf5' ? 'dnf' : name;
};

export const sharesStore = (one: PackageWork, other: PackageWork): boolean =>
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

function isCleaned(run: RunInstruction, work: PackageWork): boolean {
  const { start } = work.span;
  return (
    emptiedFolders(run).some(
      ({ folder, command }) => command.span.start > start && isIn(work.manager.store.folders, folder),
    ) ||
    packageWorkOf(run).some(other => other.span.start > start && cleans(other) && sharesStore(work, other)) ||
    run.script.commands.some(({ name, span }) => span.start > start && isCleanUpScript(name))
  );
}

const leavesNothing = (work: PackageWork): boolean =>
  isRehearsal(work) || (work.manager.family === 'apk' && hasOption(work, /^--no-(?:cache|network)$/));

/** Whether a call leaves something behind that its RUN neither mounts nor removes later on. */
export function fillsStore(run: RunInstruction, work: PackageWork): boolean {
  const { store } = work.manager;
  return (
    work.action !== null &&
    store.filledBy.has(work.action) &&
    !leavesNothing(work) &&
    !mountedFolders(run).some(folder => isIn(store.folders, folder)) &&
    !isCleaned(run, work)
  );
}

const dockerClean = '/etc/apt/apt.conf.d/docker-clean';

const removesDockerClean = ({ script }: RunInstruction): boolean =>
  script.commands.some(({ name, args }) => name === 'rm' && args.some(({ value }) => value === dockerClean));

/** Mostly nowhere in the file, so that nobody need look further. */
const dockerCleanRemovals = rememberFor(
  ({ instructions }: DockerfileModel): ReadonlySet<RunInstruction> =>
    new Set(instructions.flatMap(instruction => runOf(instruction) ?? []).filter(removesDockerClean)),
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
