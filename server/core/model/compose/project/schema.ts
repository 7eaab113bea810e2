// Schema: what Compose refuses of a merged model by the schema of its format.
import { emptySpan } from '../../../text/span.ts';
import { fillHoles } from '../../../text/template.ts';
import type { YamlMap, YamlNode, YamlScalar } from '../../yaml/node.ts';
import { schemaProblems } from '../schema/check.ts';
import { schemaTexts } from '../schema/problem-texts.ts';
import { pathTable, under } from './table.ts';
import { type MapValue, Refusal, textOf, type Value } from './value.ts';

const nowhere = emptySpan(0);
const plain = { span: nowhere, anchor: null, tag: null } as const;

const scalarNode = (value: YamlScalar['value'], text: string): YamlScalar => {
  const style = typeof value === 'string' ? 'double' : 'plain';
  return { ...plain, kind: 'scalar', value, text, style, indent: 0 };
};

function nodeOf(value: Value): YamlNode {
  if (value.kind === 'scalar') return scalarNode(value.value, textOf(value));
  if (value.kind === 'map') return mapNode(value);
  const items = value.items.map(nodeOf);
  return { ...plain, kind: 'sequence', flow: false, items, itemSpans: items.map(() => nowhere) };
}

const mapNode = (value: MapValue): YamlMap => ({
  ...plain,
  kind: 'map',
  flow: false,
  pairs: [...value.entries].map(([key, inner]) => ({
    key: scalarNode(key, key),
    value: nodeOf(inner),
    span: nowhere,
  })),
});

/** Where Compose learns new keys all the time: one that nobody knows is an objection alone. */
const growing = pathTable<true>(under(['services.*', 'jobs.*'], { '': true, build: true } as const));

/** Throws the first refusal. */
export function checkSchema(model: MapValue, object: (message: string) => void): void {
  for (const { code, data, path } of schemaProblems({ root: mapNode(model), text: '' })) {
    const message = `${path.join('.')}: ${fillHoles(schemaTexts[code], data)}`;
    if (code !== 'unknown-key' || growing.at(path.map(String)) === undefined) throw new Refusal(message);
    object(message);
  }
}
