// The commit that a folder is at, read from the repository itself: no program is started for it.
import path from 'node:path';
import { readTextFile } from '../text-file.ts';

async function textOf(file: string): Promise<string | null> {
  const read = await readTextFile(file);
  return 'text' in read ? read.text.trim() : null;
}

/** Of a worktree it is a file that names the folder. */
async function gitFolder(folder: string): Promise<string | null> {
  for (let at = folder; ; at = path.dirname(at)) {
    const own = path.join(at, '.git');
    if ((await textOf(path.join(own, 'HEAD'))) !== null) return own;
    const named = /^gitdir: (.+)$/.exec((await textOf(own)) ?? '')?.[1];
    if (named !== undefined) return path.resolve(at, named);
    if (path.dirname(at) === at) return null;
  }
}

const hash = /^[0-9a-f]{40,64}$/;

/** Null outside of a repository, and before its first commit. */
export async function commitOf(folder: string): Promise<string | null> {
  const git = await gitFolder(folder);
  const head = git === null ? null : await textOf(path.join(git, 'HEAD'));
  if (git === null || head === null) return null;
  const name = /^ref: (refs\/[^\0]+)$/.exec(head)?.[1];
  if (name === undefined) return hash.test(head) ? head : null;
  const common = path.resolve(git, (await textOf(path.join(git, 'commondir'))) ?? '.');
  const loose = await textOf(path.join(common, name));
  const packed =
    loose ??
    (await textOf(path.join(common, 'packed-refs')))?.split('\n').find(line => line.endsWith(` ${name}`));
  const found = packed?.split(' ')[0] ?? '';
  return hash.test(found) ? found : null;
}
