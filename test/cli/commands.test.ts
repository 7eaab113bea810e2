// The command line as a whole: its commands, their help, and what it says when something is wrong.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { builtBulkhead, bundleBulkhead, folderWith } from './bulkhead.ts';
import { rules as toyRules } from './rules.ts';

const bulkhead = await builtBulkhead();

const commands = ['lint', 'fix', 'report', 'build', 'rules', 'explain', 'init', 'config', 'parse', 'lsp'];

const helpRows: readonly [words: string[], pattern: RegExp][] = [
  [[], /^Usage: bulkhead COMMAND/m],
  [['--help'], /^Usage: bulkhead COMMAND/m],
  [['help'], /^ {2}lint {5}Report what makes/m],
  [['help', 'fix'], /^ {6}--dry-run {2,}Write nothing/m],
  [['--version'], /^1\.2\.3\n$/],
  [['-V'], /^1\.2\.3\n$/],
  ...commands.map((name): [string[], RegExp] => [
    [name, '-h'],
    new RegExp(`^Usage: bulkhead ${name} \\[FLAGS\\]`, 'm'),
  ]),
];
for (const [words, pattern] of helpRows) {
  test(`bulkhead ${words.join(' ')}`, () => {
    const { code, out, err } = bulkhead(words);
    assert.match(out, pattern);
    assert.deepEqual([code, err], [0, '']);
  });
}

const mistakeRows: readonly [words: string[], err: string][] = [
  [['lnit'], 'There is no command lnit. Did you mean lint? bulkhead --help lists the commands.'],
  [
    ['./Dockerfile'],
    'There is no command ./Dockerfile. To check a path: bulkhead lint PATH. bulkhead --help lists the commands.',
  ],
  [
    ['lint', '--frmat', 'json'],
    'bulkhead lint has no flag --frmat. Did you mean --format? bulkhead lint --help lists them.',
  ],
  [['lint', '-x'], 'bulkhead lint has no flag -x. bulkhead lint --help lists them.'],
  [['lint', '--constructor'], 'bulkhead lint has no flag --constructor. bulkhead lint --help lists them.'],
  [['lint', '--format=jsn'], '--format is one of text, json, sarif, github, not "jsn". Did you mean json?'],
  [['lint', '--format'], '--format needs a value: --format text|json|sarif|github.'],
  [['lint', '--quiet=yes'], '--quiet takes no value.'],
  [
    ['lint', '--rule', 'roots-account'],
    'There is no rule roots-account. Did you mean root-account? bulkhead rules lists them.',
  ],
  [['explain'], 'explain needs a rule: bulkhead explain root-user. bulkhead rules lists them.'],
  [['explain', 'TOY02'], 'There is no rule TOY02. Did you mean TOY001? bulkhead rules lists them.'],
  [
    ['lint', '--config', 'a', '--no-config'],
    '--config and --no-config exclude each other. Leave one of them out.',
  ],
  [['lint', '--config', 'nowhere.yaml'], 'nowhere.yaml does not exist. Name a configuration file.'],
  [
    ['lint', '-', '--output', 'no/such/folder'],
    'no/such/folder does not exist. Choose another place for the report.',
  ],
];
for (const [words, err] of mistakeRows) {
  test(`bulkhead ${words.join(' ')} fails in one line`, () => {
    assert.deepEqual(bulkhead(words), { code: 2, out: '', err: `bulkhead: ${err}\n` });
  });
}

test('rules: a table, and JSON', () => {
  assert.match(
    bulkhead(['rules']).out,
    /^ {2}root-account {6,}error {4}recommended {2}unsafe {6}The account is root$/m,
  );
  const { version, rules } = JSON.parse(bulkhead(['rules', '--format', 'json']).out);
  assert.equal(version, 1);
  assert.deepEqual(
    rules.map(({ id }: { readonly id: string }) => id),
    catalogueOf(toyRules).infos.map(({ id }) => id),
  );
});

const explainRows: readonly [name: string, heads: string[]][] = [
  ['shouted-stage', ['shouted-stage']],
  ['SHOUT', ['shouted-stage']],
  ['toy:shout', ['shouted-stage']],
  ['unused-suppression', ['unused-suppression']],
];
for (const [name, heads] of explainRows) {
  test(`explain ${name}`, () => {
    const { code, out } = bulkhead(['explain', name]);
    assert.deepEqual([code, out.split('\n').slice(0, 1)], [0, heads]);
    assert.match(out, /^Silence it:$/m);
  });
}

