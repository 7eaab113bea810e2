// What a registry has under a tag.
import { readImageConfig, readManifest } from '../../core/registry/readings.ts';
import type { ImageAbout } from '../../host/registries.ts';
import type { RemoteImage } from './remote-image.ts';

export async function indexOf(
  image: RemoteImage,
  tag: string,
): Promise<Pick<ImageAbout, 'digest' | 'platforms'> & { readonly text: string }> {
  const { digest, text } = await image.manifest(tag);
  const manifest = readManifest(text);
  return { digest, text, platforms: manifest?.kind === 'index' ? manifest.images : [] };
}

type Index = Awaited<ReturnType<typeof indexOf>>;

/** For this machine's processor, or the first one. Null where it makes no sense. */
async function ownManifest(image: RemoteImage, { text, platforms }: Index) {
  const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const own = platforms.find(one => one.platform.startsWith(`linux/${arch}`)) ?? platforms[0];
  const manifest = readManifest(own ? (await image.manifest(own.digest)).text : text);
  return manifest?.kind === 'image' ? manifest : null;
}

export const sizeOf = async (image: RemoteImage, tag: string): Promise<number | null> =>
  (await ownManifest(image, await indexOf(image, tag)))?.size ?? null;

/** `isWhole`: fails where a part of it cannot be had. */
export async function aboutTag(image: RemoteImage, tag: string, isWhole = true): Promise<ImageAbout> {
  const index = await indexOf(image, tag);
  const orNothing = (error: unknown): null => {
    if (isWhole) throw error;
    return null;
  };
  const manifest = await ownManifest(image, index).catch(orNothing);
  const config = manifest && (await image.blob(manifest.config).catch(orNothing));
  return {
    digest: index.digest,
    platforms: index.platforms,
    size: manifest?.size ?? null,
    config: config ? readImageConfig(config.text) : null,
    askedAt: image.askedAt,
  };
}
