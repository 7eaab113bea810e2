// Merging configurations into settings, and the schemas that describe the file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config } from '../../server/core/engine/config/config.ts';
import { settingsFor } from '../../server/core/engine/config/merge.ts';
import { readConfig } from '../../server/core/engine/config/read.ts';
import { configSchema, ruleSettingsSchema } from '../../server/core/engine/config/schema.ts';
import { otherTools } from '../../server/core/engine/settings.ts';
import { sampleCatalogue } from '../support/sample-rules.ts';

interface Row {
  readonly name: string;
  /** Configuration files, weakest first; of each the document is `services/api/Dockerfile`. */
  readonly layers: readonly string[];
  /** What differs from the defaults. */
  readonly expected: object;
}

const path = 'services/api/Dockerfile';
const setting = (severity: string | null, options = {}) => ({ severity, options });
const defaults = {
  profile: 'recommended',
  rules: {},
  equivalents: {},
  only: null,
  ignoredTools: [],
  target: null,
  rulesVersion: null,
  excluded: false,
  failOn: null,
  size: {},
  scan: {},
  composeSets: {},
  set: null,
};

const merge = (configs: readonly Config[]) => {
  const { settings, composeSets, ...rest } = settingsFor(configs.map(config => ({ config, path })));
  return {
    profile: settings.profile,
    rules: Object.fromEntries(settings.rules),
    equivalents: Object.fromEntries(settings.equivalents),
    only: settings.only && [...settings.only],
    ignoredTools: [...settings.ignoredTools],
    target: settings.target,
    rulesVersion: settings.rulesVersion,
    ...rest,
    composeSets: Object.fromEntries(composeSets),
  };
};

const rows: readonly Row[] = [
  { name: 'nothing', layers: [], expected: {} },
  {
    name: 'sets of all, the stronger of a name',
    layers: ['compose-sets: {a: x.yaml, b: x.yaml}', 'compose-sets: {b: y.yaml}'],
    expected: {
      composeSets: { a: { files: ['x.yaml'], envFiles: [] }, b: { files: ['y.yaml'], envFiles: [] } },
    },
  },
  {
    name: 'the stronger profile',
    layers: ['profile: all', 'profile: strict', ''],
    expected: { profile: 'strict' },
  },
  {
    name: 'the stronger target, and that of an override',
    layers: ['target: a', 'target: b\noverrides: [{files: services/**, target: c}]', ''],
    expected: { target: 'c' },
  },
  {
    name: 'of budgets each by itself',
    layers: [
      'size: {budget: 200MB, layer: 80MB}',
      'size: {layer: 50MB}\noverrides: [{files: services/**, size: {wasted: 5%}}]',
    ],
    expected: {
      size: { budget: { bytes: 200_000_000 }, layer: { bytes: 50_000_000 }, wasted: { percent: 5 } },
    },
  },
  {
    name: 'the stronger version of the rules',
    layers: ['rules-version: "0.1"', 'rules-version: 0.2.0'],
    expected: { rulesVersion: '0.2.0' },
  },
  {
    name: 'the stronger severity of each rule',
    layers: ['rules: {bad-word: error, wrong-word: info}', 'rules: {bad-word: hint}'],
    expected: { rules: { 'bad-word': setting('hint'), 'wrong-word': setting('info') } },
  },
  {
    name: 'options of a rule together',
    layers: [
      'rules: {strict-word: {severity: error, limit: 1, loud: true}}',
      'rules: {strict-word: {limit: 2, names: [a]}}',
    ],
    expected: { rules: { 'strict-word': setting('error', { limit: 2, loud: true, names: ['a'] }) } },
  },
  {
    name: 'on takes back off, and no other severity',
    layers: ['rules: {bad-word: off, wrong-word: error}', 'rules: {bad-word: on, wrong-word: on}'],
    expected: { rules: { 'bad-word': setting(null), 'wrong-word': setting('error') } },
  },
  {
    name: 'overrides in order, only those for the file',
    layers: [
      `profile: strict
overrides:
  - { files: services/**, profile: all, rules: { bad-word: off } }
  - { files: [x, api/], rules: { bad-word: hint } }
  - { files: other/**, rules: { bad-word: error } }`,
    ],
    expected: { profile: 'all', rules: { 'bad-word': setting('hint') } },
  },
  {
    name: 'a stronger file over the overrides of a weaker one',
    layers: ['overrides: [{files: Dockerfile, rules: {bad-word: off}}]', 'rules: {bad-word: error}'],
    expected: { rules: { 'bad-word': setting('error') } },
  },
  { name: 'excluded by any', layers: ['exclude: services/', 'exclude: []'], expected: { excluded: true } },
  {
    name: 'excluded by a folder above it',
    layers: ['exclude: [api, /Dockerfile, "*.yaml"]'],
    expected: { excluded: true },
  },
  { name: 'excluded for others', layers: ['exclude: [/api, /Dockerfile, "*.yaml"]'], expected: {} },
  {
    name: 'the stronger threshold',
    layers: ['fail-on: error', 'fail-on: never'],
    expected: { failOn: 'never' },
  },
  {
    name: 'the stronger words about scans, and all that is accepted',
    layers: [
      'scan: {severity: low, fixable-only: true, ignore: [{id: A, reason: r}]}',
      'scan: {severity: high, ignore: [{id: B, package: p, reason: s, expires: 2027-01-31}], vex: x.json}',
      '',
    ],
    expected: {
      scan: {
        severity: 'high',
        fixableOnly: true,
        ignore: [
          { id: 'A', package: null, reason: 'r', expires: null },
          { id: 'B', package: 'p', reason: 's', expires: '2027-01-31' },
        ],
        vex: ['x.json'],
      },
    },
  },
  { name: 'all tools ignored', layers: ['ignore-other-tools: true'], expected: { ignoredTools: otherTools } },
  {
    name: 'tools ignored until a stronger one says otherwise',
    layers: ['ignore-other-tools: [trivy]', 'profile: recommended'],
    expected: { ignoredTools: ['trivy'] },
  },
  {
    name: 'tools honoured again',
    layers: ['ignore-other-tools: [trivy]', 'ignore-other-tools: false'],
    expected: {},
  },
];
for (const { name, layers, expected } of rows) {
  test(name, () => {
    const configs = layers.map(text => {
      const { config, findings } = readConfig(text, sampleCatalogue);
      assert.deepEqual(findings, []);
      return config;
    });
    assert.deepEqual(merge(configs), { ...defaults, ...expected });
  });
}

