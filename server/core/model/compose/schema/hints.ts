// Hints: what was probably meant by a key that is not accepted where it stands.
import { nearestName } from '../../../text/nearest.ts';
import { composeShape, type Shape } from './shape.ts';
import type { Path } from './words.ts';

export interface Hint {
  /** A sentence behind the message; empty where there is none. */
  readonly text: string;
  /** The key to write instead, at the same place. */
  readonly key: string | null;
}

/** Names of other tools and of the first formats of Compose, and other words for the same. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  cmd: ['command'],
  cpu: ['cpus'],
  dependencies: ['depends_on'],
  destination: ['target'],
  dst: ['target'],
  env: ['environment'],
  envs: ['environment'],
  env_vars: ['environment'],
  file: ['path'],
  host: ['hostname'],
  mem: ['memory', 'mem_limit'],
  memory: ['mem_limit'],
  mounts: ['volumes'],
  net: ['network_mode'],
  port: ['target'],
  readonly: ['read_only'],
  ro: ['read_only'],
  src: ['source'],
  tmp: ['tmpfs'],
  workdir: ['working_dir'],
};

/** Where the options of the first format went. */
const moved: Readonly<Record<string, string>> = {
  log_driver: 'logging.driver',
  log_opt: 'logging.options',
  restart_policy: 'restart" or "deploy.restart_policy',
};

/** By key, the paths that lead to it from a shape, those next to it first. */
function placesBelow(root: Shape): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  let open = [...root.fields].map(([key, shape]) => ({ path: key, shape }));
  for (let depth = 0; depth < 3; depth++) {
    for (const { path, shape } of open) {
      for (const key of shape.fields.keys()) places.set(key, [...(places.get(key) ?? []), path]);
    }
    open = open.flatMap(({ path, shape }) =>
      [...shape.fields].map(([key, below]) => ({ path: `${path}.${key}`, shape: below })),
    );
  }
  return places;
}

const known = new Map<Shape, ReadonlyMap<string, readonly string[]>>();

function placeBelow(shape: Shape, key: string): string | undefined {
  const places = known.get(shape) ?? placesBelow(shape);
  known.set(shape, places);
  const found = places.get(key) ?? [];
  const depths = found.map(path => path.split('.').length);
  const nearest = Math.min(...depths);
  return depths.filter(depth => depth === nearest).length === 1 ? found[depths.indexOf(nearest)] : undefined;
}

function serviceShape(): Shape | undefined {
  return composeShape().fields.get('services')?.named[0]?.shape;
}

/** A key that is right elsewhere: further down, in a service, or at the top of the file. */
function placeOf(shape: Shape, path: Path, key: string): string | null {
  const below = placeBelow(shape, key);
  if (below !== undefined) return `under "${below}"`;
  const service = serviceShape();
  if (path[0] !== 'services') return service?.fields.has(key) ? 'under a service' : null;
  if (path.length > 2 && service?.fields.has(key)) return 'directly under the service';
  if (composeShape().fields.has(key)) return 'at the top of the file';
  return null;
}

/** The same word but for its number, as `network` is for `networks`. */
const isSameWord = (a: string, b: string | undefined): boolean => `${a}s` === b || a === `${b}s`;

export function keyHint(shape: Shape, path: Path, key: string): Hint {
  const others = Object.hasOwn(otherWords, key) ? otherWords[key] : undefined;
  const extension = /^x_[\w.-]+$/.test(key) ? key.replace('_', '-') : undefined;
  const meant = others?.find(word => shape.fields.has(word)) ?? extension;
  const nearest = meant ?? nearestName(key, shape.fields.keys());
  if (Object.hasOwn(moved, key)) return { text: ` Write "${moved[key]}".`, key: null };
  const place = meant === undefined && !isSameWord(key, nearest) ? placeOf(shape, path, key) : null;
  if (place !== null) return { text: ` It belongs ${place}.`, key: null };
  return nearest === undefined
    ? { text: '', key: null }
    : { text: ` Did you mean "${nearest}"?`, key: nearest };
}
