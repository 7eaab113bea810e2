// Access of an editor to registries: what it may ask, loaded when it first asks.
import { rankTags } from '../../core/registry/ranking.ts';
import type { RegistryAccess } from '../../host/registries.ts';
import { aboutTag, indexOf } from './about.ts';
import { type RemoteFinder, registryFinder, signalOf } from './finder.ts';

const mostListed = 200;

const tagsBy =
  (finder: RemoteFinder): RegistryAccess['tags'] =>
  async (name, lookedAt, cancelled) => {
    const image = await finder.image(name, signalOf(cancelled));
    const tags = rankTags(await image.tags(), image.tag).slice(0, mostListed);
    return Promise.all(
      tags.map(async (tag, at) => {
        const about = at < lookedAt ? await aboutTag(image, tag).catch(() => null) : null;
        return { tag, created: about?.config?.created ?? null, size: about?.size ?? null };
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
      find: kept.find,
      about: name => aboutBy(kept, false)(name).catch(() => null),
      tags: async name => (await tagsBy(kept)(name, 0).catch(() => null))?.map(({ tag }) => tag) ?? null,
    },
  };
}
