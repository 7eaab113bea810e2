// What `bulkhead size` looks at: an image of an engine, an archive, a folder of the OCI, or the image built from a Dockerfile.
import path from 'node:path';
import type { Inspected } from '../core/image/report.ts';
import type { DockerfileModel } from '../core/model/dockerfile/model.ts';
import { parseDockerfile } from '../core/model/dockerfile/parse.ts';
import type { SizeSource } from '../core/report/size-text.ts';
import { type Engine, engineNames, findEngines } from '../node/engines.ts';
import { locationOf } from '../node/files.ts';
import type { ReadImage } from '../node/image/archive.ts';
import {
  engineWith,
  ImageProblem,
  imageBuiltFrom,
  isImageName,
  layersIn,
  saveImage,
} from '../node/image/engine-images.ts';
import { noEngine } from '../node/image/engine-problem.ts';
import { kindOfFile, readImageFile } from '../node/image/files.ts';
import { ArchiveProblem } from '../node/image/tar.ts';
import { readTextFile, reasonOf } from '../node/text-file.ts';
import { Failure } from './failure.ts';

export interface DockerfileSource extends SizeSource {
  readonly model: DockerfileModel;
}

/** Where images come from; engines are looked for when one is needed. */
export class Images {
  readonly #only: string | undefined;
  readonly #signal: AbortSignal;
  readonly #tell: (message: string) => void;
  #engines: Promise<Engine[]> | undefined;

  constructor(only: string | undefined, signal: AbortSignal, tell: (message: string) => void) {
    this.#only = only;
    this.#signal = signal;
    this.#tell = tell;
  }

  async #found(): Promise<Engine[]> {
    this.#engines ??= findEngines([]).then(all =>
      all.filter(({ name }) => this.#only === undefined || name === this.#only),
    );
    const engines = await this.#engines;
    if (engines.length > 0) return engines;
    throw new Failure(
      this.#only === undefined
        ? noEngine
        : `There is no ${this.#only} in PATH. Leave --engine-name out, or name one of ${engineNames.join(', ')} that is installed.`,
    );
  }

  async fromEngine(image: string, source: DockerfileSource | null): Promise<Inspected> {
    if (!isImageName(image))
      throw new Failure(`${image} is neither a file nor the name of an image. Name one of them.`);
    const engine = await engineWith(await this.#found(), image);
    const read = await saveImage(engine, image, this.#signal);
    return { ...inspected(image, read), baseDiffIds: await this.#baseOf(engine, source) };
  }

  async #baseOf(engine: Engine, source: DockerfileSource | null): Promise<readonly string[]> {
    const root = source?.model.finalStage?.root;
    if (root?.kind !== 'image' || !isImageName(root.reference.text)) return [];
    return layersIn(engine, root.reference.text);
  }

  /** The newest image whose steps are the instructions of the file. */
  async builtFrom(source: DockerfileSource): Promise<Inspected> {
    const found = await imageBuiltFrom(await this.#found(), source.model);
    if (found === null)
      throw new Failure(
        `No image here was built from ${source.path}: none of the newest ones has its instructions as steps. Build it, or name the image with --image.`,
      );
    const { image, created, changed, engine } = found;
    const since =
      changed === 0
        ? ''
        : ` Since then ${changed} of its instructions have changed: their layers have no line.`;
    this.#tell(
      `${source.path} is taken for the source of ${image} in ${engine.name}, of ${created}.${since} --image names another one.`,
    );
    return this.fromEngine(image, source);
  }

  /** A file, a folder, or the name of an image. */
  async named(name: string, source: DockerfileSource | null): Promise<Inspected> {
    const kind = await kindOfFile(name).catch(error => {
      throw new Failure(`${name} ${reasonOf(error)}. Name an archive that can be read.`);
    });
    if (kind === null || kind === 'other') return this.fromEngine(name, source);
    try {
      return inspected(name, await readImageFile(name, kind, null));
    } catch (error) {
      if (error instanceof ArchiveProblem)
        throw new Failure(`${name} ${error.message}. Save the image anew.`);
      throw error;
    }
  }
}

const inspected = (image: string, { config, layers }: ReadImage): Inspected => ({ image, config, layers });

/** What may stand in the way is told as any failure. */
export async function told<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ImageProblem) throw new Failure(error.message);
    throw error;
  }
}

/** The Dockerfile that a word names, or that is in the folder that it names; null where it names something else. */
export async function dockerfileAt(name: string): Promise<string | null> {
  const kind = await kindOfFile(name).catch(() => null);
  if (kind !== 'other') return null;
  for (const file of ['Dockerfile', 'Containerfile'].map(each => path.join(name, each)))
    if ((await kindOfFile(file).catch(() => null)) === 'other') return file;
  return 'text' in (await readTextFile(locationOf(name))) ? name : null;
}

export async function readSource(file: string, target: string | null): Promise<DockerfileSource> {
  const read = await readTextFile(locationOf(file));
  if ('problem' in read) throw new Failure(`${file} ${read.problem}. Name a Dockerfile.`);
  const model = parseDockerfile(read.text, target);
  const from = model.finalStage?.chain.at(-1)?.from;
  return { path: file.replaceAll('\\', '/'), model, from: from ? `FROM ${from.image?.value ?? ''}` : '' };
}
