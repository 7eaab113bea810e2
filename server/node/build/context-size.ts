// How large a build context is, and which folders make it so, by what its ignore file lets through.
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ContextSize } from '../../core/build/context-size.ts';
import { parseDockerignore } from '../../core/model/dockerignore.ts';
import { readTextFile } from '../text-file.ts';

const mostEntries = 300_000;
/** Milliseconds. */
const mostTime = 5_000;
const mostNamed = 5;

interface Ignoring {
  readonly name: string;
  readonly text: string;
}

async function ignoringOf(context: string, dockerfile: string): Promise<Ignoring | null> {
  const places = [
    `${dockerfile}.dockerignore`,
    path.join(context, '.containerignore'),
    path.join(context, '.dockerignore'),
  ];
  for (const place of places) {
    const file = await readTextFile(place);
    if ('text' in file) return { name: path.basename(place), text: file.text };
  }
  return null;
}

interface Folder {
  bytes: number;
  readonly inside: Map<string, Folder>;
}

/** Down to where it no longer lies in one folder alone. */
function largestIn(root: Folder): ContextSize['largest'] {
  const narrowed = (at: string, folder: Folder): { path: string; bytes: number } => {
    const inner = [...folder.inside].find(([, { bytes }]) => bytes > folder.bytes * 0.9);
    return inner ? narrowed(`${at}/${inner[0]}`, inner[1]) : { path: at, bytes: folder.bytes };
  };
  return [...root.inside]
    .map(([name, folder]) => narrowed(name, folder))
    .filter(({ bytes }) => bytes > root.bytes / 50)
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, mostNamed);
}

/** Symbolic links count as themselves: builders do not follow them. */
export async function contextSize(context: string, dockerfile: string): Promise<ContextSize> {
  const ignoring = await ignoringOf(context, dockerfile);
  const { ignores } = parseDockerignore(ignoring?.text ?? '');
  // What is ignored may hold what is not.
  const hasExceptions = /^\s*!/m.test(ignoring?.text ?? '');
  const until = performance.now() + mostTime;
  const root: Folder = { bytes: 0, inside: new Map() };
  let files = 0;
  let seen = 0;
  const isOver = (): boolean => seen > mostEntries || performance.now() > until;

  const walk = async (folder: string, relative: string, into: Folder): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (isOver()) return;
      seen++;
      const own = relative === '' ? entry.name : `${relative}/${entry.name}`;
      const isIgnored = ignores(own);
      if (isIgnored && !(hasExceptions && entry.isDirectory())) continue;
      const place = path.join(folder, entry.name);
      const part: Folder = { bytes: 0, inside: new Map() };
      if (entry.isDirectory()) {
        await walk(place, own, part);
      } else {
        part.bytes = (await lstat(place).catch(() => null))?.size ?? 0;
        files++;
      }
      into.bytes += part.bytes;
      if (part.bytes > 0) into.inside.set(entry.name, part);
    }
  };
  await walk(context, '', root);
  return {
    bytes: root.bytes,
    files,
    isWhole: !isOver(),
    largest: largestIn(root),
    ignoreFile: ignoring?.name ?? null,
  };
}
