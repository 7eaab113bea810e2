// Configuration files: what is read of them, and what is said about the rest, at which place and with which fix.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config, ConfigPart } from '../../server/core/engine/config/config.ts';
import { readHadolintConfig } from '../../server/core/engine/config/hadolint.ts';
import { readConfig } from '../../server/core/engine/config/read.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { mark } from '../support/marks.ts';
import { sampleCatalogue } from '../support/sample-rules.ts';

const plainPart = ({ rules, equivalents, ...rest }: ConfigPart) => ({
  ...rest,
  ...(rules?.size ? { rules: Object.fromEntries(rules) } : {}),
  ...(equivalents?.size ? { equivalents: Object.fromEntries(equivalents) } : {}),
});

/** Maps as objects; empty ones left out. */
const plain = ({ overrides, ...config }: Config) => ({
  ...plainPart(config),
  ...(overrides ? { overrides: overrides.map(plainPart) } : {}),
});

type Read = typeof readConfig;

interface Row {
  readonly name: string;
  /** With «marks» around what the findings are about. */
  readonly text: string;
  readonly config: object;
  readonly says?: readonly string[];
  /** The text with the fixes of all findings applied. */
  readonly fixed?: string;
}

function check(read: Read, { name, text, config, says = [], fixed }: Row): void {
  test(name, () => {
    const bare = text.replace(/[«»]/g, '');
    const result = read(bare, sampleCatalogue);
    assert.deepEqual(plain(result.config), config);
    assert.deepEqual(
      result.findings.map(finding => finding.message),
      says,
    );
    assert.equal(
      mark(
        bare,
        result.findings.map(({ span }) => span),
      ),
      text,
    );
    assert.ok(result.findings.every(finding => finding.rule === 'invalid-configuration'));
    const edits = result.findings.flatMap(({ fixes }) => fixes[0]?.edits ?? []);
    assert.equal(applyEdits(bare, edits), fixed ?? bare);
  });
}

const on = { severity: null, options: {} };

