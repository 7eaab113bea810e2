// Where images come from: an engine, an archive, a folder of the OCI, or whatever was built from a Dockerfile.
import type { Inspected } from '../../core/image/report.ts';
import type { DockerfileModel } from '../../core/model/dockerfile/model.ts';
import { isImageReference } from '../../core/model/image-reference.ts';
import { type Engine, engineNames, findEngines } from '../engines.ts';
import { reasonOf } from '../text-file.ts';
import type { ReadImage } from './archive.ts';
import {
  engineWith,
  type FoundImage,
  ImageProblem,
  imageBuiltFrom,
  isImageName,
  layersIn,
  saveImage,
} from './engine-images.ts';
import { noEngine } from './engine-problem.ts';
import { kindOfFile, readImageFile } from './files.ts';
import { ArchiveProblem } from './tar.ts';

export interface ImagesOptions {
  /** Folders whose programs are not trusted. */
  readonly projects: readonly string[];
  /** Of the engines this one alone. */
  readonly only?: string | undefined;
  readonly signal: AbortSignal;
}

/** Of the file that an image was built from. */
export interface BuildFile {
  readonly path: string;
  readonly model: DockerfileModel;
}

const inspected = (image: string, { config, layers }: ReadImage): Inspected => ({ image, config, layers });

/** Engines are looked for when one is needed. What stands in the way is thrown as an `ImageProblem`. */
export class Images {
  readonly #options: ImagesOptions;
  #engines: Promise<Engine[]> | undefined;

  constructor(options: ImagesOptions) {
    this.#options = options;
  }

  async #found(): Promise<Engine[]> {
    const { only, projects } = this.#options;
    this.#engines ??= findEngines(projects);
    const engines = (await this.#engines).filter(({ name }) => only === undefined || name === only);
    if (engines.length > 0) return engines;
    throw new ImageProblem(
      only === undefined
        ? noEngine
        : `There is no ${only} in PATH. Name one of ${engineNames.join(', ')} that is installed, or none.`,
    );
  }

  async #engineOf(image: string): Promise<Engine> {
    try {
      return await engineWith(await this.#found(), image);
    } catch (error) {
      throw error instanceof ImageProblem ? new ImageProblem(error.message, isImageReference(image)) : error;
    }
  }

  /** The layers of the base are known where the engine has it. */
  async fromEngine(image: string, file: BuildFile | null): Promise<Inspected> {
    if (!isImageName(image))
      throw new ImageProblem(`${image} is neither a file nor the name of an image. Name one of them.`);
    const engine = await this.#engineOf(image);
    const read = await saveImage(engine, image, this.#options.signal);
    const root = file?.model.finalStage?.root;
    const base = root?.kind === 'image' && isImageName(root.reference.text) ? root.reference.text : null;
    const baseDiffIds = base === null ? [] : await layersIn(engine, base);
    return { ...inspected(image, read), baseDiffIds };
  }

  /** The newest image whose steps are the instructions of the file. */
  async builtFrom({ path, model }: BuildFile): Promise<FoundImage> {
    const found = await imageBuiltFrom(await this.#found(), model);
    if (found !== null) return found;
    throw new ImageProblem(
      `No image here was built from ${path}: none of the newest ones has its instructions as steps. Build it, or name the image.`,
    );
  }

  /** A file, a folder, or the name of an image. */
  async named(name: string, file: BuildFile | null): Promise<Inspected> {
    try {
      const kind = await kindOfFile(name);
      if (kind === null || kind === 'other') return await this.fromEngine(name, file);
      return inspected(name, await readImageFile(name, kind, null));
    } catch (error) {
      if (error instanceof ArchiveProblem)
        throw new ImageProblem(`${name} ${error.message}. Save the image anew.`);
      if ((error as NodeJS.ErrnoException).code !== undefined)
        throw new ImageProblem(`${name} ${reasonOf(error)}. Name an archive that can be read.`);
      throw error;
    }
  }
}
