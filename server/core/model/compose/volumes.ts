// The mounts of a service: its `volumes`, short and long form.
import type { MappedText } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';
import { rememberPart } from '../remembered.ts';
import type { YamlMap, YamlNode } from '../yaml/node.ts';
import { meantBy } from './effective.ts';
import type { ComposeModel, Service } from './model.ts';
import { contentSpan } from './pairs.ts';
import { splitAtColons, type Word, wordAt, wordsBetweenCommas } from './short-form.ts';
import { comesToTrue } from './truth.ts';
import { filledText } from './value.ts';

/** Texts have the defaults of variables filled in; a variable without one stays as written. */
export interface Mount {
  /** The item of the list, without its dash. */
  readonly span: Span;
  /** Where the text of the short form ends, before a closing quote. */
  readonly end: number;
  /** The long form, as written; null for the short form. */
  readonly map: YamlMap | null;
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'npipe' | 'other';
  /** A path of the host or the name of a volume; null for an anonymous volume. */
  readonly source: Word | null;
  readonly target: string | null;
  readonly readOnly: boolean;
  /** `shared`, `rslave`, ... */
  readonly propagation: Word | null;
  /** What stands behind the target of the short form; null in the long form. */
  readonly options: readonly Word[] | null;
}

const propagations = new Set(['shared', 'rshared', 'slave', 'rslave', 'private', 'rprivate']);
const hostPath = /^(?:[./~\\]|\$|[a-zA-Z]:[\\/])/;
const driveLetter = /^[a-zA-Z]$/;

/** The parts of the short form; the colon behind a drive letter belongs to its path. */
function partsOf(text: string): Span[] {
  const [first, second, ...rest] = splitAtColons(text);
  if (first === undefined || second === undefined) return first ? [first] : [];
  const isDrive =
    driveLetter.test(text.slice(first.start, first.end)) && /[\\/]/.test(text[second.start] ?? '');
  return isDrive ? [span(first.start, second.end), ...rest] : [first, second, ...rest];
}

/** `[source:]target[:option,option]`. */
function shortMount(where: Span, value: MappedText, end: number): Mount | null {
  const parts = partsOf(value.text);
  const [first, second, third] = parts;
  const source = first && second ? wordAt(value, first) : null;
  const target = second ?? first;
  if (target === undefined || target.start === target.end) return null;
  const options = wordsBetweenCommas(value, third);
  return {
    span: where,
    end,
    map: null,
    type: source !== null && hostPath.test(source.text) ? 'bind' : 'volume',
    source,
    target: wordAt(value, target).text,
    readOnly: options.some(({ text }) => text === 'ro' || text === 'readonly'),
    propagation: options.find(({ text }) => propagations.has(text)) ?? null,
    options,
  };
}

const valueIn = (map: YamlMap | null, name: string): YamlNode | null =>
  meantBy(map?.pairs.find(({ key }) => key.text === name)?.value ?? null);

function typeOf(stated: string | undefined, source: Word | null): Mount['type'] {
  if (stated === 'bind' || stated === 'volume' || stated === 'tmpfs' || stated === 'npipe') return stated;
  if (stated !== undefined) return 'other';
  return source !== null && hostPath.test(source.text) ? 'bind' : 'volume';
}

function longMount(model: ComposeModel, map: YamlMap): Mount {
  const word = (node: YamlNode | null): Word | null => {
    const value = filledText(model, node);
    return value && wordAt(value, span(0, value.text.length));
  };
  const bind = valueIn(map, 'bind');
  const source = word(valueIn(map, 'source') ?? valueIn(map, 'src'));
  const target = valueIn(map, 'target') ?? valueIn(map, 'destination') ?? valueIn(map, 'dst');
  return {
    span: map.span,
    end: map.span.end,
    map,
    type: typeOf(word(valueIn(map, 'type'))?.text, source),
    source,
    target: word(target)?.text ?? null,
    readOnly: comesToTrue(model, valueIn(map, 'read_only')),
    propagation: bind?.kind === 'map' ? word(valueIn(bind, 'propagation')) : null,
    options: null,
  };
}

/** The entries of `volumes` that say anything. */
export const mountsOf = rememberPart((model: ComposeModel, service: Service): readonly Mount[] => {
  const list = service.get('volumes')?.node;
  if (list?.kind !== 'sequence') return [];
  return list.items.flatMap(item => {
    const node = meantBy(item);
    if (node.kind === 'map') return [longMount(model, node)];
    const value = filledText(model, node);
    if (node.kind !== 'scalar' || value === null || value.text === '') return [];
    return shortMount(node.span, value, contentSpan(node, model.text).end) ?? [];
  });
});
