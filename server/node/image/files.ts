// Images in files: archives, packed or not, and folders in the layout of the OCI.
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { imageOf, type ReadImage, readArchive } from './archive.ts';
import { type Blob, BlobReader, packingOf, unpacker } from './blob.ts';
import { Allowance } from './layer.ts';
import { ArchiveProblem, isHeader } from './tar.ts';

/** Bytes of a manifest or a configuration. */
const longestText = 8_000_000;

async function beginningOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

export type FileKind = 'archive' | 'layout' | 'other';

/** Null where there is nothing. */
export async function kindOfFile(file: string): Promise<FileKind | null> {
  const found = await stat(file).catch(() => null);
  if (found === null) return null;
  if (found.isDirectory()) {
    const index = await stat(path.join(file, 'index.json')).catch(() => null);
    return index?.isFile() ? 'layout' : 'other';
  }
  const beginning = await beginningOf(file);
  const isPacked = beginning.length >= 4 && packingOf(beginning) !== null;
  return isPacked || isHeader(beginning) ? 'archive' : 'other';
}

async function readFileArchive(file: string, name: string | null): Promise<ReadImage> {
  const packing = packingOf(await beginningOf(file));
  const source = createReadStream(file, { highWaterMark: 1 << 18 });
  if (packing === null) return readArchive(source, name);
  // What is wrong with either ends the reading of the last one.
  return readArchive(
    pipeline(source, unpacker(packing), () => {}),
    name,
  );
}

/** Only a file in the folder itself. */
async function partOf(folder: string, name: string): Promise<string | null> {
  const file = path.join(folder, name);
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? file : null;
}

async function readPart(folder: string, name: string, allowance: Allowance): Promise<Blob | undefined> {
  const file = await partOf(folder, name);
  if (file === null) return undefined;
  let read: Blob | undefined;
  const reader = new BlobReader(allowance, blob => {
    read = blob;
  });
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 18 })) {
    reader.write(piece as Buffer);
    await reader.settled();
  }
  reader.end();
  await reader.settled();
  return read;
}

async function readLayout(folder: string, name: string | null): Promise<ReadImage> {
  const allowance = new Allowance();
  return imageOf(
    {
      async text(part) {
        const file = await partOf(folder, part);
        if (file === null || (await stat(file)).size > longestText) return null;
        return readFile(file, 'utf8');
      },
      // A folder that docker once unpacked may name its layers otherwise.
      layer: part =>
        path.isAbsolute(part) || part.split('/').includes('..')
          ? Promise.resolve(undefined)
          : readPart(folder, part, allowance),
    },
    name,
  );
}

export async function readImageFile(
  file: string,
  kind: 'archive' | 'layout',
  name: string | null,
): Promise<ReadImage> {
  try {
    return await (kind === 'layout' ? readLayout(file, name) : readFileArchive(file, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') || code?.startsWith('ZSTD'))
      throw new ArchiveProblem('is damaged: it cannot be unpacked');
    throw error;
  }
}
