// `bulkhead build` with an engine that is none: it says what a real one has said, and notes what it was called with.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { dockerfiles } from '../build/recorded/dockerfiles.ts';
import { trivyReport } from '../scan/reports.ts';
import { fakeBuilder, type RecordedBuild } from '../support/fake-builder.ts';
import { program, temporaryFolder } from '../support/fake-engine.ts';
import { fakeScanner } from '../support/fake-scanner.ts';
import { builtBulkhead, bundleBulkhead, folderWith } from './bulkhead.ts';

const bulkhead = await builtBulkhead();

function run(given: RecordedBuild | null, words: readonly string[], files: Readonly<Record<string, string>>) {
  const engine = given && fakeBuilder(given);
  const folder = folderWith(files);
  const outcome = bulkhead(['build', ...words], {
    in: folder,
    env: { PATH: engine?.folder ?? '/nowhere', TOKEN: 'tok-en-value' },
  });
  return { ...outcome, folder, calls: engine?.calls() ?? '' };
}

const text = (name: string): string => dockerfiles[name] ?? '';

test('an image, with what was cached and what comes next', () => {
  const files = { Dockerfile: text('ok'), 'a.txt': 'a' };
  const { code, out, err } = run(
    { name: 'docker', log: 'engine-buildkit/ok-cached.txt', code: 0 },
    ['-t', 'shop:1'],
    files,
  );
  assert.equal(code, 0, err);
  assert.match(
    out,
    /^Built shop:1, 182 MB in 2 layers: 4 steps, 4 from the cache, in [\d.]+ s\.\nNext: bulkhead scan shop:1 · bulkhead size shop:1\n$/,
  );
  assert.match(err, /^build 3\/4 {2}COPY a\.txt \.\n {2}from the cache\n/m);
});

test('a failure, at its line and with its code', () => {
  const { code, out, err } = run({ name: 'docker', log: 'engine-buildkit/failrun.txt', code: 1 }, [], {
    Dockerfile: text('failrun'),
  });
  assert.equal(code, 1);
  const [place, message] = out.split('\n');
  assert.deepEqual(
    [place, message],
    ['Dockerfile:3:1  error  build-failed', '  The command ended with exit code 1. Its last words: oops'],
  );
  assert.match(err, /^build 3\/3 {2}RUN echo two && .*\n {2}two\n {2}oops\n {2}failed in/m);
});

test('an engine that does not run is told once, and no line is at fault', () => {
  const { code, out } = run({ name: 'docker', log: 'docker-legacy/down.txt', code: 1 }, [], {
    Dockerfile: text('ok'),
  });
  assert.equal(code, 2);
  assert.match(
    out,
    /^docker does not run, or is not where DOCKER_HOST or the context says\. Start it .*\nThe build failed after [\d.]+ s\.\n$/,
  );
});

test('JSON', () => {
  const { out } = run(
    { name: 'podman', log: 'podman/ok.txt', code: 0 },
    ['--format', 'json', '-q', '-t', 'x:1'],
    { Dockerfile: text('ok') },
  );
  const { version, path: file, tag, ending, steps, image, problems } = JSON.parse(out);
  assert.deepEqual(
    [version, file, tag, ending, steps, image.bytes],
    [1, 'Dockerfile', 'x:1', 'built', 8, 182_000_000],
  );
  assert.deepEqual(
    problems.map(
      ({ code, severity, range }: { code: string; severity: string; range: { start: unknown } }) => [
        code,
        severity,
        range.start,
      ],
    ),
    [['buildah', 'warning', { line: 12, character: 0 }]],
  );
});

test('words of a person stay within their arguments, and secrets are none', () => {
  const words = [
    '--build-arg',
    'A=$(touch no) --rm',
    '--secret',
    'id=token,env=TOKEN',
    '--target',
    'a',
    '-t',
    'x:1',
  ];
  const { calls, code, err } = run({ name: 'docker', log: 'engine-buildkit/ok.txt', code: 0 }, words, {
    Dockerfile: text('target'),
  });
  assert.equal(code, 0, err);
  assert.match(calls, /^--build-arg=A=\$\(touch no\) --rm\n--secret=id=token,env=TOKEN\n/m);
  assert.ok(!calls.includes('tok-en-value') && !err.includes('tok-en-value'));
});

