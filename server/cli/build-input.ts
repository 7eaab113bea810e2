// What `bulkhead build` is about: the one Dockerfile or Compose file that its operand names, or holds.
import path from 'node:path';
import { buildReading } from '../core/build/reading.ts';
import type { BuildSource } from '../node/build/plan.ts';
import { languageOfNamed } from '../node/discover.ts';
import { readTextFile } from '../node/text-file.ts';
import { Failure } from './failure.ts';
import { fileIn } from './folder-file.ts';

async function sourceOf(file: string): Promise<BuildSource | string> {
  const read = await readTextFile(file);
  if ('problem' in read) return `${file} ${read.problem}.`;
  return {
    file: path.resolve(file),
    text: read.text,
    language: languageOfNamed(file.replaceAll('\\', '/')),
    reading: buildReading,
  };
}

export async function buildSource(operands: readonly string[]): Promise<BuildSource> {
  const [operand = '.', ...more] = operands;
  if (more.length > 0)
    throw new Failure('One image is built at a time: name one Dockerfile, Compose file or folder.');
  const source = await sourceOf(await fileIn(operand));
  if (typeof source === 'string')
    throw new Failure(`${source} Name a Dockerfile, a Compose file, or a folder that holds one.`);
  return source;
}
