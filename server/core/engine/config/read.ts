// Reading `.bulkhead.yaml`, and whatever has its shape: JSON is YAML, so an editor's settings can be read as well.
import { parseYaml } from '../../model/yaml/adapter.ts';
import type { YamlNode } from '../../model/yaml/node.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Finding } from '../finding.ts';
import { invalidConfiguration } from '../meta-rules.ts';
import { fits, type Option } from '../options.ts';
import { profiles, type RuleInfo } from '../rule.ts';
import { otherTools, type RuleSetting } from '../settings.ts';
import { isVersion } from '../version.ts';
import { type NamedFile, readComposeSets } from './compose-sets.ts';
import {
  type Config,
  type ConfigPart,
  type Draft,
  failOnWords,
  put,
  type ReadConfig,
  ruleWords,
} from './config.ts';
import { readScan } from './read-scan.ts';
import { readSize } from './size.ts';
import { isGiven, nearestOf, plainOf, scalarOf, type Values, valuesOf } from './values.ts';

const expectedOf: Readonly<Record<Option['kind'], string>> = {
  boolean: '`true` or `false`',
  number: 'a number',
  string: 'a text',
  strings: 'a list of texts',
};

function readSeverity(values: Values, node: YamlNode, name: string): RuleSetting['severity'] | undefined {
  const word = values.word(node, name, ruleWords);
  return word === 'on' ? null : word;
}

/** A severity alone, or a map with a severity, options, or both. */
function readSetting(values: Values, node: YamlNode, { id, options }: RuleInfo): RuleSetting | undefined {
  if (scalarOf(node) !== undefined) {
    const severity = readSeverity(values, node, id);
    return severity === undefined ? undefined : { severity, options: {} };
  }
  let severity: RuleSetting['severity'] = null;
  const chosen: Record<string, unknown> = {};
  for (const { key, value } of values.pairs(node, id)) {
    const name = key.text;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (name === 'severity') {
      if (isGiven(value)) severity = readSeverity(values, value, name) ?? null;
    } else if (!option) {
      const { meant, fixes } = nearestOf(name, key.span, ['severity', ...Object.keys(options)]);
      const data = { rule: id, name, meant };
      values.findings.push(invalidConfiguration.finding('unknown-option', { at: key.span, data, fixes }));
    } else if (isGiven(value)) {
      if (fits(option, plainOf(value))) chosen[name] = plainOf(value);
      else values.wrong(value, name, expectedOf[option.kind]);
    }
  }
  return { severity, options: chosen };
}

function readRules(values: Values, node: YamlNode, catalogue: Catalogue): ReadonlyMap<string, RuleSetting> {
  const ids = catalogue.infos.map(({ id }) => id);
  const rules = new Map<string, RuleSetting>();
  for (const { key, value } of values.pairs(node, 'rules')) {
    const info = catalogue.info(key.text);
    if (!info) {
      const { meant, fixes } = nearestOf(key.text, key.span, ids);
      const data = { name: key.text, meant };
      values.findings.push(invalidConfiguration.finding('unknown-rule', { at: key.span, data, fixes }));
    } else if (isGiven(value)) {
      const setting = readSetting(values, value, info);
      if (setting) rules.set(info.id, setting);
    }
  }
  return rules;
}

/** Readers of the keys that the top and the overrides share. */
const partReaders = (values: Values, catalogue: Catalogue, part: Draft<ConfigPart>) => ({
  profile: (node: YamlNode) => put(part, 'profile', values.word(node, 'profile', profiles)),
  target: (node: YamlNode) => put(part, 'target', values.text(node, 'target')),
  rules: (node: YamlNode) => put(part, 'rules', readRules(values, node, catalogue)),
  size: (node: YamlNode) => put(part, 'size', readSize(values, node)),
});

type Override = NonNullable<Config['overrides']>[number];

function readOverride(values: Values, node: YamlNode, catalogue: Catalogue): Override[] {
  const part: Draft<ConfigPart> = {};
  const written: { files?: YamlNode } = {};
  values.fields(node, 'overrides', {
    files: value => put(written, 'files', value),
    ...partReaders(values, catalogue, part),
  });
  const files = written.files
    ? values.texts(written.files, 'files')
    : values.wrong(node, 'files', 'a list of texts');
  return files ? [{ files, ...part }] : [];
}

function readOtherTools(values: Values, node: YamlNode): Config['ignoreOtherTools'] {
  const name = 'ignore-other-tools';
  if (!Array.isArray(plainOf(node))) return values.flag(node, name);
  return values.items(node, name).flatMap(item => values.word(item, name, otherTools) ?? []);
}

/** Without quotes YAML takes `0.10` for a number, which is `0.1`. */
function readVersion(values: Values, node: YamlNode): string | undefined {
  const name = 'rules-version';
  const version = scalarOf(node);
  if (typeof version === 'string' && isVersion(version)) return version;
  return values.wrong(node, name, 'a version in quotes, such as `"0.1"`');
}

/** The file may say how severe its own mistakes are. */
function severityIn({ rules }: Config): Finding['severity'] | 'off' {
  return rules?.get(invalidConfiguration.id)?.severity ?? invalidConfiguration.severity;
}

/** What has no meaning is left out and told in the findings; the rest holds. */
export function readConfig(text: string, catalogue: Catalogue): ReadConfig {
  const document = parseYaml(text);
  const values = valuesOf(document);
  const config: Draft<Config> = {};
  const named: NamedFile[] = [];
  if (isGiven(document.root)) {
    values.fields(document.root, 'configuration', {
      ...partReaders(values, catalogue, config),
      exclude: node => put(config, 'exclude', values.texts(node, 'exclude')),
      overrides: node =>
        put(
          config,
          'overrides',
          values.items(node, 'overrides').flatMap(item => readOverride(values, item, catalogue)),
        ),
      'fail-on': node => put(config, 'failOn', values.word(node, 'fail-on', failOnWords)),
      'rules-version': node => put(config, 'rulesVersion', readVersion(values, node)),
      'ignore-other-tools': node => put(config, 'ignoreOtherTools', readOtherTools(values, node)),
      scan: node => put(config, 'scan', readScan(values, node)),
      'compose-sets': node => put(config, 'composeSets', readComposeSets(values, node, named)),
    });
  }
  const severity = severityIn(config);
  if (severity === 'off') return { config, findings: [], named: [] };
  return {
    config,
    findings: values.findings.map(finding => ({ ...finding, severity })),
    named: named.map(({ path, missing }) => ({ path, missing: { ...missing, severity } })),
  };
}