test('flags: only some rules; equivalents from another tool', () => {
  assert.deepEqual(
    merge([{ equivalents: new Map([['hadolint:DL3002', 'off']]) }, { only: new Set(['bad-word']) }, {}]),
    { ...defaults, equivalents: { 'hadolint:DL3002': 'off' }, only: ['bad-word'] },
  );
});

const severity = { enum: ['error', 'warning', 'info', 'hint', 'off', 'on'] };

test('the schema of a rule names its options and nothing else', () => {
  const infos = sampleCatalogue.infos.filter(({ id }) => id === 'strict-word' || id === 'unused-suppression');
  assert.deepEqual(ruleSettingsSchema(infos), {
    type: 'object',
    description: 'Severities and options of rules, by id.',
    additionalProperties: false,
    properties: {
      'strict-word': {
        description: 'Finds strict',
        anyOf: [
          severity,
          {
            type: 'object',
            additionalProperties: false,
            properties: {
              severity,
              limit: { type: 'number', default: 3, description: 'How many.' },
              names: { type: 'array', items: { type: 'string' }, default: [], description: 'Which.' },
              loud: { type: 'boolean', default: false, description: 'How.' },
              trustedRegistries: {
                type: 'array',
                items: { type: 'string' },
                default: [],
                description: 'Whose.',
              },
            },
          },
        ],
      },
      'unused-suppression': {
        description: 'A comment silences a rule that finds nothing there',
        anyOf: [severity, { type: 'object', additionalProperties: false, properties: { severity } }],
      },
    },
  });
});

test('the schema of the file and its reader know the same keys', () => {
  const { properties } = configSchema(sampleCatalogue.infos) as { properties: object };
  for (const key of Object.keys(properties)) {
    assert.deepEqual(readConfig(`${key}:\n`, sampleCatalogue).findings, [], key);
  }
  const text = readConfig('nothing-like-it: 1\n', sampleCatalogue);
  assert.equal(text.findings.length, 1);
});