const own: readonly Row[] = [
  { name: 'an empty file', text: '', config: {} },
  { name: 'comments alone', text: '# nothing yet\n', config: {} },
  {
    name: 'keys without values',
    text: 'profile:\nrules:\n  bad-word:\nexclude:\n',
    config: {},
  },
  {
    name: 'a target and a version that are none',
    text: 'target: «[a]»\nrules-version: «0.10»\n',
    config: {},
    says: ['`target` must be a text.', '`rules-version` must be a version in quotes, such as `"0.1"`.'],
  },
  {
    name: 'a target and a version',
    text: 'target: runtime\nrules-version: 0.1.0\n',
    config: { target: 'runtime', rulesVersion: '0.1.0' },
  },
  {
    name: 'sets of Compose files',
    text: 'compose-sets:\n  a: [x.yaml, ../y.yaml]\n  b: z.yaml\n  c: {files: [z.yaml], env-files: c.env}\n  d:\n',
    config: {
      composeSets: new Map([
        ['a', { files: ['x.yaml', '../y.yaml'], envFiles: [] }],
        ['b', { files: ['z.yaml'], envFiles: [] }],
        ['c', { files: ['z.yaml'], envFiles: ['c.env'] }],
      ]),
    },
  },
  {
    name: 'sets of Compose files that are none',
    text: 'compose-sets:\n  a: «[1]»\n  b: «{«file»: x.yaml}»\n',
    config: {
      composeSets: new Map([
        ['a', { files: [], envFiles: [] }],
        ['b', { files: [], envFiles: [] }],
      ]),
    },
    says: [
      '`a` must be a list of texts.',
      'There is no setting `file` here. Did you mean `files`?',
      '`b` must be a list of files, or a map with `files`.',
    ],
    fixed: 'compose-sets:\n  a: [1]\n  b: {files: x.yaml}\n',
  },
  {
    name: 'everything',
    text: `profile: strict
rules:
  bad-word: error
  wrong-word: off
  unused-suppression: hint
  strict-word: { severity: info, limit: 5, names: [a, b], loud: true }
exclude: [legacy/, "**/*.test.yaml"]
overrides:
  - files: services/**
    profile: all
    rules:
      wrong-word: on
fail-on: never
ignore-other-tools: true
`,
    config: {
      profile: 'strict',
      rules: {
        'bad-word': { severity: 'error', options: {} },
        'wrong-word': { severity: 'off', options: {} },
        'unused-suppression': { severity: 'hint', options: {} },
        'strict-word': { severity: 'info', options: { limit: 5, names: ['a', 'b'], loud: true } },
      },
      exclude: ['legacy/', '**/*.test.yaml'],
      overrides: [{ files: ['services/**'], profile: 'all', rules: { 'wrong-word': on } }],
      failOn: 'never',
      ignoreOtherTools: true,
    },
  },
  {
    name: 'what is accepted of scans, of which some says no reason or no day',
    text: `scan:
  severity: «[low]»
  fail-on: critical
  ignore:
    - {id: CVE-1, reason: unused, expires: 2027-01-31}
    - «{id: CVE-2}»
    - {id: CVE-3, reason: later, expires: «soon»}
  vex: [a.json]
`,
    config: {
      scan: {
        failOn: 'critical',
        ignore: [{ id: 'CVE-1', reason: 'unused', package: null, expires: '2027-01-31' }],
        vex: ['a.json'],
      },
    },
    says: [
      '`severity` must be one of `critical`, `high`, `medium`, `low`, `unknown`.',
      '`ignore` must be a map with `id` and `reason`.',
      '`expires` must be a day, such as `2027-01-31`.',
    ],
  },
  {
    name: 'the same in JSON, as editors keep their settings',
    text: '{"profile":"all","rules":{"bad-word":"on","strict-word":{"limit":1}},"ignore-other-tools":["hadolint","trivy"]}',
    config: {
      profile: 'all',
      rules: { 'bad-word': on, 'strict-word': { severity: null, options: { limit: 1 } } },
      ignoreOtherTools: ['hadolint', 'trivy'],
    },
  },
  {
    name: 'anchors and aliases',
    text: 'rules: &all\n  bad-word: error\noverrides:\n  - files: x\n    rules: *all\n',
    config: {
      rules: { 'bad-word': { severity: 'error', options: {} } },
      overrides: [{ files: ['x'], rules: { 'bad-word': { severity: 'error', options: {} } } }],
    },
  },
  {
    name: 'budgets of size',
    text: 'size:\n  budget: 200MB\n  layer: 1000\n  wasted: 5%\n',
    config: { size: { budget: { bytes: 200_000_000 }, layer: { bytes: 1_000 }, wasted: { percent: 5 } } },
  },
  {
    name: 'budgets that are none',
    text: 'size:\n  budget: «5%»\n  «layers»: 1MB\n  layer:\n  wasted: «a lot»\n',
    config: { size: {} },
    says: [
      '`budget` must be a size, such as `200MB`.',
      'There is no setting `layers` here. Did you mean `layer`?',
      '`wasted` must be a size or a share, such as `10MB` or `5%`.',
    ],
    fixed: 'size:\n  budget: 5%\n  layer: 1MB\n  layer:\n  wasted: a lot\n',
  },
  {
    name: 'an unknown key',
    text: 'profile: strict\n«excludes»: [x]\n',
    config: { profile: 'strict' },
    says: ['There is no setting `excludes` here. Did you mean `exclude`?'],
    fixed: 'profile: strict\nexclude: [x]\n',
  },
  {
    name: 'an unknown key like nothing else, without a value',
    text: '«colours»:\n',
    config: {},
    says: ['There is no setting `colours` here.'],
  },
  {
    name: 'an unknown rule in quotes',
    text: 'rules:\n  «"bad-wrod"»: error\n  wrong-word: info\n',
    config: { rules: { 'wrong-word': { severity: 'info', options: {} } } },
    says: ['There is no rule `bad-wrod`. Did you mean `bad-word`?'],
    fixed: 'rules:\n  bad-word: error\n  wrong-word: info\n',
  },
  {
    name: 'an unknown option, one of the wrong kind',
    text: 'rules:\n  strict-word: { «limits»: 4, names: «3», loud: «loud», limit: 2 }\n',
    config: { rules: { 'strict-word': { severity: null, options: { limit: 2 } } } },
    says: [
      'The rule `strict-word` has no option `limits`. Did you mean `limit`?',
      '`names` must be a list of texts.',
      '`loud` must be `true` or `false`.',
    ],
    fixed: 'rules:\n  strict-word: { limit: 4, names: 3, loud: loud, limit: 2 }\n',
  },
  {
    name: 'words that are none',
    text: 'profile: «stict»\nrules:\n  bad-word: «fatal»\n  wrong-word: «[error]»\nfail-on: «true»\n',
    config: { rules: { 'wrong-word': on } },
    says: [
      '`profile` must be one of `recommended`, `strict`, `all`.',
      '`bad-word` must be one of `error`, `warning`, `info`, `hint`, `off`, `on`.',
      '`wrong-word` must be a map.',
      '`fail-on` must be one of `error`, `warning`, `info`, `hint`, `never`.',
    ],
    fixed: 'profile: strict\nrules:\n  bad-word: fatal\n  wrong-word: [error]\nfail-on: true\n',
  },
  {
    name: 'values of the wrong kind',
    text: 'rules: «[bad-word]»\nexclude: «{a: b}»\noverrides: «x»\nignore-other-tools: [hadolint, «hadolnt»]\n',
    config: { overrides: [], ignoreOtherTools: ['hadolint'] },
    says: [
      '`rules` must be a map.',
      '`exclude` must be a list of texts.',
      '`overrides` must be a list.',
      '`ignore-other-tools` must be one of `hadolint`, `buildkit`, `checkov`, `trivy`, `kics`, `semgrep`, `dclint`, `dockerfile-utils`.',
    ],
    fixed: 'rules: [bad-word]\nexclude: {a: b}\noverrides: x\nignore-other-tools: [hadolint, hadolint]\n',
  },
  {
    name: 'an override that names no files',
    text: 'overrides:\n  - «profile: all»\n',
    config: { overrides: [] },
    says: ['`files` must be a list of texts.'],
  },
  { name: 'a list at the top', text: '«- a»\n', config: {}, says: ['`configuration` must be a map.'] },
  {
    name: 'the file says how severe its own mistakes are',
    text: 'colours: 3\nrules: { invalid-configuration: off }\n',
    config: { rules: { 'invalid-configuration': { severity: 'off', options: {} } } },
  },
  {
    name: 'names of every object',
    text: '«constructor»: 1\n',
    config: {},
    says: ['There is no setting `constructor` here.'],
  },
];
for (const row of own) check(readConfig, row);

