import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { builtBulkhead, folderWith, type Outcome, type Surroundings } from './bulkhead.ts';

const bulkhead = await builtBulkhead();

/** A safe finding, severity warning, and one without a safe fix, severity error. */
const shouting = 'FROM a AS LOUD\n';
const rooted = 'FROM a\nUSER root\n';

const project = folderWith({
  '.git/HEAD': '',
  'clean/Dockerfile': 'FROM a\n',
  'loud/Dockerfile': shouting,
  'root/Dockerfile': rooted,
  'root/compose.yaml': 'services:\n  web:\n    image: a\n    healthcheck:\n      test: [CMD, a]\n',
  'configured/.bulkhead.yaml': 'fail-on: never\nrules:\n  shouted-stage: hint\n',
  'configured/Dockerfile': shouting,
  'mistaken/.bulkhead.yaml': 'profil: strict\n',
  'mistaken/Dockerfile': 'FROM a\n',
  'staged/.bulkhead.yaml': 'target: dev\noverrides:\n  - files: "*.Dockerfile"\n    target: nothing\n',
  'staged/Dockerfile': 'FROM a AS dev\nUSER root\nFROM a AS app\nUSER b\n',
  'staged/other.Dockerfile': 'FROM a AS dev\nUSER root\nFROM a AS app\nUSER b\n',
  'sets/.bulkhead.yaml': 'compose-sets: {all: [compose.yaml, gone.yaml]}\n',
  'sets/compose.yaml': 'services: {}\n',
  'excluded/.bulkhead.yaml': 'exclude: [Dockerfile]\n',
  'excluded/Dockerfile': shouting,
  'other.yaml': 'rules:\n  shouted-stage: error\n',
});

interface Found {
  readonly path: string;
  readonly language: string;
  readonly findings: readonly { readonly rule: string; readonly severity: string }[];
}

const filesOf = ({ out }: Outcome): readonly Found[] => JSON.parse(out).files;

/** `path: rule/severity ...` for each file. */
const summaryOf = (outcome: Outcome): string[] =>
  filesOf(outcome).map(({ path: name, findings }) =>
    `${name}: ${findings.map(({ rule, severity }) => `${rule}/${severity}`).join(' ')}`.trim(),
  );

interface Row {
  readonly words: readonly string[];
  readonly from?: Surroundings;
  readonly code: number;
  readonly files: readonly string[];
}

const rows: Readonly<Record<string, Row>> = {
  'a folder': {
    words: ['root'],
    code: 1,
    files: ['root/Dockerfile: root-account/error', 'root/compose.yaml:'],
  },
  'a file, as it is written': {
    words: ['./root/../loud/Dockerfile'],
    code: 1,
    files: ['loud/Dockerfile: shouted-stage/warning'],
  },
  'the current folder': {
    words: [],
    from: { in: path.join(project, 'clean') },
    code: 0,
    files: ['Dockerfile:'],
  },
  'an absolute path': {
    words: [path.join(project, 'clean')],
    code: 0,
    files: [`${project}/clean/Dockerfile:`],
  },
  'a file named twice is read once': {
    words: ['clean', 'clean/Dockerfile'],
    code: 0,
    files: ['clean/Dockerfile:'],
  },
  'a warning is below the threshold': {
    words: ['--fail-on', 'error', 'loud'],
    code: 0,
    files: ['loud/Dockerfile: shouted-stage/warning'],
  },
  'nothing reaches the threshold never': {
    words: ['--fail-on=never', 'root'],
    code: 0,
    files: ['root/Dockerfile: root-account/error', 'root/compose.yaml:'],
  },
  'the configuration of a file holds for it': {
    words: ['configured', 'clean'],
    code: 0,
    files: ['configured/Dockerfile: shouted-stage/hint', 'clean/Dockerfile:'],
  },
  'flags are stronger than the configuration': {
    words: ['--fail-on', 'hint', 'configured'],
    code: 1,
    files: ['configured/Dockerfile: shouted-stage/hint'],
  },
  'the stage that ships is the one that the configuration names': {
    words: ['staged'],
    code: 1,
    files: ['staged/Dockerfile: root-account/error', 'staged/other.Dockerfile:'],
  },
  'the stage that ships is the one that the flag names': {
    words: ['--target', 'app', 'staged'],
    code: 0,
    files: ['staged/Dockerfile:', 'staged/other.Dockerfile:'],
  },
  'no configuration': {
    words: ['--no-config', 'configured'],
    code: 1,
    files: ['configured/Dockerfile: shouted-stage/warning'],
  },
  'another configuration': {
    words: ['--config', 'other.yaml', 'configured'],
    code: 1,
    files: ['configured/Dockerfile: shouted-stage/error'],
  },
  'a mistake in the configuration is a finding': {
    words: ['mistaken'],
    code: 1,
    files: ['mistaken/Dockerfile:', 'mistaken/.bulkhead.yaml: invalid-configuration/warning'],
  },
  'a set of Compose files of which one is not there': {
    words: ['sets', '--set', 'all'],
    code: 1,
    files: ['sets/compose.yaml:', 'sets/.bulkhead.yaml: invalid-configuration/warning'],
  },
  'an excluded file': { words: ['excluded'], code: 0, files: [] },
  'one rule': {
    words: ['--rule', 'shouted-stage', 'root', 'loud'],
    code: 1,
    files: ['root/Dockerfile:', 'root/compose.yaml:', 'loud/Dockerfile: shouted-stage/warning'],
  },
  "a rule by another tool's id": {
    words: ['--rule', 'shout', 'loud'],
    code: 1,
    files: ['loud/Dockerfile: shouted-stage/warning'],
  },
  'several rules': {
    words: ['--rule', 'toy:SHOUT', '--rule', 'root-account', 'root', 'loud'],
    code: 1,
    files: [
      'root/Dockerfile: root-account/error',
      'root/compose.yaml:',
      'loud/Dockerfile: shouted-stage/warning',
    ],
  },
  'standard input': {
    words: ['-'],
    from: { input: rooted },
    code: 1,
    files: ['Dockerfile: root-account/error'],
  },
  'standard input under a name': {
    words: ['-', '--stdin-filename', 'a/compose.yaml'],
    from: { input: 'services:\n  web:\n    image: a\n' },
    code: 1,
    files: ['a/compose.yaml: unhealthy-service/error'],
  },
  'standard input has the configuration of its name': {
    words: ['-', '--stdin-filename', 'configured/Dockerfile'],
    from: { input: shouting },
    code: 0,
    files: ['configured/Dockerfile: shouted-stage/hint'],
  },
};
for (const [name, { words, from, code, files }] of Object.entries(rows)) {
  test(`lint: ${name}`, () => {
    const outcome = bulkhead(['lint', '--format', 'json', ...words], { in: project, ...from });
    assert.equal(outcome.err, '');
    assert.deepEqual(summaryOf(outcome), files);
    assert.equal(outcome.code, code);
  });
}

