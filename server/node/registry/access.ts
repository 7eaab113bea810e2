// Access of an editor to registries: what it may ask, loaded when it first asks.
import { rankTags } from '../../core/registry/ranking.ts';
import { readImageConfig, readManifest } from '../../core/registry/readings.ts';
import type { RegistryAccess, TagFacts } from '../../host/registries.ts';
import { type RemoteImage, registryFinder } from './finder.ts';

const mostListed = 60;
/** For each of them a registry is asked three times, and some count that. */
const mostLookedAt = 6;

/** Of the image for this machine's processor, or of the first one. */
async function factsOf(image: RemoteImage, tag: string): Promise<TagFacts> {
  const { text } = await image.manifest(tag);
  let manifest = readManifest(text);
  if (manifest?.kind === 'index') {
    const platform = `linux/${process.arch === 'arm64' ? 'arm64' : 'amd64'}`;
    const own = manifest.images.find(one => one.platform.startsWith(platform)) ?? manifest.images[0];
    manifest = own ? readManifest((await image.manifest(own.digest)).text) : null;
  }
  if (manifest?.kind !== 'image') return { tag, created: null, size: null };
  const config = readImageConfig((await image.blob(manifest.config)).text);
  return { tag, created: config?.created ?? null, size: manifest.size };
}

export function registryAccess(projects: readonly string[]): RegistryAccess {
  const [cached, fresh] = [registryFinder({ projects }), registryFinder({ projects, isFresh: true })];
  return {
    find: (questions, cancelled) => fresh.find(questions, cancelled),
    findLazily: (questions, cancelled) => cached.find(questions, cancelled),
    async tags(name, cancelled) {
      const end = new AbortController();
      cancelled?.then(
        () => end.abort(),
        () => end.abort(),
      );
      const image = await cached.image(name, end.signal);
      const tags = rankTags(await image.tags(), image.tag).slice(0, mostListed);
      const nothing = (tag: string): TagFacts => ({ tag, created: null, size: null });
      return Promise.all(
        tags.map((tag, at) =>
          at < mostLookedAt ? factsOf(image, tag).catch(() => nothing(tag)) : nothing(tag),
        ),
      );
    },
  };
}
