// What podman's registries.conf says of registries: where their images really lie, and what is asked before. Of TOML it reads
// as much as these files are written in.
import type { Repository } from '../model/image-reference.ts';

interface Location {
  /** A host, as a rule with a path. */
  readonly location: string;
  readonly insecure: boolean;
}

/** `[[registry]]`: what holds for all names that begin with the prefix. */
export interface RegistryTable extends Location {
  /** A host and part of a path, or `*.example.com`. */
  readonly prefix: string;
  readonly blocked: boolean;
  readonly mirrors: readonly Location[];
}

/** A comment, the head of a table, a key with a plain value, or what an array holds beside those. */
const piece =
  /#.*|^[ \t]*\[\[?([^\]\n]*)\]|([\w-]+)["']?[ \t]*=[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|(\w+))?|"[^"\n]*"|'[^'\n]*'|\{/gm;

type Table = Map<string, string>;

const isTrue = (table: Table, key: string): boolean => table.get(key) === 'true';
const locationIn = (table: Table): Location => ({
  location: table.get('location') ?? '',
  insecure: isTrue(table, 'insecure'),
});

/** Mirrors that are only there for digests know nothing of tags. */
const hasTags = (table: Table): boolean => table.get('pull-from-mirror') !== 'digest-only';

/** Tables without a place are left out. */
export function readRegistryTables(text: string): RegistryTable[] {
  const found: { readonly table: Table; readonly mirrors: Table[] }[] = [];
  // Other tables, and what stands before the first, are for nobody here.
  let table: Table = new Map();
  for (const [whole, head, key, double, single, bare] of text.matchAll(piece)) {
    const name = head?.replace(/[\s"']/g, '');
    const mirrors = found.at(-1)?.mirrors;
    if (name === 'registry' || name === 'registry.mirror' || whole === '{') {
      table = new Map();
      if (name === 'registry') found.push({ table, mirrors: [] });
      else mirrors?.push(table);
    } else if (name !== undefined) table = new Map();
    else if (key !== undefined) table.set(key, double ?? single ?? bare ?? '');
  }
  return found.flatMap(({ table, mirrors }) => {
    const given = locationIn(table);
    const prefix = table.get('prefix') || given.location;
    if (prefix === '') return [];
    const forTags = isTrue(table, 'mirror-by-digest-only') ? [] : mirrors.filter(hasTags);
    return {
      ...{ ...given, prefix, blocked: isTrue(table, 'blocked') },
      mirrors: forTags.map(locationIn).filter(({ location }) => location !== ''),
    };
  });
}

/** How much of a name is what the prefix stands for; nothing: none of it. */
function matched({ registry, path }: Repository, { prefix }: RegistryTable): string {
  const host = registry.replace(/:\d+$/, '');
  if (prefix.startsWith('*.')) return host.endsWith(prefix.slice(1)) ? host : '';
  return `${registry}/${path}/`.startsWith(`${prefix}/`) ? prefix : '';
}

/** Of the longest prefix; of the last where several files say something of the same. */
export function tableFor(tables: readonly RegistryTable[], repository: Repository): RegistryTable | null {
  const fitting = tables.filter(table => matched(repository, table) !== '');
  return fitting.reduce<RegistryTable | null>(
    (best, table) => (best !== null && best.prefix.length > table.prefix.length ? best : table),
    null,
  );
}

/** As `HOST/PATH`: its mirrors first, and the registry itself last. */
export function locationsBy(table: RegistryTable, repository: Repository): string[] {
  const rest = `${repository.registry}/${repository.path}`.slice(matched(repository, table).length);
  const own = table.location || matched(repository, table);
  return [...table.mirrors.map(({ location }) => location), own].map(location => location + rest);
}

/** Hosts to which plain HTTP may be spoken. */
export const insecureIn = (tables: readonly RegistryTable[]): string[] =>
  tables
    .flatMap(({ prefix, location, insecure, mirrors }) => [
      { location: location || prefix, insecure },
      ...mirrors,
    ])
    .flatMap(({ location, insecure }) => (insecure ? (location.split('/', 1)[0] ?? []) : []));
