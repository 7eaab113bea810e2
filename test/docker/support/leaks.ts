// Leaks: where an image shows a text to whoever has it.
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { docker, work } from './lab.ts';
import { must } from './process.ts';

export type LeakPlace = 'layers' | 'history' | 'configuration';

const isGzip = (content: Buffer): boolean => content[0] === 0x1f && content[1] === 0x8b;

/** The contents of all files in what `docker save` gives: layers and configuration, unpacked where they are packed. */
async function savedFiles(image: string): Promise<Buffer[]> {
  const folder = await mkdtemp(join(work, 'saved-'));
  try {
    const archive = join(folder, 'archive.tar');
    const files = join(folder, 'files');
    await docker('save', '--output', archive, image);
    await mkdir(files);
    await must('tar', ['-xf', archive, '-C', files]);
    const entries = await readdir(files, { recursive: true, withFileTypes: true });
    const contents = entries
      .filter(entry => entry.isFile())
      .map(async entry => {
        const content = await readFile(join(entry.path, entry.name));
        return isGzip(content) ? gunzipSync(content) : content;
      });
    return await Promise.all(contents);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** For each text the places where it can be read. */
export async function leaksOf(
  image: string,
  texts: readonly string[],
): Promise<ReadonlyMap<string, readonly LeakPlace[]>> {
  const places: Readonly<Record<LeakPlace, readonly Buffer[]>> = {
    layers: await savedFiles(image),
    history: [Buffer.from(await docker('history', '--no-trunc', image))],
    configuration: [Buffer.from(await docker('image', 'inspect', image))],
  };
  const names = Object.keys(places) as LeakPlace[];
  return new Map(
    texts.map(text => [text, names.filter(name => places[name].some(content => content.includes(text)))]),
  );
}
