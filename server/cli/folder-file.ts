// The file that is meant by the name of a folder: its Dockerfile, or else its Compose file.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.ts';

/** In the order in which a folder is searched for them. */
const names = [
  'Dockerfile',
  'Containerfile',
  'compose.yaml',
  'compose.yml',
  'docker-compose.yaml',
  'docker-compose.yml',
];

/** What is no folder is meant itself. */
export async function fileIn(place: string): Promise<string> {
  const entries = await readdir(place).catch(() => null);
  if (entries === null) return place;
  const name = names.find(each => entries.includes(each));
  if (name !== undefined) return path.join(place, name);
  throw new Failure(`There is no Dockerfile and no Compose file in ${place}. Name a file.`);
}
