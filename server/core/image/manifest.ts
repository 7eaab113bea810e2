// Manifests: which configuration and which layers make an image, in the archives of Docker and in the layout of the OCI.
import { type Fields, fieldsOf, listOf, parsedJson, stringsOf, textOf } from './json.ts';

/** Names of files in an archive or a folder. */
export interface ImageParts {
  /** What people call it; empty where nobody gave it a name. */
  readonly names: readonly string[];
  readonly config: string;
  /** The lowest first. */
  readonly layers: readonly string[];
}

/** `manifest.json`, as `docker save` writes it. */
export const dockerImages = (text: string): ImageParts[] =>
  listOf(parsedJson(text)).flatMap(item => {
    const fields = fieldsOf(item);
    const config = textOf(fields?.Config);
    return config === ''
      ? []
      : [{ names: stringsOf(fields?.RepoTags), config, layers: stringsOf(fields?.Layers) }];
  });

/** Where a layout keeps what has a digest; null for a text that is none, and that might lead elsewhere. */
function blobName(digest: unknown): string | null {
  const [, algorithm, hex] = /^(sha256|sha512):([0-9a-f]{64,128})$/.exec(textOf(digest)) ?? [];
  return algorithm === undefined ? null : `blobs/${algorithm}/${hex}`;
}

const platformOf = (descriptor: Fields): string => {
  const platform = fieldsOf(descriptor.platform);
  return [platform?.os, platform?.architecture].map(textOf).join('/');
};

const annotation = (descriptor: Fields, name: string): string =>
  textOf(fieldsOf(descriptor.annotations)?.[name]);

/** Names as the programs that write layouts note them. */
const nameOf = (descriptor: Fields): string =>
  annotation(descriptor, 'io.containerd.image.name') ||
  annotation(descriptor, 'org.opencontainers.image.ref.name');

/** Statements about an image stand beside it, as if they were images. */
const isImage = (descriptor: Fields): boolean =>
  annotation(descriptor, 'vnd.docker.reference.type') === '' && platformOf(descriptor) !== 'unknown/unknown';

/**
 * The image of an index: that of the platform where there are several. `read` gives the texts that the index leads to.
 * Null where there is none.
 */
export function* ociImage(
  index: string,
  platform: string,
): Generator<string, ImageParts | null, string | null> {
  const names: string[] = [];
  let next: Fields | null = fieldsOf(parsedJson(index));
  // An index may lead to another one, a layout's own to that of an image.
  for (let depth = 0; next !== null && depth < 4; depth++) {
    const { manifests, config, layers } = next;
    if (config !== undefined) {
      const parts = listOf(layers).map(layer => blobName(fieldsOf(layer)?.digest));
      const own = blobName(fieldsOf(config)?.digest);
      const isWhole = own !== null && parts.every(part => part !== null);
      return isWhole ? { names, config: own, layers: parts } : null;
    }
    const images = listOf(manifests).flatMap(item => {
      const fields = fieldsOf(item);
      return fields !== null && isImage(fields) ? [fields] : [];
    });
    const chosen = images.find(image => platformOf(image) === platform) ?? images[0];
    const name = blobName(chosen?.digest);
    if (!chosen || name === null) return null;
    const called = nameOf(chosen);
    if (called !== '') names.push(called);
    next = fieldsOf(parsedJson((yield name) ?? ''));
  }
  return null;
}
