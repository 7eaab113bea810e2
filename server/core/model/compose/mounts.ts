// The mounts of a service: `volumes` in short and long form, and `tmpfs`.
import type { Span } from '../../text/span.ts';
import type { YamlMap, YamlNode, YamlScalar } from '../yaml/node.ts';
import { scalarText } from '../yaml/scalar-text.ts';
import { meantBy } from './effective.ts';
import { resolveKnown } from './interpolation.ts';
import type { ComposeModel, Service } from './model.ts';
import { filledScalar } from './value.ts';

/** Texts have the defaults of variables filled in; a variable without one stays as written. */
export interface Mount {
  /** What is written there; of an alias what it stands for. */
  readonly node: YamlScalar | YamlMap;
  readonly span: Span;
  readonly form: 'short' | 'long';
  readonly type: 'volume' | 'bind' | 'tmpfs' | 'other';
  /** The name of the volume or the path on the host; null for an anonymous volume and for tmpfs. */
  readonly source: string | null;
  /** The path in the container. */
  readonly target: string;
  readonly readOnly: boolean;
}

/** A path, or a variable that probably holds one. */
const isPath = (source: string): boolean => /^(?:[./~\\]|\$|[A-Za-z]:[\\/])/.test(source);

/** The parts between colons; those of a variable and of a drive letter separate nothing. */
function partsOf(text: string): string[] {
  const [drive = ''] = /^[A-Za-z]:(?=[\\/])/.exec(text) ?? [];
  const parts = text.slice(drive.length).match(/(?:\$\{[^}]*\}|[^:])+/g) ?? [];
  const [first = '', ...others] = parts;
  return [drive + first, ...others];
}

function shortMount(node: YamlScalar, text: string): Mount | null {
  const [first = '', second, ...modes] = partsOf(text);
  const target = second ?? first;
  if (target === '') return null;
  const source = second === undefined ? null : first;
  return {
    node,
    span: node.span,
    form: 'short',
    type: source !== null && isPath(source) ? 'bind' : 'volume',
    source,
    target,
    readOnly: modes.some(mode => mode.split(',').includes('ro')),
  };
}

function longMount(model: ComposeModel, map: YamlMap): Mount | null {
  const option = (name: string): string | null =>
    textOf(model, map.pairs.find(({ key }) => key.text === name)?.value ?? null);
  const target = option('target');
  const type = option('type') ?? 'volume';
  if (target === null) return null;
  return {
    node: map,
    span: map.span,
    form: 'long',
    type: type === 'volume' || type === 'bind' || type === 'tmpfs' ? type : 'other',
    source: option('source') ?? option('src'),
    target,
    readOnly: option('read_only') === 'true',
  };
}

function textOf(model: ComposeModel, node: YamlNode | null): string | null {
  const scalar = filledScalar(meantBy(node));
  return scalar && resolveKnown(scalarText(scalar, model.text)).text;
}

function tmpfsMounts(model: ComposeModel, service: Service): Mount[] {
  const node = service.get('tmpfs')?.node ?? null;
  const items = node?.kind === 'sequence' ? node.items : node === null ? [] : [node];
  return items.flatMap(item => {
    const meant = meantBy(item);
    const [target = ''] = (textOf(model, meant) ?? '').split(':');
    if (target === '' || meant.kind !== 'scalar') return [];
    return [
      { node: meant, span: meant.span, form: 'short', type: 'tmpfs', source: null, target, readOnly: false },
    ];
  });
}

/** The entries of `volumes` and `tmpfs` that say where they go. */
export function mountsOf(model: ComposeModel, service: Service): readonly Mount[] {
  const list = service.get('volumes')?.node;
  const items = list?.kind === 'sequence' ? list.items : [];
  const mounts = items.flatMap(item => {
    const node = meantBy(item);
    if (node.kind === 'map') return longMount(model, node) ?? [];
    const text = node.kind === 'scalar' ? textOf(model, node) : null;
    return node.kind === 'scalar' && text !== null ? (shortMount(node, text) ?? []) : [];
  });
  return [...mounts, ...tmpfsMounts(model, service)];
}
