// Reading `.hadolint.yaml`: what a project has decided there holds for the equivalent findings too.
import { parseYaml } from '../../model/yaml/adapter.ts';
import type { YamlNode } from '../../model/yaml/node.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Equivalent, Severity } from '../finding.ts';
import { fits } from '../options.ts';
import type { RuleSetting } from '../settings.ts';
import type { Config, ReadConfig } from './config.ts';
import { isGiven, scalarOf, type Values, valuesOf } from './values.ts';

const severityOf = { error: 'error', warning: 'warning', info: 'info', style: 'hint' } as const;
const severityWords = Object.keys(severityOf) as (keyof typeof severityOf)[];

/** Hadolint fails from this severity on; with the last two on whatever it finds. */
const thresholdOf = { ...severityOf, ignore: 'hint', none: 'hint' } as const;
const thresholdWords = Object.keys(thresholdOf) as (keyof typeof thresholdOf)[];

/** A key of Hadolint that is an option of our rules, of those that have it among the ones with these ids of Hadolint. */
interface OptionKey {
  readonly key: string;
  readonly ids: readonly string[];
  readonly option: string;
  read(values: Values, node: YamlNode, name: string): unknown;
}

const optionKeys: readonly OptionKey[] = [
  {
    key: 'trustedRegistries',
    ids: ['DL3026'],
    option: 'trustedRegistries',
    read: (values, node, name) => values.texts(node, name),
  },
  {
    key: 'label-schema',
    ids: ['DL3049', 'DL3050', 'DL3051', 'DL3052', 'DL3053', 'DL3054', 'DL3055', 'DL3056', 'DL3058'],
    option: 'labelSchema',
    // `author: text` of the map becomes the text 'author: text'.
    read: (values, node, name) =>
      values
        .pairs(node, name)
        .flatMap(({ key, value }) => (isGiven(value) ? `${key.text}: ${scalarOf(value)}` : [])),
  },
  {
    key: 'strict-labels',
    ids: ['DL3050'],
    option: 'strictLabels',
    read: (values, node, name) => values.flag(node, name),
  },
];

type Given = (name: string) => YamlNode | undefined;

function readSeverities(values: Values, given: Given): ReadonlyMap<Equivalent, Severity | 'off'> {
  const severities = new Map<Equivalent, Severity | 'off'>();
  const grade = (node: YamlNode, name: string, severity: Severity | 'off'): void => {
    for (const id of values.texts(node, name) ?? []) severities.set(`hadolint:${id}`, severity);
  };
  const override = given('override');
  for (const { key, value } of override ? values.pairs(override, 'override') : []) {
    const word = severityWords.find(candidate => candidate === key.text);
    if (word && isGiven(value)) grade(value, word, severityOf[word]);
  }
  const ignored = given('ignored');
  if (ignored) grade(ignored, 'ignored', 'off');
  return severities;
}

function readOptions(values: Values, given: Given, catalogue: Catalogue): ReadonlyMap<string, RuleSetting> {
  const settings = new Map<string, RuleSetting>();
  for (const { key, ids, option, read } of optionKeys) {
    const node = given(key);
    const value = node && read(values, node, key);
    for (const rule of ids.flatMap(id => catalogue.byEquivalent(`hadolint:${id}`))) {
      const declared = rule.options[option];
      if (!declared || !fits(declared, value)) continue;
      const options = { ...settings.get(rule.id)?.options, [option]: value };
      settings.set(rule.id, { severity: null, options });
    }
  }
  return settings;
}

function readFailOn(values: Values, given: Given): Config['failOn'] {
  const noFail = given('no-fail');
  if (noFail && values.flag(noFail, 'no-fail')) return 'never';
  const threshold = given('failure-threshold');
  const word = threshold && values.word(threshold, 'failure-threshold', thresholdWords);
  return word && thresholdOf[word];
}

/** Keys without a meaning here are left alone: Hadolint has more of them, and judges them itself. */
export function readHadolintConfig(text: string, catalogue: Catalogue): ReadConfig {
  const document = parseYaml(text);
  const values = valuesOf(document);
  const pairs = isGiven(document.root) ? values.pairs(document.root, 'configuration') : [];
  const nodes = new Map(
    pairs.flatMap(({ key, value }) => (isGiven(value) ? [[key.text, value] as const] : [])),
  );
  const given: Given = name => nodes.get(name);

  const failOn = readFailOn(values, given);
  const deaf = given('disable-ignore-pragma');
  const config: Config = {
    rules: readOptions(values, given, catalogue),
    equivalents: readSeverities(values, given),
    ...(failOn && { failOn }),
    ...(deaf && values.flag(deaf, 'disable-ignore-pragma') && { ignoreOtherTools: ['hadolint'] }),
  };
  return { config, findings: values.findings, named: [] };
}