const hadolint: readonly Row[] = [
  { name: 'hadolint: an empty file', text: '', config: {} },
  {
    name: 'hadolint: ignored wins over override, in either order',
    text: 'ignored: [DL3008, DL3002]\noverride:\n  error: [DL3002, DL3003]\n  warning: [DL3004]\n  info: [DL3005]\n  style: [DL3006]\n',
    config: {
      equivalents: {
        'hadolint:DL3002': 'off',
        'hadolint:DL3003': 'error',
        'hadolint:DL3004': 'warning',
        'hadolint:DL3005': 'info',
        'hadolint:DL3006': 'hint',
        'hadolint:DL3008': 'off',
      },
    },
  },
  {
    name: 'hadolint: options go to the rules that have them',
    text: 'trustedRegistries: docker.io\nlabel-schema: { author: text }\nstrict-labels: true\n',
    config: { rules: { 'strict-word': { severity: null, options: { trustedRegistries: ['docker.io'] } } } },
  },
  { name: 'hadolint: threshold', text: 'failure-threshold: style\n', config: { failOn: 'hint' } },
  {
    name: 'hadolint: no-fail wins',
    text: 'failure-threshold: error\nno-fail: true\n',
    config: { failOn: 'never' },
  },
  {
    name: 'hadolint: no pragmas',
    text: 'disable-ignore-pragma: true\n',
    config: { ignoreOtherTools: ['hadolint'] },
  },
  { name: 'hadolint: pragmas, other keys', text: 'disable-ignore-pragma: false\nformat: json\n', config: {} },
  {
    name: 'hadolint: values of the wrong kind',
    text: 'ignored: «{}»\nno-fail: «yes»\nfailure-threshold: «fatal»\n',
    config: {},
    says: [
      '`no-fail` must be `true` or `false`.',
      '`failure-threshold` must be one of `error`, `warning`, `info`, `style`, `ignore`, `none`.',
      '`ignored` must be a list of texts.',
    ],
  },
];
for (const row of hadolint) check(readHadolintConfig, row);

test('broken YAML: told, and the rest is read', () => {
  const { config, findings } = readConfig(
    'profile: strict\nrules: {bad-word: error\nfail-on: error\n',
    sampleCatalogue,
  );
  assert.equal(config.profile, 'strict');
  assert.ok(findings.some(({ messageId }) => messageId === 'syntax'));
});

test('no text makes the readers throw', () => {
  const pieces = [
    'rules',
    ':',
    ' ',
    '\n',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '&a',
    '*a',
    '"',
    "'",
    '#',
    '|',
    'bad-word',
    'off',
    '\t',
    '!x',
    '<<',
  ];
  let seed = 7;
  const next = (limit: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % limit;
  };
  for (let i = 0; i < 2000; i++) {
    const text = Array.from({ length: next(30) }, () => pieces[next(pieces.length)]).join('');
    for (const read of [readConfig, readHadolintConfig]) {
      for (const { span } of read(text, sampleCatalogue).findings) {
        assert.ok(span.start <= span.end && span.end <= text.length, JSON.stringify(text));
      }
    }
  }
});