const failures: readonly [
  name: string,
  words: readonly string[],
  files: Readonly<Record<string, string>>,
  engine: boolean,
  err: RegExp,
][] = [
  [
    'no engine',
    [],
    { Dockerfile: 'FROM a\n' },
    false,
    /There is no docker, podman or nerdctl in PATH to build with\. Install one of them/,
  ],
  [
    'no engine of that name, and no other',
    ['--engine', 'nerdctl'],
    { Dockerfile: 'FROM a\n' },
    false,
    /There is no nerdctl in PATH to build with\. Install it, then build again\./,
  ],
  [
    'another engine',
    ['--engine', 'nerdctl'],
    { Dockerfile: 'FROM a\n' },
    true,
    /There is no nerdctl in PATH to build with\. Install it, or build with docker/,
  ],
  ['nothing to build', [], { 'a.txt': '' }, true, /There is no Dockerfile and no Compose file in \./],
  ['a file that is not there', ['nope'], {}, true, /nope .*Name a Dockerfile/],
  ['two files', ['a', 'b'], {}, true, /One image is built at a time/],
  [
    'a secret that is needed',
    [],
    { Dockerfile: text('secret') },
    true,
    /asks for the secret token: --secret id=token,src=FILE gives it/,
  ],
  ['a builder without buildx', ['--builder', 'far'], { Dockerfile: 'FROM a\n' }, true, /buildx plugin/],
  [
    'nothing to compare',
    ['--compare'],
    { Dockerfile: 'FROM a\n' },
    true,
    /nothing to compare: no repair changes this file\. With --unsafe/,
  ],
];
for (const [name, words, files, engine, err] of failures) {
  test(name, () => {
    const outcome = run(
      engine ? { name: 'docker', log: 'engine-buildkit/ok.txt', code: 0 } : null,
      words,
      files,
    );
    assert.equal(outcome.code, 2, outcome.out);
    assert.match(outcome.err + outcome.out, err);
  });
}

test('an argument without a value is told, and the build goes on', () => {
  const { code, err } = run({ name: 'docker', log: 'engine-buildkit/ok.txt', code: 0 }, ['-q'], {
    Dockerfile: 'ARG WHAT\nFROM a:$WHAT\n',
  });
  assert.equal(code, 0);
  assert.equal(err, 'bulkhead: WHAT has no default and no value: --build-arg WHAT=VALUE gives it one.\n');
});

test('before and after the repairs, with what a scanner finds in both', () => {
  const engine = fakeBuilder({ name: 'docker', log: 'engine-buildkit/ok.txt', code: 0 });
  const scanner = fakeScanner('trivy', { report: trivyReport({}) });
  const words = ['--compare', '--unsafe', '-q', '-t', 'x:1'];
  const given = { in: folderWith({ Dockerfile: 'FROM a\nUSER root\n' }) };
  const { code, out, err } = bulkhead(['build', ...words], {
    ...given,
    env: { PATH: `${engine.folder}:${scanner.folder}` },
  });
  assert.deepEqual([code, err], [0, '']);
  assert.equal(
    out,
    `1 repair

                 before  after the repairs
size             182 MB  182 MB
layers           2       2
user             app     app
health           none    none
vulnerabilities  none    none
`,
  );
  const broken = fakeScanner('trivy', { report: null, says: 'no space left on device' });
  const told = bulkhead(['build', ...words, '--format', 'json'], {
    ...given,
    env: { PATH: `${engine.folder}:${broken.folder}` },
  });
  assert.match(told.err, /^bulkhead: Vulnerabilities are not compared\. The disk is full\./);
  assert.deepEqual(JSON.parse(told.out).more, []);
});

test('Ctrl+C stops it, and that is told', { skip: process.platform === 'win32' }, async () => {
  const folder = temporaryFolder();
  program(
    folder,
    'docker',
    `case "$1" in build) trap 'exit 130' INT; echo '#1 [1/1] RUN x'; echo '#1 0.1 waiting'; while :; do /bin/sleep 0.05; done ;; --version) echo 'version 20.1' ;; *) exit 1 ;; esac\n`,
  );
  const file = await bundleBulkhead();
  const child = spawn(process.execPath, [file, 'build', '-t', 'x:1'], {
    cwd: folderWith({ Dockerfile: 'FROM a\n' }),
    env: { PATH: folder, HOME: folder },
  });
  let out = '';
  child.stdout.on('data', text => {
    out += text;
  });
  child.stderr.on('data', (text: Buffer) => {
    if (text.includes('waiting')) child.kill('SIGINT');
  });
  const code = await new Promise(resolve => child.on('close', resolve));
  assert.equal(code, 2);
  assert.match(out, /^The build was stopped after [\d.]+ s\. Nothing of it is left but its cache\.\n$/);
});
