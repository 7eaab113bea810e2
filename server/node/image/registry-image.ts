// An image that is only in its registry: its manifests as they stand there, its layers read while they come.
import { parsedJson } from '../../core/image/json.ts';
import type { Inspected } from '../../core/image/report.ts';
import { parseImageReference } from '../../core/model/image-reference.ts';
import { registryFinder } from '../registry/finder.ts';
import { RegistryProblem } from '../registry/problem.ts';
import { imageOf } from './archive.ts';
import { type Blob, BlobReader } from './blob.ts';
import { ImageProblem, isImageName } from './engine-images.ts';
import { Allowance } from './layer.ts';
import { ArchiveProblem } from './tar.ts';

/** As a layout of the OCI would name the file. */
const digestOf = (part: string): string => part.replace(/^blobs\//, '').replace('/', ':');

const isIndex = (text: string): boolean =>
  Array.isArray((parsedJson(text) as { readonly manifests?: unknown } | null)?.manifests);

export interface RemoteOptions {
  /** Programs that lie in these folders are not started. */
  readonly projects: readonly string[];
  readonly signal: AbortSignal;
}

/** For this machine's processor, or the first one. What stands in the way is thrown as an `ImageProblem`. */
export async function readRemoteImage(name: string, { projects, signal }: RemoteOptions): Promise<Inspected> {
  if (!isImageName(name)) throw new ImageProblem(`${name} is no name of an image. Name one like debian:12.`);
  const allowance = new Allowance();
  try {
    const image = await registryFinder({ projects, freshness: 'fresh' }).image(name, signal);
    const { digest: pinned } = parseImageReference(name, 0);
    let leadsToManifests = true;
    const parts = {
      async text(part: string): Promise<string | null> {
        if (part === 'manifest.json') return null;
        if (part === 'index.json') {
          const { text } = await image.manifest(pinned ?? image.tag);
          leadsToManifests = isIndex(text);
          return text;
        }
        const digest = digestOf(part);
        const { text } = await (leadsToManifests ? image.manifest(digest) : image.blob(digest));
        leadsToManifests = isIndex(text);
        return text;
      },
      async layer(part: string): Promise<Blob | undefined> {
        let read: Blob | undefined;
        const reader = new BlobReader(allowance, blob => {
          read = blob;
        });
        await image.stream(digestOf(part), async piece => {
          reader.write(piece);
          await reader.settled();
        });
        reader.end();
        await reader.settled();
        return read;
      },
    };
    const { config, layers } = await imageOf(parts, null);
    return { image: name, config, layers };
  } catch (error) {
    if (error instanceof RegistryProblem) throw new ImageProblem(error.message);
    if (error instanceof ArchiveProblem)
      throw new ImageProblem(`What the registry has as ${name} ${error.message}. Push the image anew.`);
    throw error;
  }
}
