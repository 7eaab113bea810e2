// Typed values out of a YAML tree: what does not fit is left out and becomes a finding at its node.
import type { YamlDocument, YamlNode, YamlPair, YamlScalar } from '../../model/yaml/node.ts';
import { replace } from '../../text/edit.ts';
import { nearestName } from '../../text/nearest.ts';
import type { Span } from '../../text/span.ts';
import type { Finding, Fix } from '../finding.ts';
import { invalidConfiguration } from '../meta-rules.ts';
import { fix } from '../rule.ts';

/** Readers of the values under each key that there may be. */
type FieldReaders = Readonly<Record<string, (value: YamlNode) => void>>;

export interface Values {
  readonly findings: Finding[];
  wrong(value: YamlNode, name: string, expected: string): undefined;
  word<W extends string>(value: YamlNode, name: string, words: readonly W[]): W | undefined;
  flag(value: YamlNode, name: string): boolean | undefined;
  text(value: YamlNode, name: string): string | undefined;
  /** A single text stands for a list of one. */
  texts(value: YamlNode, name: string): readonly string[] | undefined;
  items(value: YamlNode, name: string): readonly YamlNode[];
  pairs(value: YamlNode, name: string): readonly YamlPair[];
  fields(value: YamlNode, name: string, readers: FieldReaders): void;
}

/** The node itself, or what an alias stands for. */
export const resolved = (node: YamlNode): Exclude<YamlNode, { kind: 'alias' }> | null =>
  node.kind === 'alias' ? node.target : node;

export function scalarOf(node: YamlNode): YamlScalar['value'] | undefined {
  const value = resolved(node);
  return value?.kind === 'scalar' ? value.value : undefined;
}

/** A key may stand without a value, as one that somebody is about to fill in. */
export const isGiven = (node: YamlNode | null): node is YamlNode => node !== null && scalarOf(node) !== null;

/** The value as JSON would hold it, lists of scalars included; undefined for anything deeper. */
export function plainOf(node: YamlNode): unknown {
  const value = resolved(node);
  return value?.kind === 'sequence' ? value.items.map(scalarOf) : scalarOf(node);
}

export interface Nearest {
  /** For the message. */
  readonly meant: string;
  readonly fixes: readonly Fix[];
}

export function nearestOf(name: string, at: Span, candidates: Iterable<string>): Nearest {
  const nearest = nearestName(name, candidates);
  if (nearest === undefined) return { meant: '', fixes: [] };
  return {
    meant: ` Did you mean \`${nearest}\`?`,
    fixes: [fix(`Change to \`${nearest}\``, 'suggestion', [replace(at, nearest)])],
  };
}

const listed = (words: readonly string[]): string => `one of ${words.map(word => `\`${word}\``).join(', ')}`;

export function valuesOf({ problems }: YamlDocument): Values {
  const findings = problems.map(({ message, span }) =>
    invalidConfiguration.finding('syntax', { at: span, data: { problem: message } }),
  );
  const wrong = (value: YamlNode, name: string, expected: string, fixes: readonly Fix[] = []): undefined => {
    findings.push(
      invalidConfiguration.finding('wrong-value', { at: value.span, data: { name, expected }, fixes }),
    );
  };
  const pairs = (value: YamlNode, name: string): readonly YamlPair[] => {
    const map = resolved(value);
    if (map?.kind === 'map') return map.pairs;
    wrong(value, name, 'a map');
    return [];
  };
  return {
    findings,
    wrong,
    pairs,
    word(value, name, words) {
      const written = scalarOf(value);
      const word = words.find(candidate => candidate === written);
      return word ?? wrong(value, name, listed(words), nearestOf(String(written), value.span, words).fixes);
    },
    flag(value, name) {
      const flag = scalarOf(value);
      return typeof flag === 'boolean' ? flag : wrong(value, name, '`true` or `false`');
    },
    text(value, name) {
      const text = scalarOf(value);
      return typeof text === 'string' ? text : wrong(value, name, 'a text');
    },
    texts(value, name) {
      const plain = plainOf(value);
      const list: readonly unknown[] = Array.isArray(plain) ? plain : [plain];
      const texts = list.filter(item => typeof item === 'string');
      return texts.length === list.length ? texts : wrong(value, name, 'a list of texts');
    },
    items(value, name) {
      const list = resolved(value);
      if (list?.kind === 'sequence') return list.items;
      wrong(value, name, 'a list');
      return [];
    },
    fields(value, name, readers) {
      for (const { key, value: written } of pairs(value, name)) {
        const read = Object.hasOwn(readers, key.text) ? readers[key.text] : undefined;
        if (!read) {
          const { meant, fixes } = nearestOf(key.text, key.span, Object.keys(readers));
          const data = { name: key.text, meant };
          findings.push(invalidConfiguration.finding('unknown-key', { at: key.span, data, fixes }));
        } else if (isGiven(written)) read(written);
      }
    },
  };
}
