// The Dockerfile that `bulkhead size` looks at, or that an image was built from.
import path from 'node:path';
import type { DockerfileModel } from '../core/model/dockerfile/model.ts';
import { parseDockerfile } from '../core/model/dockerfile/parse.ts';
import type { SizeSource } from '../core/report/size-text.ts';
import { locationOf } from '../node/files.ts';
import { ImageProblem } from '../node/image/engine-images.ts';
import { kindOfFile } from '../node/image/files.ts';
import { readTextFile } from '../node/text-file.ts';
import { Failure } from './failure.ts';

export interface DockerfileSource extends SizeSource {
  readonly model: DockerfileModel;
}

/** What may stand in the way is told as any failure. */
export async function told<Result>(isRemote: boolean, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ImageProblem) {
      const hint = !isRemote && error.isElsewhere;
      throw new Failure(`${error.message}${hint ? ' With --remote it is read from its registry.' : ''}`);
    }
    throw error;
  }
}

/** The Dockerfile that a word names, or that is in the folder that it names; null where it names something else. */
export async function dockerfileAt(name: string): Promise<string | null> {
  const isOther = async (file: string): Promise<boolean> =>
    (await kindOfFile(file).catch(() => null)) === 'other';
  if (!(await isOther(name))) return null;
  for (const file of ['Dockerfile', 'Containerfile'].map(each => path.join(name, each)))
    if (await isOther(file)) return file;
  return 'text' in (await readTextFile(locationOf(name))) ? name : null;
}

export async function readSource(file: string, target: string | null): Promise<DockerfileSource> {
  const read = await readTextFile(locationOf(file));
  if ('problem' in read) throw new Failure(`${file} ${read.problem}. Name a Dockerfile.`);
  return sourceOf(file.replaceAll('\\', '/'), parseDockerfile(read.text, target));
}

function sourceOf(file: string, model: DockerfileModel): DockerfileSource {
  const from = model.finalStage?.chain.at(-1)?.from.image?.value;
  return { path: file, model, from: from === undefined ? '' : `FROM ${from}` };
}
