// Access of an editor to registries: what it may ask, loaded when it first asks.
import { rankTags } from '../../core/registry/ranking.ts';
import { readImageConfig, readManifest } from '../../core/registry/readings.ts';
import type { ImageAbout, RegistryAccess } from '../../host/registries.ts';
import { type RemoteFinder, type RemoteImage, registryFinder, signalOf } from './finder.ts';

const mostListed = 200;

async function indexOf(
  image: RemoteImage,
  tag: string,
): Promise<Pick<ImageAbout, 'digest' | 'platforms'> & { readonly text: string }> {
  const { digest, text } = await image.manifest(tag);
  const manifest = readManifest(text);
  return { digest, text, platforms: manifest?.kind === 'index' ? manifest.images : [] };
}

/** Of the image for this machine's processor, or of the first one. */
async function aboutTag(image: RemoteImage, tag: string, isWhole = true): Promise<ImageAbout> {
  const { text, ...index } = await indexOf(image, tag);
  const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const own = index.platforms.find(one => one.platform.startsWith(`linux/${arch}`)) ?? index.platforms[0];
  const further = async (): Promise<Pick<ImageAbout, 'size' | 'config'>> => {
    const manifest = readManifest(own ? (await image.manifest(own.digest)).text : text);
    if (manifest?.kind !== 'image') return nothing;
    const config = await image.blob(manifest.config).catch(error => {
      if (isWhole) throw error;
    });
    return { size: manifest.size, config: config ? readImageConfig(config.text) : null };
  };
  const more = await further().catch(error => {
    if (isWhole) throw error;
    return nothing;
  });
  return { ...index, ...more, askedAt: image.askedAt };
}

const nothing = { size: null, config: null };

const tagsBy =
  (finder: RemoteFinder): RegistryAccess['tags'] =>
  async (name, lookedAt, cancelled) => {
    const image = await finder.image(name, signalOf(cancelled));
    const tags = rankTags(await image.tags(), image.tag).slice(0, mostListed);
    return Promise.all(
      tags.map(async (tag, at) => {
        const about = at < lookedAt ? await aboutTag(image, tag).catch(() => nothing) : nothing;
        return { tag, created: about.config?.created ?? null, size: about.size };
      }),
    );
  };

const aboutBy =
  (finder: RemoteFinder, isWhole?: boolean): RegistryAccess['about'] =>
  async (name, cancelled) => {
    const image = await finder.image(name, signalOf(cancelled));
    return aboutTag(image, image.tag, isWhole);
  };

export function registryAccess(projects: readonly string[]): RegistryAccess {
  const cached = registryFinder({ projects });
  const fresh = registryFinder({ projects, freshness: 'fresh' });
  const kept = registryFinder({ projects, freshness: 'kept' });
  return {
    find: (questions, cancelled) => fresh.find(questions, cancelled),
    findLazily: (questions, cancelled) => cached.find(questions, cancelled),
    about: aboutBy(cached),
    tags: tagsBy(cached),
    async platforms(name, cancelled) {
      const image = await fresh.image(name, signalOf(cancelled));
      return indexOf(image, image.tag);
    },
    async ask(name, cancelled) {
      await Promise.all([aboutBy(fresh)(name, cancelled), tagsBy(fresh)(name, 0, cancelled)]);
    },
    kept: {
      about: name => aboutBy(kept, false)(name).catch(() => null),
      tags: async name => (await tagsBy(kept)(name, 0).catch(() => null))?.map(({ tag }) => tag) ?? null,
    },
  };
}
