// Words for people: what a place in a Compose file is called, what it takes and what stands there.
import type { YamlNode } from '../../yaml/node.ts';
import type { ValueType } from './schema.ts';
import type { Shape } from './shape.ts';
import { wantedText } from './texts.ts';

export type Path = readonly (string | number)[];

const entries: Readonly<Record<string, string>> = {
  services: 'service',
  jobs: 'job',
  networks: 'network',
  volumes: 'volume',
  secrets: 'secret',
  configs: 'config',
  models: 'model',
};

/** What the entries of a section are; undefined for any other path. */
const entryOf = (path: Path): string | undefined =>
  path.length === 2 ? entries[String(path[0])] : undefined;

/** The keys below a service or its like, as people write them: `build.args`. */
function dotted(path: Path): string {
  const below = path.length > 2 && Object.hasOwn(entries, String(path[0])) ? path.slice(2) : path;
  return below.filter(part => typeof part === 'string').join('.');
}

/** The place in general: what is true of it is true of all its kind. */
export function placeName(path: Path): string {
  if (path.length === 0) return 'A Compose file';
  const entry = entryOf(path);
  if (entry !== undefined) return `A ${entry}`;
  return valueName(path);
}

/** This very value. */
export function valueName(path: Path): string {
  const entry = entryOf(path);
  if (entry !== undefined) return `The ${entry} "${path[1]}"`;
  const name = `"${dotted(path)}"`;
  return typeof path.at(-1) === 'number' ? `An entry of ${name}` : name;
}

/** What the keys of a map name: `a service`, `an entry of "depends_on"`. */
export function namedThing(path: Path): string {
  const entry = path.length === 1 ? entries[String(path[0])] : undefined;
  return entry === undefined ? `an entry of "${dotted(path)}"` : `a ${entry}`;
}

const typeNames: { readonly [Type in ValueType]: string } = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: '',
  array: 'a list',
  object: 'a map',
};

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

/** What a shape takes: `text or a list`. */
export function wantedName({ types, cast, format, choices }: Shape): string {
  if (choices !== null && types.length === 1) return choicesName(choices);
  const kind = cast ?? format;
  const collections = types.filter(type => type === 'array' || type === 'object');
  const scalars = types.filter(type => type !== 'array' && type !== 'object');
  const names = kind === null ? scalars.map(type => typeNames[type]) : [wantedText(kind)];
  return listed([...new Set([...names, ...collections.map(type => typeNames[type])])].filter(Boolean));
}

export const choicesName = (choices: readonly string[]): string =>
  listed(choices.map(choice => `"${choice}"`));

/** What stands there. */
export function givenName(node: YamlNode | null): string {
  if (node?.kind === 'map') return 'a map';
  if (node?.kind === 'sequence') return 'a list';
  if (node?.kind !== 'scalar' || node.value === null) return 'nothing';
  if (typeof node.value === 'string') return 'text';
  return `the ${typeof node.value} ${node.text}`;
}
