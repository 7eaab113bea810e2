// The ports of a service, short and long form.
import type { Span } from '../../text/span.ts';
import type { YamlMap, YamlNode } from '../yaml/node.ts';
import { scalarText } from '../yaml/scalar-text.ts';
import { meantBy } from './effective.ts';
import { resolveKnown } from './interpolation.ts';
import type { ComposeModel, Service } from './model.ts';
import { filledScalar } from './value.ts';

/** Texts have the defaults of variables filled in; a variable without one stays as written. */
export interface Port {
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

/** The parts between colons; those within a variable or an address in brackets separate nothing. */
function splitAtColons(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const char = text.charAt(offset);
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (char === ':' && depth <= 0) {
      parts.push(text.slice(start, offset));
      start = offset + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** `[[ip:]published:]target[/protocol]`. */
function shortPort(span: Span, text: string): Port {
  const [target = '', published, ...address] = splitAtColons(text).reverse();
  const [range = '', protocol = 'tcp'] = target.split('/');
  const hostIp = address
    .reverse()
    .join(':')
    .replace(/^\[|\]$/g, '');
  return {
    span,
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
    span: map.span,
    form: 'long',
    target: firstPort(option('target') ?? ''),
    published: option('published'),
    hostIp: option('host_ip'),
    protocol: option('protocol') ?? 'tcp',
  };
}

function textOf(model: ComposeModel, node: YamlNode | null): string | null {
  const scalar = filledScalar(meantBy(node));
  return scalar && resolveKnown(scalarText(scalar, model.text)).text;
}

/** The entries of `ports` that say anything. */
export function portsOf(model: ComposeModel, service: Service): readonly Port[] {
  const list = service.get('ports')?.node;
  if (list?.kind !== 'sequence') return [];
  return list.items.flatMap(item => {
    const node = meantBy(item);
    if (node.kind === 'map') return [longPort(model, node)];
    const text = textOf(model, node);
    return text === null ? [] : [shortPort(node.span, text)];
  });
}
