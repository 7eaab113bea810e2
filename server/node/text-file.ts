// Text files: bytes of the disk to text and back, so that what is not changed keeps every byte.
import { readFile, stat } from 'node:fs';
import { promisify, TextDecoder } from 'node:util';

// Those of `node:fs/promises` take twice as long, most of all to say that there is no such file.
const statOf = promisify(stat);
const bytesOf = promisify(readFile);

export interface TextFile {
  /** A byte order mark is part of it. */
  readonly text: string;
  /** Not UTF-8: some bytes are shown as U+FFFD, and writing the text back would lose them. */
  readonly lossy: boolean;
}

/** Why a file was not read, as the end of a sentence that begins with its path. */
export interface Unread {
  readonly problem: string;
  /** There is nothing of that name. */
  readonly isMissing: boolean;
}

const maximumBytes = 5_000_000;

const strict = (): TextDecoder => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = (): TextDecoder => new TextDecoder('utf-8', { ignoreBOM: true });

export function decode(bytes: Uint8Array): TextFile {
  try {
    return { text: strict().decode(bytes), lossy: false };
  } catch {
    return { text: lenient().decode(bytes), lossy: true };
  }
}

const missing = 'does not exist';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: missing,
  ENOTDIR: missing,
  EACCES: 'may not be accessed: check its permissions',
  EPERM: 'may not be accessed: check its permissions',
  EEXIST: 'is there already',
  EISDIR: 'is a folder',
  EROFS: 'is on a file system that cannot be written to',
  ENOSPC: 'cannot be written: the disk is full',
  ELOOP: 'is a link that leads to itself',
};

/** An error of the file system, in words that say what to do about it. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? `cannot be used (${error instanceof Error ? error.message : String(error)})`;
}

/** Never throws. */
export async function readTextFile(path: string): Promise<TextFile | Unread> {
  try {
    const { size } = await statOf(path);
    if (size > maximumBytes) return { problem: 'is larger than 5 MB and was not read', isMissing: false };
    return decode(await bytesOf(path));
  } catch (error) {
    const problem = reasonOf(error);
    return { problem, isMissing: problem === missing };
  }
}
