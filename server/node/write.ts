// Writing: a file gets its new text whole or not at all, and keeps its mode, its owner and the links that lead to it.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, chown, mkdir, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FileProblem } from './file-problem.ts';
import { reasonOf } from './text-file.ts';

/** A neighbour takes the text and then the file's name: no reader ever sees half of it. */
async function replaceFile(target: string, text: string): Promise<void> {
  const { mode, uid, gid } = await stat(target);
  const mark = randomBytes(6).toString('hex');
  const draft = path.join(path.dirname(target), `.${path.basename(target)}.${mark}.tmp`);
  try {
    await writeFile(draft, text, { flag: 'wx', mode: 0o600 });
    // Only root may give files away; for others the owner is the same already.
    await chown(draft, uid, gid).catch(() => {});
    await chmod(draft, mode & 0o7777);
    await rename(draft, target);
  } catch (error) {
    await unlink(draft).catch(() => {});
    throw error;
  }
}

/** A folder that takes no new files, and a file that is itself a mount, leave only writing in place. */
const mustStayInPlace = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['EACCES', 'EPERM', 'EBUSY', 'EXDEV'].includes(String(error.code));

async function inWords(location: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new FileProblem(location, reasonOf(error));
  }
}

/** Replaces the text of a file that is there; a link stays a link, a write-protected file is refused. */
export const overwriteFile = (location: string, text: string): Promise<void> =>
  inWords(location, async () => {
    const target = await realpath(location);
    await access(target, constants.W_OK);
    try {
      await replaceFile(target, text);
    } catch (error) {
      if (!mustStayInPlace(error)) throw error;
      await writeFile(target, text);
    }
  });

/** Makes a file, and the folders on the way; refused where anything has that name already. */
export const createFile = (location: string, text: string, mode: number): Promise<void> =>
  inWords(location, async () => {
    await mkdir(path.dirname(location), { recursive: true });
    await writeFile(location, text, { flag: 'wx', mode });
  });
