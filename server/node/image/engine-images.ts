// Images of an engine: saved as a stream and read, and found by the file that they were built from.
import { fitOf } from '../../core/image/attribution.ts';
import { type HistoryEntry, readHistoryRows } from '../../core/image/config.ts';
import { parsedJson, stringsOf } from '../../core/image/json.ts';
import type { DockerfileModel } from '../../core/model/dockerfile/model.ts';
import { isImageReference } from '../../core/model/image-reference.ts';
import { type Engine, imageIn, type ListedImage, listCommand, readList } from '../engines.ts';
import { type ReadImage, readArchive } from './archive.ts';
import { engineProblem } from './engine-problem.ts';
import { ArchiveProblem } from './tar.ts';

/** Something that a person can do something about; the message is whole sentences. */
export class ImageProblem extends Error {
  /** No engine here gives the image, whose registry may. */
  readonly isElsewhere: boolean;

  constructor(message: string, isElsewhere = false) {
    super(message);
    this.isElsewhere = isElsewhere;
  }
}

/** What may be an argument of an engine: never an option. */
export const isImageName = (name: string): boolean =>
  isImageReference(name) || /^(?:sha256:)?[0-9a-f]{4,64}$/.test(name);

/** Reads the image while the engine saves it. */
export async function saveImage(
  engine: Engine,
  image: string,
  signal: AbortSignal | undefined,
): Promise<ReadImage> {
  const { code, err, isCut, result, failure } = await engine.stream(['image', 'save', image], signal, out =>
    readArchive(out),
  );
  if (signal?.aborted) throw new ImageProblem(`Reading ${image} was stopped.`);
  if (code === 0 && result !== null) return result;
  // An archive that ends too early tells less than the engine that could not go on.
  if (code !== null && code !== 0) throw new ImageProblem(engineProblem(engine.name, image, err));
  if (failure instanceof ArchiveProblem)
    throw new ImageProblem(`What ${engine.name} saves of ${image} ${failure.message}.`);
  if (failure !== null && !isCut) throw failure;
  throw new ImageProblem(`${engine.name} took too long to save ${image}.`);
}

/** The first engine that has the image. */
export async function engineWith(engines: readonly Engine[], image: string): Promise<Engine> {
  const complaints: string[] = [];
  for (const engine of engines) {
    const { id, reason } = await imageIn(engine, image);
    if (id !== null) return engine;
    complaints.push(engineProblem(engine.name, image, reason ?? 'no such image'));
  }
  throw new ImageProblem([...new Set(complaints)].join(' '));
}

/** The layers of an image that is here; none where it is not. */
export async function layersIn(engine: Engine, image: string): Promise<readonly string[]> {
  const { code, out } = await engine.run(['image', 'inspect', '--format', '{{json .RootFS.Layers}}', image]);
  return code === 0 ? stringsOf(parsedJson(out)) : [];
}

/** Those without a name have an empty one. */
async function listImages(engine: Engine): Promise<ListedImage[]> {
  const { code, out, err } = await engine.run(listCommand);
  if (code !== 0) throw new ImageProblem(engineProblem(engine.name, 'of any name', err));
  return readList(out)
    .filter(({ id }) => isImageName(id))
    .map(listed => (listed.name.includes('<none>') ? { ...listed, name: '' } : listed));
}

async function historyOf(engine: Engine, image: string): Promise<HistoryEntry[]> {
  const args = [
    'history',
    '--no-trunc',
    '--human=false',
    '--format',
    engine.name === 'podman' ? 'json' : '{{json .}}',
  ];
  const { code, out } = await engine.run([...args, image]);
  return code === 0 ? readHistoryRows(out).map(row => ({ ...row, isEmpty: false })) : [];
}

export interface FoundImage {
  readonly engine: Engine;
  readonly image: string;
  readonly created: string;
  /** Instructions that are not as they were when it was built. */
  readonly changed: number;
}

/** So many of the newest images are looked at, some at the same time. */
const mostLookedAt = 60;
const atOnce = 4;

/**
 * The newest image that was built from the file: its last steps are the instructions of the file. Where none has them
 * all, the one that has most of them, if that is half at least.
 */
async function foundIn(engine: Engine, model: DockerfileModel): Promise<FoundImage | null> {
  const listed = await listImages(engine);
  const byId = new Map<string, ListedImage>();
  for (const image of listed) if (!byId.get(image.id)?.name) byId.set(image.id, image);
  const newest = [...byId.values()].sort((a, b) => (a.created < b.created ? 1 : -1)).slice(0, mostLookedAt);
  let best: FoundImage | null = null;
  for (let at = 0; at < newest.length; at += atOnce) {
    const some = newest.slice(at, at + atOnce);
    const fits = await Promise.all(
      some.map(async image => ({ image, fit: fitOf(model, await historyOf(engine, image.id)) })),
    );
    for (const { image, fit } of fits) {
      const changed = fit.of - fit.found;
      const isIt = fit.found > 0 && (changed === 0 ? fit.isLast : fit.found * 2 >= fit.of);
      if (!isIt || (best !== null && best.changed <= changed)) continue;
      best = { engine, image: image.name || image.id, created: image.created, changed };
      if (changed === 0) return best;
    }
  }
  return best;
}

export async function imageBuiltFrom(
  engines: readonly Engine[],
  model: DockerfileModel,
): Promise<FoundImage | null> {
  let best: FoundImage | null = null;
  const problems: unknown[] = [];
  for (const engine of engines) {
    try {
      const found = await foundIn(engine, model);
      if (found && (best === null || found.changed < best.changed)) best = found;
    } catch (error) {
      if (!(error instanceof ImageProblem)) throw error;
      problems.push(error);
    }
  }
  if (best === null && problems.length > 0) throw problems[0];
  return best;
}
