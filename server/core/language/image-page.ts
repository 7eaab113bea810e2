// Image pages: where people read about an image, for the registries that have such pages.
import { familiarName, type ImageReference } from '../model/image-reference.ts';

const hub = (name: string): string =>
  name.includes('/') ? `https://hub.docker.com/r/${name}` : `https://hub.docker.com/_/${name}`;

/** By the host of the registry, the address of a page for a name. */
const pages: Readonly<Record<string, (name: string) => string>> = {
  'ghcr.io': name => `https://ghcr.io/${name}`,
  'quay.io': name => `https://quay.io/repository/${name}`,
  'mcr.microsoft.com': name => `https://mcr.microsoft.com/artifact/mar/${name}`,
  'public.ecr.aws': name => `https://gallery.ecr.aws/${name}`,
};

/** Null where nobody knows of one. */
export function imagePage(reference: ImageReference): string | null {
  const name = familiarName(reference);
  if (!/^[\w./-]+$/.test(name) || name.includes('..')) return null;
  const { registry } = reference;
  if (registry === null || name !== `${registry}/${reference.name}`) return hub(name);
  return Object.hasOwn(pages, registry) ? (pages[registry]?.(reference.name) ?? null) : null;
}
