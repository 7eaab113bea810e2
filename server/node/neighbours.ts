// Neighbour files: the changes of other files that come along with a fix, held inside the project and carried out.
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { changeFile } from '../core/engine/file-change.ts';
import type { FileChange } from '../core/engine/finding.ts';
import type { Location } from '../host/files.ts';
import type { Drafts } from './drafts.ts';
import { FileProblem } from './file-problem.ts';
import { diskFiles, locationOf } from './files.ts';
import { readTextFile } from './text-file.ts';
import { createFile, overwriteFile } from './write.ts';

export interface NeighbourChange {
  /** Relative to the folder of the document, with `/`. */
  readonly path: string;
  readonly location: Location;
  /** Null where there is no file yet. */
  readonly before: string | null;
  /** The same as before where nothing is to be done. */
  readonly after: string;
  /** Made for its owner alone. */
  readonly isSecret: boolean;
  /** The whole text is a secret: nothing of it may be shown. */
  readonly isOpaque: boolean;
}

const exists = (location: Location): Promise<boolean> =>
  stat(location).then(
    () => true,
    () => false,
  );

/** No fix changes anything outside it: the repository, else the current folder, else the folder itself. */
async function boundaryOf(folder: Location): Promise<Location> {
  for (let at: Location | null = folder; at !== null; at = diskFiles.parent(at)) {
    if (await exists(diskFiles.resolve(at, '.git'))) return at;
  }
  const current = locationOf('.');
  return diskFiles.relative(current, folder) === null ? folder : current;
}

/** Where a location really is when links are followed, as far as it exists. */
async function realLocation(location: Location): Promise<Location> {
  try {
    return locationOf(await realpath(location));
  } catch {
    const parent = diskFiles.parent(location);
    return parent === null
      ? location
      : diskFiles.resolve(await realLocation(parent), path.posix.basename(location));
  }
}

async function isInside(boundary: Location, location: Location): Promise<boolean> {
  return diskFiles.relative(await realLocation(boundary), await realLocation(location)) !== null;
}

async function currentText(drafts: Drafts, location: Location): Promise<string | null> {
  const drafted = drafts.drafted(location);
  if (drafted !== undefined) return drafted;
  const file = await readTextFile(location);
  if ('text' in file) {
    if (file.lossy) throw new FileProblem(location, 'is not UTF-8 text and cannot be changed');
    return file.text;
  }
  if (file.isMissing) return null;
  throw new FileProblem(location, file.problem);
}

/**
 * What the changes come to, one for each file; they are put into the drafts. Throws a FileProblem where one of them
 * would leave the project or meets a file that cannot be read.
 */
export async function planNeighbours(
  drafts: Drafts,
  document: Location,
  changes: readonly FileChange[],
  holdsSecret: (text: string) => boolean,
): Promise<NeighbourChange[]> {
  const folder = diskFiles.parent(document) ?? document;
  const boundary = await boundaryOf(folder);
  const planned = new Map<Location, NeighbourChange>();
  for (const change of changes) {
    const location = diskFiles.resolve(folder, change.path);
    if (!(await isInside(boundary, location))) {
      throw new FileProblem(change.path, 'is outside the project and is left alone');
    }
    const earlier = planned.get(location);
    const before = earlier ? earlier.before : await currentText(drafts, location);
    const isOpaque = change.kind === 'create' && change.secret;
    const isSecret = isOpaque || (change.kind === 'append-line' && holdsSecret(change.line));
    planned.set(location, {
      path: change.path,
      location,
      before,
      after: changeFile(earlier?.after ?? before, change),
      isSecret: isSecret || earlier?.isSecret === true,
      isOpaque: isOpaque || earlier?.isOpaque === true,
    });
  }
  for (const { location, after } of planned.values()) drafts.put(location, after);
  return [...planned.values()];
}

export async function writeNeighbour({ location, before, after, isSecret }: NeighbourChange): Promise<void> {
  if (before === null) await createFile(location, after, isSecret ? 0o600 : 0o644);
  else if (before !== after) await overwriteFile(location, after);
}
