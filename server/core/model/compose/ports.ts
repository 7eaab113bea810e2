// The ports of a service, short and long form.
import type { Span } from '../../text/span.ts';
import { rememberPart } from '../remembered.ts';
import type { YamlMap, YamlNode, YamlScalar } from '../yaml/node.ts';
import { meantBy } from './effective.ts';
import type { ComposeModel, Service } from './model.ts';
import { splitAtColons } from './short-form.ts';
import { filledText } from './value.ts';

/** Texts have the defaults of variables filled in; a variable without one stays as written. */
export interface Port {
  /** What is written there; of an alias what it stands for. */
  readonly node: YamlScalar | YamlMap;
  readonly span: Span;
  readonly form: 'short' | 'long';
  /** In the container, the first of a range; null where it is not known. */
  readonly target: number | null;
  /** On the host, a port or a range; null where Docker chooses one. */
  readonly published: string | null;
  /** The host's address it is bound to; null for all of them. */
  readonly hostIp: string | null;
  readonly protocol: string;
}

const firstPort = (range: string): number | null =>
  /^\d{1,5}(?:-\d{1,5})?$/.test(range) ? Number.parseInt(range, 10) : null;

/** `[[ip:]published:]target[/protocol]`. */
function shortPort(node: YamlScalar, text: string): Port {
  const parts = splitAtColons(text).map(({ start, end }) => text.slice(start, end));
  const [target = '', published, ...address] = parts.reverse();
  const [range = '', protocol = 'tcp'] = target.split('/');
  const hostIp = address
    .reverse()
    .join(':')
    .replace(/^\[|\]$/g, '');
  return {
    node,
    span: node.span,
    form: 'short',
    target: firstPort(range),
    published: published || null,
    hostIp: hostIp || null,
    protocol,
  };
}

function longPort(model: ComposeModel, map: YamlMap): Port {
  const option = (name: string): string | null =>
    textOf(model, map.pairs.find(({ key }) => key.text === name)?.value ?? null);
  return {
    node: map,
    span: map.span,
    form: 'long',
    target: firstPort(option('target') ?? ''),
    published: option('published') || null,
    hostIp: option('host_ip') || null,
    protocol: option('protocol') || 'tcp',
  };
}

const textOf = (model: ComposeModel, node: YamlNode | null): string | null =>
  filledText(model, meantBy(node))?.text ?? null;

/** The entries of `ports` that say anything. */
export const portsOf = rememberPart((model: ComposeModel, service: Service): readonly Port[] => {
  const list = service.get('ports')?.node;
  if (list?.kind !== 'sequence') return [];
  return list.items.flatMap(item => {
    const node = meantBy(item);
    if (node.kind === 'map') return [longPort(model, node)];
    const text = node.kind === 'scalar' ? textOf(model, node) : null;
    return node.kind !== 'scalar' || text === null ? [] : [shortPort(node, text)];
  });
});
