// The devices that a service gets, short and long form.
import { type Span, span } from '../../text/span.ts';
import type { YamlMap } from '../yaml/node.ts';
import { meantBy } from './effective.ts';
import type { ComposeModel, Service } from './model.ts';
import { splitAtColons, type Word, wordAt } from './short-form.ts';
import { filledText } from './value.ts';

export interface Device {
  /** The item of the list, without its dash. */
  readonly span: Span;
  /** On the host; a name of the Container Device Interface has no leading slash. */
  readonly source: Word;
}

function longSource(model: ComposeModel, map: YamlMap): Word | null {
  const value = filledText(model, meantBy(map.pairs.find(({ key }) => key.text === 'source')?.value ?? null));
  return value && wordAt(value, span(0, value.text.length));
}

export function devicesOf(model: ComposeModel, service: Service): readonly Device[] {
  const list = service.get('devices')?.node;
  if (list?.kind !== 'sequence') return [];
  return list.items.flatMap(item => {
    const node = meantBy(item);
    const value = node.kind === 'map' ? null : filledText(model, node);
    const [first] = value ? splitAtColons(value.text) : [];
    const source =
      node.kind === 'map' ? longSource(model, node) : value && first ? wordAt(value, first) : null;
    return source === null || source.text === '' ? [] : [{ span: node.span, source }];
  });
}
