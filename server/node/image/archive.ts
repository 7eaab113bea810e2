// Image archives as engines save them, read while they come: of the layers only what is in them is kept.
import path from 'node:path';
import { type ImageConfig, readImageConfig } from '../../core/image/config.ts';
import type { LayerContent } from '../../core/image/entry.ts';
import { parsedJson } from '../../core/image/json.ts';
import { dockerImages, type ImageParts, ociImage } from '../../core/image/manifest.ts';
import { type Blob, BlobReader } from './blob.ts';
import { Allowance, TooMuch } from './layer.ts';
import { ArchiveProblem, type Sink, type TarHeader, TarReader } from './tar.ts';

export interface ReadImage {
  readonly names: readonly string[];
  readonly config: ImageConfig;
  readonly layers: readonly LayerContent[];
}

/** Of an archive; an image has two for each layer, and a few more. */
const mostParts = 20_000;

/** As the engine of this machine would choose. */
const ownPlatform = `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`;

class Archive {
  readonly #blobs = new Map<string, Blob>();
  /** Parts that are kept once and named twice. */
  readonly #links = new Map<string, string>();
  readonly #allowance: Allowance;
  readonly #tar = new TarReader(header => this.#part(header));
  /** Those that are not worked off yet. */
  #readers: BlobReader[] = [];
  #parts = 0;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  async read(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const piece of source) {
      this.#tar.write(piece);
      for (const reader of this.#readers) await reader.settled();
      this.#readers = this.#readers.slice(-1);
    }
    this.#tar.end();
    for (const reader of this.#readers) await reader.settled();
  }

  #part({ path: name, kind, target }: TarHeader): Sink | null {
    if (++this.#parts > mostParts) throw new TooMuch('has more parts than an image');
    const own = path.posix.normalize(name);
    if (kind === 'link') this.#links.set(own, path.posix.join(path.posix.dirname(own), target));
    if (kind === 'hardlink') this.#links.set(own, path.posix.normalize(target));
    if (kind !== 'file') return null;
    const reader = new BlobReader(this.#allowance, blob => this.#blobs.set(own, blob));
    this.#readers.push(reader);
    return reader;
  }

  find(name: string): Blob | undefined {
    const own = path.posix.normalize(name);
    return this.#blobs.get(own) ?? this.#blobs.get(this.#links.get(own) ?? own);
  }

  text(name: string): string | null {
    const blob = this.find(name);
    return blob?.kind === 'text' ? blob.text : null;
  }
}

/** What makes up an image, by name. */
export interface Parts {
  text(name: string): Promise<string | null>;
  layer(name: string): Promise<Blob | undefined>;
}

async function partsOfLayout(index: string, { text }: Parts): Promise<ImageParts | null> {
  const search = ociImage(index, ownPlatform);
  let step = search.next();
  while (!step.done) step = search.next(await text(step.value));
  return step.value;
}

async function findParts(parts: Parts, name: string | null): Promise<ImageParts> {
  const manifest = await parts.text('manifest.json');
  const images = manifest === null ? [] : dockerImages(manifest);
  const named = images.find(({ names }) => name !== null && names.includes(name));
  const [first, second] = images;
  if (named ?? first) {
    if (!named && name !== null && second) {
      const all = images.flatMap(({ names }) => names);
      throw new ArchiveProblem(`holds no image ${name}, but ${all.join(', ')}`);
    }
    return named ?? (first as ImageParts);
  }
  const index = await parts.text('index.json');
  const found = index === null ? null : await partsOfLayout(index, parts);
  if (found === null)
    throw new ArchiveProblem('holds no image: neither manifest.json nor index.json leads to one');
  return found;
}

/** The image that the parts make; that of a name where there are several. */
export async function imageOf(parts: Parts, name: string | null): Promise<ReadImage> {
  const found = await findParts(parts, name);
  const config = readImageConfig(parsedJson((await parts.text(found.config)) ?? ''));
  if (config === null) throw new ArchiveProblem('lacks the configuration of its image');
  const layers: LayerContent[] = [];
  for (const layer of found.layers) {
    const blob = await parts.layer(layer);
    if (blob?.kind !== 'layer') {
      const why = blob?.kind === 'problem' ? `, which ${blob.message}` : ': it was saved without';
      throw new ArchiveProblem(`cannot be read for its layer ${layer}${why}`);
    }
    layers.push(blob.content);
  }
  return { names: found.names, config, layers };
}

export async function readArchive(
  source: AsyncIterable<Buffer>,
  name: string | null = null,
  allowance = new Allowance(),
): Promise<ReadImage> {
  const archive = new Archive(allowance);
  await archive.read(source);
  return imageOf({ text: async part => archive.text(part), layer: async part => archive.find(part) }, name);
}
