// Loading: the files of a project one over the other, as Compose reads them, up to a model in canonical form.
import { settled } from './canonical.ts';
import { withDefaults } from './defaults.ts';
import { documentsOf, type Loading, readSource } from './document.ts';
import { withExtends } from './extends.ts';
import { withIncludes } from './include.ts';
import { withPathsLocated } from './locate.ts';
import { mergedModels } from './merge.ts';
import { withoutMarked } from './read.ts';
import { checkSchema } from './schema.ts';
import { withUnique } from './unique.ts';
import { type MapValue, map, mapIn, Refusal, type Source, withEntries } from './value.ts';

const sectionsOfMaps = ['services', 'jobs', 'networks', 'volumes', 'secrets', 'configs', 'models'];

/** What no schema is needed to refuse. */
function checkOutline(model: MapValue): void {
  for (const section of sectionsOfMaps) {
    const value = model.entries.get(section);
    if (value === undefined || (value.kind === 'scalar' && value.value === null)) continue;
    if (value.kind !== 'map') throw new Refusal(`${section} must be a mapping`, value.from);
    for (const [name, inner] of value.entries) {
      const isEmpty = inner.kind === 'scalar' && inner.value === null;
      if (inner.kind === 'map' || (isEmpty && section !== 'services')) continue;
      throw new Refusal(`${section}.${name} must be a mapping`, inner.from);
    }
  }
}

/** One file over those before it. */
function mergedWithFile(loading: Loading, before: MapValue, source: Source): MapValue {
  let merged = before;
  const inside = { ...loading, included: [...loading.included, source.path] };
  for (const document of documentsOf(loading, source)) {
    const complete = withIncludes(inside, document, loadFiles);
    merged = mapIn(withoutMarked(merged, document.marks)) ?? merged;
    const extended = withExtends(loading, { source, ...document, model: complete });
    merged = mapIn(withUnique(mergedModels(merged, extended))) ?? merged;
    checkOutline(merged);
    checkSchema(merged, loading.object);
    merged = settled(withEntries(merged, { version: null }));
  }
  return merged;
}

/** The canonical model of several files, defaults filled in and paths absolute. */
export function loadFiles(loading: Loading, paths: readonly string[]): MapValue {
  const merged = paths.reduce(
    (before, path) => mergedWithFile(loading, before, readSource(loading, path)),
    map([]),
  );
  return mapIn(withPathsLocated(withDefaults(merged), loading)) ?? merged;
}
