// The outline of a Compose file: its sections, what they declare, and the keys of each service.
import { imageOf } from '../../model/compose/image.ts';
import type { ComposeModel } from '../../model/compose/model.ts';
import type { YamlNode, YamlPair } from '../../model/yaml/node.ts';
import { hull } from '../../text/span.ts';
import type { OutlineEntry, OutlineKind } from '../outline.ts';

/** As written: what is merged is listed where it stands. */
function pairsOf(node: YamlNode | null): readonly YamlPair[] {
  return node?.kind === 'map' ? node.pairs : [];
}

const sections = new Set(['services', 'networks', 'volumes', 'secrets', 'configs', 'models', 'jobs']);

const entryOf = (
  { key, span }: YamlPair,
  kind: OutlineKind,
  rest: Partial<Pick<OutlineEntry, 'detail' | 'entries'>> = {},
): OutlineEntry => ({
  name: key.text === '' ? '""' : key.text,
  kind,
  detail: '',
  entries: [],
  span: hull(span, key.span.end > span.end ? key.span : span),
  nameSpan: key.span,
  ...rest,
});

export function composeOutline(model: ComposeModel): OutlineEntry[] {
  const details = new Map(
    model.services.map(service => {
      const image = imageOf(model, service)?.reference;
      const isBuilt = service.get('build') !== undefined;
      return [service.nameSpan.start, image?.known ? image.value.text : isBuilt ? 'build' : ''];
    }),
  );
  const serviceOf = (pair: YamlPair): OutlineEntry =>
    entryOf(pair, 'service', {
      detail: details.get(pair.key.span.start) ?? '',
      entries: pairsOf(pair.value).map(part => entryOf(part, 'key')),
    });
  return pairsOf(model.root).map(section => {
    const name = section.key.text;
    if (!sections.has(name)) return entryOf(section, 'key');
    const isServices = name === 'services' || name === 'jobs';
    return entryOf(section, 'section', {
      entries: pairsOf(section.value).map(pair => (isServices ? serviceOf(pair) : entryOf(pair, 'resource'))),
    });
  });
}