test('parse: the instructions as BuildKit reads them, Compose files passed over', () => {
  const folder = folderWith({ Dockerfile: 'FROM a\nRUN --network=none b \\\n  c\n', 'compose.yaml': '' });
  const { out, code } = bulkhead(['parse', '--format', 'json'], { in: folder });
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out), {
    version: 1,
    files: [
      {
        path: 'Dockerfile',
        escape: '\\',
        error: null,
        instructions: [
          {
            keyword: 'FROM',
            startLine: 1,
            endLine: 1,
            flags: [],
            json: false,
            arguments: ['a'],
            heredocs: [],
          },
          {
            keyword: 'RUN',
            startLine: 2,
            endLine: 3,
            flags: ['--network=none'],
            json: false,
            arguments: ['b   c'],
            heredocs: [],
          },
        ],
      },
    ],
  });
});

test('init writes a configuration that holds, commented lines too, and never overwrites one', () => {
  const folder = folderWith({ Dockerfile: 'FROM a AS LOUD\n' });
  const first = bulkhead(['init'], { in: folder });
  assert.deepEqual([first.code, first.err], [0, '']);
  assert.match(first.out, /^Wrote \.bulkhead\.yaml/);
  const file = path.join(folder, '.bulkhead.yaml');
  assert.equal(bulkhead(['lint', '--fail-on', 'hint', '--rule', 'root-account'], { in: folder }).code, 0);

  assert.deepEqual(bulkhead(['init'], { in: folder }), {
    code: 2,
    out: '',
    err: 'bulkhead: .bulkhead.yaml is there already.\n',
  });

  // The toy rules stand in for those that the text names.
  const written = readFileSync(file, 'utf8').replaceAll(/^#(?! |$)/gm, '');
  writeFileSync(file, written.replaceAll(/root-user|missing-healthcheck|unpinned-image/g, 'shouted-stage'));
  const { out } = bulkhead(['lint', '--format', 'json', '--fail-on', 'never'], { in: folder });
  const files: readonly { readonly path: string; readonly findings: object[] }[] = JSON.parse(out).files;
  const mistakes = files
    .filter(({ path: name }) => name === '.bulkhead.yaml')
    .flatMap(({ findings }) => findings);
  assert.deepEqual(
    mistakes.filter(finding => !JSON.stringify(finding).includes('shouted-stage')),
    [],
  );
});

test('lsp starts the language server', async () => {
  const file = await bundleBulkhead();
  const server = spawn(process.execPath, [file, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  let answer = '';
  // It is read on: a server that nobody listens to has every reason to fail.
  await new Promise<void>(resolve => {
    server.stdout.on('data', chunk => {
      answer += String(chunk);
      if (answer.includes('"capabilities"')) resolve();
    });
  });
  send({ id: 2, method: 'shutdown' });
  send({ method: 'exit' });
  const code = await new Promise(resolve => server.once('exit', resolve));
  assert.match(answer, /"id":1/);
  assert.equal(code, 0);
});

test('a reader that stops reading is no failure', async () => {
  const file = await bundleBulkhead();
  const folder = folderWith({ Dockerfile: 'FROM a AS LOUD\n'.repeat(2_000) });
  const { stdout, stderr } = spawnSync(
    'sh',
    ['-c', `"$0" "$1" lint --format github | head -n 1`, process.execPath, file],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  assert.match(stdout, /^::warning [^\n]+\n$/);
  assert.equal(stderr, '');
});

test('a long report is written whole', () => {
  const folder = folderWith({ Dockerfile: 'FROM a AS LOUD\n'.repeat(2_000) });
  const { out, code } = bulkhead(['lint', '--format', 'json'], { in: folder });
  assert.equal(code, 1);
  assert.equal(JSON.parse(out).files[0].findings.length, 2_000);
});

test('many files take little time', () => {
  const folder = folderWith(
    Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`d${n}/Dockerfile`, 'FROM a AS LOUD\n'])),
  );
  const started = performance.now();
  const { out } = bulkhead(['lint', '--format', 'json'], { in: folder });
  assert.equal(JSON.parse(out).files.length, 900);
  assert.ok(performance.now() - started < 30_000);
});
