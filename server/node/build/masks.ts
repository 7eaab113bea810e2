// Masks: the secrets that a build is given, so that nothing that is told of it shows them.
import type { BuildRequest } from '../../core/build/command-line.ts';
import { readTextFile } from '../text-file.ts';

/** Shorter ones would hide half of every line, and nobody guards them so. */
const shortest = 4;
/** Lines of a file that are looked for. */
const mostLines = 200;
const mask = '***';

async function secretText({ file, env }: BuildRequest['secrets'][number]): Promise<string> {
  if (file === null) return process.env[env ?? ''] ?? '';
  const read = await readTextFile(file);
  return 'text' in read ? read.text : '';
}

/** Hides every line of every secret. */
export async function masksOf({ secrets }: BuildRequest): Promise<(text: string) => string> {
  const values = await Promise.all(secrets.map(secretText));
  const lines = values
    .flatMap(text => text.split(/\r?\n/).slice(0, mostLines))
    .map(line => line.trim())
    .filter(line => line.length >= shortest)
    .sort((a, b) => b.length - a.length);
  return text => lines.reduce((rest, line) => rest.replaceAll(line, mask), text);
}
