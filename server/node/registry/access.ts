// Access of an editor to registries: what it may ask, loaded when it first asks.
import { rankTags } from '../../core/registry/ranking.ts';
import { type ImageConfig, readImageConfig, readManifest } from '../../core/registry/readings.ts';
import type { ImageAbout, RegistryAccess } from '../../host/registries.ts';
import { type RemoteImage, registryFinder, signalOf } from './finder.ts';

const mostListed = 200;

/** Of the image for this machine's processor, or of the first one. */
async function aboutTag(image: RemoteImage, tag: string): Promise<ImageAbout> {
  const { digest, text } = await image.manifest(tag);
  const top = readManifest(text);
  const platforms = top?.kind === 'index' ? top.images : [];
  const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const own = platforms.find(one => one.platform.startsWith(`linux/${arch}`)) ?? platforms[0];
  const manifest = own ? readManifest((await image.manifest(own.digest)).text) : top;
  const found = manifest?.kind === 'image' ? manifest : null;
  const config = found && readImageConfig((await image.blob(found.config)).text);
  const { platform, ...rest } = config ?? nothing;
  return {
    ...rest,
    digest,
    size: found?.size ?? null,
    platforms: own ? platforms.map(one => one.platform) : platform === null ? [] : [platform],
  };
}

const nothing: ImageConfig = {
  created: null,
  platform: null,
  user: null,
  entrypoint: [],
  command: [],
  ports: [],
  health: [],
};

export function registryAccess(projects: readonly string[]): RegistryAccess {
  const [cached, fresh] = [registryFinder({ projects }), registryFinder({ projects, isFresh: true })];
  return {
    find: (questions, cancelled) => fresh.find(questions, cancelled),
    findLazily: (questions, cancelled) => cached.find(questions, cancelled),
    async about(name, cancelled) {
      const image = await cached.image(name, signalOf(cancelled));
      return aboutTag(image, image.tag);
    },
    async tags(name, lookedAt, cancelled) {
      const image = await cached.image(name, signalOf(cancelled));
      const tags = rankTags(await image.tags(), image.tag).slice(0, mostListed);
      const unknown = { created: null, size: null };
      return Promise.all(
        tags.map(async (tag, at) => {
          const about = at < lookedAt ? await aboutTag(image, tag).catch(() => unknown) : unknown;
          return { tag, created: about.created, size: about.size };
        }),
      );
    },
  };
}