const loudReport = `\
loud/Dockerfile:1:11  warning  shouted-stage
  The stage LOUD is named in capitals: write loud.

    1 │ FROM a AS LOUD
      │           ^^^^

  fix: Write loud (safe: bulkhead fix)
`;
const loudSummary = `
1 warning in 1 of 1 file.
1 can be fixed with bulkhead fix.
More about a rule: bulkhead explain shouted-stage
`;

const textRows: readonly [name: string, words: string[], out: string, code: number][] = [
  ['findings and their summary', ['loud'], loudReport + loudSummary, 1],
  ['findings alone', ['--quiet', 'loud'], loudReport, 1],
  ['nothing to say', ['clean'], 'No findings in 1 file.\n', 0],
  ['nothing at all', ['-q', 'clean'], '', 0],
  [
    'for GitHub',
    ['--format=github', 'loud'],
    '::warning file=loud/Dockerfile,line=1,col=11,endLine=1,endColumn=15,title=shouted-stage::The stage LOUD is named in capitals: write loud.%0AFix: Write loud\n',
    1,
  ],
];
for (const [name, words, out, code] of textRows) {
  test(`lint prints ${name}`, () => {
    assert.deepEqual(bulkhead(['lint', ...words], { in: project }), { code, out, err: '' });
  });
}

test('lint, fix and report refuse a set of Compose files that no configuration has', () => {
  for (const name of ['lint', 'fix', 'report']) {
    const { code, err } = bulkhead([name, 'clean', '--set', 'x'], { in: project });
    assert.match(
      err,
      /^bulkhead: No set of Compose files in \.bulkhead\.yaml is called x\. Put it under compose-sets\.\n$/,
    );
    assert.equal(code, 2);
  }
});

test('lint prints SARIF with the version and the rules', () => {
  const { out, code } = bulkhead(['lint', '--format', 'sarif', 'loud'], { in: project });
  const [{ tool, results }] = JSON.parse(out).runs;
  assert.equal(code, 1);
  assert.equal(tool.driver.semanticVersion, '1.2.3');
  assert.equal(
    tool.driver.rules[results[0].ruleIndex].shortDescription.text,
    'A stage has a name in capitals',
  );
});

test('lint writes the report to a file, without colours', () => {
  const folder = folderWith({ Dockerfile: shouting });
  const words = ['lint', '--output', 'report.txt'];
  const outcome = bulkhead(words, { in: folder, env: { FORCE_COLOR: '1' } });
  assert.deepEqual(outcome, { code: 1, out: '', err: '' });
  const report = readFileSync(path.join(folder, 'report.txt'), 'utf8');
  assert.equal(report, (loudReport + loudSummary).replace('loud/', ''));
});

const colorRows: readonly [name: string, words: string[], env: Record<string, string>, hasColors: boolean][] =
  [
    ['none where nobody watches', [], {}, false],
    ['always', ['--color', 'always'], {}, true],
    ['FORCE_COLOR', [], { FORCE_COLOR: '1' }, true],
    ['NO_COLOR is stronger', [], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['never is stronger', ['--color=never'], { FORCE_COLOR: '1' }, false],
    ['the flag is the strongest', ['--color', 'always'], { NO_COLOR: '1' }, true],
  ];
for (const [name, words, env, hasColors] of colorRows) {
  test(`lint in colours: ${name}`, () => {
    const { out } = bulkhead(['lint', ...words, 'loud'], { in: project, env });
    assert.equal(stripVTControlCharacters(out), loudReport + loudSummary);
    assert.equal(out !== stripVTControlCharacters(out), hasColors);
  });
}

test('lint: no report shows a secret', () => {
  const folder = folderWith({
    Dockerfile: 'FROM a\nLABEL token=s3cr3t-value\nENV KEY=other-s3cr3t-value\nRUN login s3cr3t-value\n',
  });
  for (const format of ['text', 'json', 'sarif', 'github']) {
    const { out, err, code } = bulkhead(['lint', '--format', format], { in: folder });
    assert.equal(code, 1);
    assert.match(out, /token-in-label/);
    assert.doesNotMatch(out + err, /s3cr3t/, format);
  }
});

test('lint says where no file has the stage that is asked for', () => {
  const told = 'bulkhead: No stage here is called nope: every file goes by its last one.\n';
  for (const [target, err] of [
    ['nope', told],
    ['DEV', ''],
    ['1', ''],
    ['2', told.replace('nope', '2')],
  ] as const) {
    assert.equal(bulkhead(['lint', '--target', target, 'staged'], { in: project }).err, err);
  }
});
