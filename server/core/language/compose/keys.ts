// Completion of keys: those that the schema has for a place, with the beginning of what they hold.
import { type Shape, takesAnything } from '../../model/compose/schema/shape.ts';
import type { YamlStyle } from '../../model/yaml/style.ts';
import type { Completion } from '../completion.ts';
import type { Place, YamlPath } from '../yaml/place.ts';
import { keyText } from './key-text.ts';

/** What people mostly write below a key. */
type Form = 'scalar' | 'list' | 'map';

const scalars = ['string', 'number', 'integer', 'boolean'];

export const takesScalar = ({ types }: Shape): boolean => types.some(type => scalars.includes(type));

function formOf(shape: Shape): Form {
  if (takesAnything(shape) || takesScalar(shape)) return 'scalar';
  if (!shape.types.includes('array')) return 'map';
  if (!shape.types.includes('object')) return 'list';
  // Pairs such as variables and labels are a map; names with something below them are mostly a list.
  return shape.named.some(({ shape: below }) => takesScalar(below)) ? 'map' : 'list';
}

/** True where choosing the key leads to a choice among values. */
const hasChoices = (shape: Shape): boolean =>
  shape.choices !== null || shape.types.includes('boolean') || shape.cast === 'boolean';

/** What follows a key at a column, up to where its value begins. */
function behindKey(shape: Shape, column: number, { eol, step, dash }: YamlStyle): string {
  const form = formOf(shape);
  if (form === 'scalar') return ': ';
  const indent = ' '.repeat(column + (form === 'map' ? step : dash));
  return `:${eol}${indent}${form === 'list' ? '- ' : ''}`;
}

export interface KeyContext {
  readonly place: Place;
  /** Of the map that the keys are for. */
  readonly path: YamlPath;
  readonly shape: Shape;
  readonly style: YamlStyle;
}

/** Said to be ignored by Compose. */
const obsolete = (path: YamlPath, key: string): boolean => path.length === 0 && key === 'version';

/** `before` is written in front of each: the dash of an item. */
export function keyCompletions({ place, path, shape, style }: KeyContext, before = ''): Completion[] {
  const { word, colon, flow, quote, column, siblings, holds } = place;
  const behind = (below: Shape): string => {
    if (colon || quote !== null) return '';
    if (holds) return ':';
    return flow ? ': ' : behindKey(below, column + before.length, style);
  };
  return [...shape.fields]
    .filter(([key]) => !siblings.includes(key) && !obsolete(path, key))
    .map(([key, below]) => {
      const about = keyText([...path, key]);
      return {
        label: key,
        kind: 'key' as const,
        span: word,
        text: before + key + behind(below),
        ...(about && { about }),
        ...(before !== '' && { rank: 1 }),
        goesOn: !colon && (formOf(below) !== 'scalar' || hasChoices(below)),
      };
    });
}
