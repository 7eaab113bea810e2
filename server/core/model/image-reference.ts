// Image references: `[registry/]name[:tag][@digest]`, as Docker reads them.
import { type Span, span } from '../text/span.ts';

export interface ImageReference {
  readonly text: string;
  readonly span: Span;
  /** Host with port, or null for Docker Hub's short form. */
  readonly registry: string | null;
  /** Without registry: `library/node` is kept as written. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly tag: string | null;
  readonly tagSpan: Span | null;
  readonly digest: string | null;
  readonly digestSpan: Span | null;
}

const hubHosts = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** The parts of a literal reference that starts at `at` in its file. A text that is none still gives parts. */
export function parseImageReference(text: string, at: number): ImageReference {
  const digestAt = text.indexOf('@');
  const beforeDigest = digestAt < 0 ? text : text.slice(0, digestAt);
  const colon = beforeDigest.lastIndexOf(':');
  const tagAt = colon > beforeDigest.lastIndexOf('/') ? colon : -1;
  const path = tagAt < 0 ? beforeDigest : beforeDigest.slice(0, tagAt);
  const slash = path.indexOf('/');
  const host = slash < 0 ? '' : path.slice(0, slash);
  const hasHost = /[.:A-Z]/.test(host) || host === 'localhost';
  const nameAt = hasHost ? slash + 1 : 0;
  return {
    text,
    span: span(at, at + text.length),
    registry: hasHost ? host : null,
    name: path.slice(nameAt),
    nameSpan: span(at + nameAt, at + path.length),
    tag: tagAt < 0 ? null : beforeDigest.slice(tagAt + 1),
    tagSpan: tagAt < 0 ? null : span(at + tagAt + 1, at + beforeDigest.length),
    digest: digestAt < 0 ? null : text.slice(digestAt + 1),
    digestSpan: digestAt < 0 ? null : span(at + digestAt + 1, at + text.length),
  };
}

/** The name under which tables know an image: Hub's hosts and `library/` dropped, other registries kept. */
export function familiarName({ registry, name }: ImageReference): string {
  if (registry !== null && !hubHosts.has(registry)) return `${registry}/${name}`;
  return name.startsWith('library/') ? name.slice('library/'.length) : name;
}

export interface Repository {
  /** Host with port, in small letters; `docker.io` for Docker Hub under whichever name. */
  readonly registry: string;
  /** With `library/` where Docker Hub's short form leaves it out. */
  readonly path: string;
}

/** What Docker Hub is called in references. */
export const hub = 'docker.io';

/** Where an image lies, in full. */
export function repositoryOf({ registry, name }: Pick<ImageReference, 'registry' | 'name'>): Repository {
  const host = registry?.toLowerCase() ?? hub;
  if (!hubHosts.has(host)) return { registry: host, path: name };
  return { registry: hub, path: name.includes('/') ? name : `library/${name}` };
}

/** As people call the registry. */
export function registryName(reference: ImageReference): string {
  const { registry } = repositoryOf(reference);
  return registry === hub ? 'Docker Hub' : registry;
}

const label = '[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*';
const host = `(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:]+\\])(?::\\d+)?/`;
const part = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const tag = '(?::\\w[\\w.-]{0,127})?';
const digest = '(?:@sha(?:256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128}))?';
const reference = new RegExp(`^(?:${host})?${part}(?:/${part})*${tag}${digest}$`);

/** Whether a text has the form of an image reference. */
export const isImageReference = (text: string): boolean =>
  text.length <= 512 && reference.test(text) && !/^[0-9a-f]{64}$/.test(text);
