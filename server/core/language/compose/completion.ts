// Completion in Compose files: keys, values and names that fit the place where somebody is typing.
import { buildOf, dockerfilePathOf } from '../../model/compose/build.ts';
import type { ComposeModel } from '../../model/compose/model.ts';
import { type Shape, takesAnything } from '../../model/compose/schema/shape.ts';
import { parseDockerfile } from '../../model/dockerfile/parse.ts';
import type { Completion } from '../completion.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Place, placeAt } from '../yaml/place.ts';
import { anchorsOf } from './anchors.ts';
import { type Context, serviceAt, tablePath, written } from './context.ts';
import { usedPath } from './fragments.ts';
import { imageValues } from './image-values.ts';
import { shapeAt } from './key-text.ts';
import { type KeyContext, keyCompletions, takesScalar } from './keys.ts';
import { knownValues } from './known-values.ts';
import { nameKeys, nameValues } from './name-values.ts';
import { pathValues } from './path-values.ts';
import { variableValues } from './variables.ts';

/** The stages that a build can be told to end with. */
function stageValues(context: Context): Completion[] {
  const service = serviceAt(context);
  const build = service && buildOf(context.model, service);
  if (!build || tablePath(context.path) !== 'services.*.build.target') return [];
  const path = dockerfilePathOf(build);
  const dockerfile = build.inline
    ? parseDockerfile(build.inline.text)
    : path === null
      ? null
      : context.around.dockerfile(path);
  return (dockerfile?.stages ?? []).flatMap(({ name, from }) =>
    name === null
      ? []
      : [
          {
            label: name,
            kind: 'stage' as const,
            span: context.place.word,
            text: written(context, name),
            ...(from.image && { detail: `FROM ${from.image.raw}` }),
          },
        ],
  );
}

/** What the schema lists, truth, and what is known beyond it. */
function plainValues(context: Context, shape: Shape): Completion[] {
  const { place } = context;
  const { siblings } = place;
  const isTruth = shape.types.includes('boolean') && !shape.types.includes('array');
  const truth = isTruth || shape.cast === 'boolean' ? ['true', 'false'] : [];
  const table = knownValues[tablePath(context.path)] ?? {};
  const texts = [...(shape.choices ?? []), ...Object.keys(table)].filter(text => !siblings.includes(text));
  const completion = (text: string, value: string): Completion => ({
    label: text,
    kind: 'value',
    span: place.word,
    text: value,
    ...(table[text] && { about: table[text] }),
    ...(text.endsWith(':') && { goesOn: true }),
  });
  return [
    ...truth.map(text => completion(text, text)),
    ...[...new Set(texts)].map(text => completion(text, text.endsWith(':') ? text : written(context, text))),
  ];
}

/** Behind a `*`, and where something is merged, the anchors above. */
function aliasValues({ model, place, path }: Context): Completion[] | null {
  const isAlias = place.typed.startsWith('*') && place.quote === null;
  if (!isAlias && path.at(-1) !== '<<') return null;
  return anchorsOf(model)
    .filter(({ span }) => span.end < place.word.start)
    .map(({ name }) => ({ label: `*${name}`, kind: 'anchor', span: place.word, text: `*${name}` }));
}

function valuesAt(context: Context, shape: Shape | null): Completion[] {
  const special = variableValues(context) ?? aliasValues(context);
  if (special !== null) return special;
  return [
    ...(shape && takesScalar(shape) && !takesAnything(shape) ? plainValues(context, shape) : []),
    ...nameValues(context),
    ...imageValues(context),
    ...stageValues(context),
    ...pathValues(context),
  ];
}

function keysAt(context: Context, shape: Shape): Completion[] {
  const keys: KeyContext = { ...context, shape };
  return [...keyCompletions(keys), ...nameKeys(context)];
}

/** The items of a list that has none yet, or that the line goes on with: each brings its dash. */
function itemsAt(context: Context, items: Shape): Completion[] {
  const path = [...context.path, null];
  const inner: Context = { ...context, path };
  if (!takesScalar(items)) return keyCompletions({ ...context, path, shape: items }, '- ');
  const { start } = context.place.word;
  return valuesAt(inner, items)
    .filter(({ span }) => span.start === start)
    .map(completion => ({ ...completion, text: `- ${completion.text}` }));
}

function onLine(context: Context, shape: Shape): Completion[] {
  const { among } = context.place;
  const takesMap = shape.types.includes('object') && !takesAnything(shape);
  const takesList = shape.types.includes('array') && shape.items !== null && !takesAnything(shape);
  return [
    ...(takesList && among !== 'keys' && shape.items ? itemsAt(context, shape.items) : []),
    ...(takesMap && among !== 'items' ? keysAt(context, shape) : []),
  ];
}

/** Behind a dash or within brackets: a value, or the first key of a map. */
function atItem(context: Context, shape: Shape | null): Completion[] {
  const { place } = context;
  const mayBeKey = !place.flow && /^[\w-]*$/.test(place.typed);
  const map = mayBeKey && shape?.types.includes('object') && !takesAnything(shape) ? shape : null;
  return [
    ...(place.among === 'keys' ? [] : valuesAt(context, shape)),
    ...(map ? keyCompletions({ ...context, shape: map }) : []),
  ];
}

function completionsIn(context: Context, { role }: Place): Completion[] {
  const shape = shapeAt(context.path);
  if (role === 'item') return atItem(context, shape);
  if (role === 'value') return valuesAt(context, shape);
  if (role === 'text') return variableValues(context) ?? [];
  if (shape === null) return [];
  return role === 'line' ? onLine(context, shape) : keysAt(context, shape);
}

/** What may be written at an offset; what the host does not know yet is missing. */
export function completionsAt(model: ComposeModel, offset: number, around: Surroundings): Completion[] {
  const place = placeAt(model.text, offset);
  if (place === null) return [];
  const path = usedPath(model, place.path);
  return completionsIn({ model, place, path, around, style: model.style }, place);
}
