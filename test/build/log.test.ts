// Logs of builds, recorded on real engines: what is read of them, and where in the Dockerfile it is placed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { BuildLog } from '../../server/core/build/log.ts';
import { placeProblems } from '../../server/core/build/placing.ts';
import type { BuildEvent } from '../../server/core/build/step.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { lineIndex } from '../../server/core/text/lines.ts';
import { dockerfiles } from './recorded/dockerfiles.ts';

const recorded = (builder: string, name: string): string[] =>
  readFileSync(path.join(import.meta.dirname, 'recorded', builder, `${name}.txt`), 'utf8')
    .trimEnd()
    .split('\n');

function readLog(builder: string, name: string): { log: BuildLog; events: BuildEvent[] } {
  const log = new BuildLog();
  return { log, events: recorded(builder, name).flatMap((line, second) => log.read(line, second * 1_000)) };
}

const built = ['build 3/4 COPY a.txt . done', 'build 4/4 RUN echo bui done', 'stage-1 2/2 COPY --from= done'];

test('what Docker says of its older builder is not passed on', () => {
  const { events } = readLog('docker-legacy', 'down');
  assert.deepEqual(
    events.map(event => event.kind === 'output' && event.text),
    ['Cannot connect to the Docker daemon at tcp://127.0.0.1:9. Is the docker daemon running?'],
  );
});

describe('steps', () => {
  const rows: readonly [builder: string, name: string, steps: readonly string[]][] = [
    ['engine-buildkit', 'ok', ['build 1/4 FROM docker. done', 'build 2/4 WORKDIR /src done', ...built]],
    [
      'engine-buildkit',
      'ok-cached',
      [
        'build 1/4 FROM docker. done',
        ...['build 2/4 WORKDIR /src done', ...built].map(step => step.replace('done', 'cached')),
      ],
    ],
    [
      'engine-buildkit',
      'failrun',
      ['build 1/3 FROM docker. cached', 'build 2/3 RUN echo one done', 'build 3/3 RUN echo two failed'],
    ],
    ['engine-buildkit', 'syntax', []],
    ['buildkit', 'failrun', ['build 1/3 RUN echo one done', 'build 2/3 RUN echo two failed']],
    [
      'docker-legacy',
      'failrun',
      ['1/5 FROM alpine: done', '2/5 RUN echo one done', '3/5 RUN echo two failed'],
    ],
    [
      'podman',
      'failrun',
      ['1 1/3 FROM alpine: done', '1 2/3 RUN echo one done', '1 3/3 RUN echo two failed'],
    ],
  ];
  for (const [builder, name, steps] of rows) {
    test(`${builder} ${name}`, () => {
      const { log } = readLog(builder, name);
      log.problems(name.startsWith('fail'));
      const actual = log.steps
        .filter(({ number }) => number !== null)
        .map(({ stage, number, total, text, state }) =>
          `${stage ?? ''} ${number}/${total} ${text.slice(0, 12)} ${state}`.trim(),
        );
      assert.deepEqual(actual, steps);
    });
  }

  test('a second build takes from the cache what it can', () => {
    const count = (builder: string): number =>
      readLog(builder, 'ok-cached').log.steps.filter(({ state }) => state === 'cached').length;
    assert.deepEqual([count('docker-legacy'), count('podman'), count('engine-buildkit')], [9, 9, 4]);
  });

  test('seconds are those that BuildKit tells, or go by the clock', () => {
    const seconds = (builder: string): (number | null)[] =>
      readLog(builder, 'ok')
        .log.steps.filter(({ text }) => text.startsWith('RUN'))
        .map(step => step.seconds);
    assert.deepEqual([seconds('engine-buildkit'), seconds('docker-legacy')], [[1.5], [4]]);
  });

  test('steps are told when they begin and when they end', () => {
    const told = readLog('buildkit', 'failrun').events.flatMap(event =>
      event.kind === 'step' && event.step.number !== null ? [`${event.step.number} ${event.step.state}`] : [],
    );
    assert.deepEqual(told, ['1 running', '1 done', '2 running', '2 failed']);
  });
});

describe('output', () => {
  for (const builder of ['engine-buildkit', 'buildkit', 'buildx', 'docker-legacy', 'podman']) {
    test(`${builder}: what a program prints is output, whatever it looks like`, () => {
      const { log, events } = readLog(builder, 'progress');
      const output = events.flatMap(event => (event.kind === 'output' && event.step ? [event.text] : []));
      const lines = ['c', 'red', '', 'ERROR: not really', 'Dockerfile:1', 'line 1', 'line 2', 'line 3'];
      assert.deepEqual(output, lines);
      assert.deepEqual(log.problems(false), []);
    });
  }

  test('a program that prints steps does not make some', () => {
    const lines = [
      'Step 1/2 : FROM a',
      'Step 2/2 : RUN x',
      ' ---> Running in 0123456789ab',
      'Step 9/9 : RUN y',
      'Step 2/2 : no',
    ];
    const log = new BuildLog();
    for (const line of lines) log.read(line, 0);
    assert.equal(log.steps.length, 2);
  });
});

type Place = readonly [lines: string, message: RegExp];

describe('failures', () => {
  const oops = /^The command ended with exit code 1\. Its last words: oops$/;
  const notFound = /missing\.txt/;
  const unknownKeyword = /^[Uu]nknown instruction: RUNN|Unknown instruction: "RUNN"/;
  const rows: readonly [name: string, places: Readonly<Record<string, Place>>][] = [
    [
      'failrun',
      {
        'engine-buildkit': ['3-5', oops],
        buildkit: ['3-5', oops],
        buildx: ['3-5', oops],
        'docker-legacy': ['3-5', oops],
        podman: ['3-5', oops],
      },
    ],
    [
      'failexec',
      {
        'engine-buildkit': ['2', /exit code 1\. Its last words: .*"\/bin\/missing": stat/],
        buildkit: ['2', /exit code 1\. Its last words: .*"\/bin\/missing": stat/],
        buildx: ['2', /exit code 1\. Its last words: .*"\/bin\/missing": stat/],
        'docker-legacy': ['2', /exec: "\/bin\/missing": stat \/bin\/missing: no such file/],
        podman: ['2', /exit code 1\. Its last words: process failed to start/],
      },
    ],
    [
      'syntax',
      {
        'engine-buildkit': ['4', unknownKeyword],
        buildkit: ['4', unknownKeyword],
        buildx: ['4', unknownKeyword],
        'docker-legacy': ['4', unknownKeyword],
        podman: ['4', unknownKeyword],
      },
    ],
    [
      'syntax2',
      {
        'engine-buildkit': ['2', /^COPY requires at least two/],
        buildkit: ['2', /^COPY requires at least two/],
        buildx: ['2', /^COPY requires at least two/],
        'docker-legacy': ['2', /^COPY requires at least two/],
        podman: ['2', /^COPY requires at least one argument$/],
      },
    ],
    [
      'syntax3',
      {
        'engine-buildkit': ['1', /^no build stage in current context$/],
        buildkit: ['1', /^no build stage in current context$/],
        buildx: ['1', /^no build stage in current context$/],
        'docker-legacy': ['1', /^no build stage in current context$/],
      },
    ],
    [
      'syntax4',
      {
        'engine-buildkit': ['3', /^ENV must have two arguments$/],
        buildkit: ['3', /^ENV must have two arguments$/],
        buildx: ['3', /^ENV must have two arguments$/],
        'docker-legacy': ['3', /^ENV must have two arguments$/],
        podman: ['3', /ENV must have two arguments$/],
      },
    ],
    [
      'nobase',
      {
        'engine-buildkit': ['1', /network is unreachable$/],
        buildkit: ['1', /^missing\/nowhere:1: failed to resolve/],
        buildx: ['1', /^missing\/nowhere:1: failed to resolve/],
        'docker-legacy': ['1', /network is unreachable$/],
        podman: ['1', /manifest unknown$/],
      },
    ],
    [
      'nofile',
      {
        'engine-buildkit': ['3', notFound],
        buildkit: ['3', notFound],
        buildx: ['3', notFound],
        'docker-legacy': ['3', notFound],
        podman: ['3', notFound],
      },
    ],
    [
      'secret',
      {
        'engine-buildkit': ['2', /^secret token not found/],
        buildkit: ['2', /^secret token: not found$/],
        buildx: ['2', /^secret token: not found$/],
        'docker-legacy': ['2', /requires BuildKit/],
        podman: ['2', /no secret with id token found$/],
      },
    ],
    [
      'target',
      {
        'engine-buildkit': ['none', /^target stage nope could not be found$/],
        buildx: ['none', /^target stage "nope" could not be found$/],
        'docker-legacy': ['none', /^failed to reach build target nope in Dockerfile$/],
        podman: ['none', /^The target "nope" was not found/],
      },
    ],
    [
      'mountflag',
      {
        'engine-buildkit': ['2', /^Unknown flag: mout$/],
        buildkit: ['2', /^unknown flag: --mout \(did you mean mount\?\)$/],
        buildx: ['2', /^unknown flag: --mout \(did you mean mount\?\)$/],
        'docker-legacy': ['2', /^Unknown flag: mout$/],
        podman: ['2', /^RUN only supports the --mount flag$/],
      },
    ],
    [
      'empty',
      {
        'engine-buildkit': ['2', /^file with no instructions$/],
        buildkit: ['1', /^file with no instructions$/],
        buildx: ['1', /^file with no instructions$/],
        'docker-legacy': ['2', /^file with no instructions$/],
        podman: ['2', /no stages to build$/],
      },
    ],
  ];
  for (const [name, places] of rows) {
    for (const [builder, [lines, message]] of Object.entries(places)) {
      test(`${name}, ${builder}`, () => {
        const text = dockerfiles[name] ?? '';
        const [failure] = placeProblems(parseDockerfile(text), readLog(builder, name).log.problems(true));
        assert.match(failure?.message ?? '', message);
        const index = lineIndex(text);
        const span = failure?.span;
        const [first, last] = span ? [index.lineAt(span.start) + 1, index.lineAt(span.end) + 1] : [];
        assert.equal(first === undefined ? 'none' : first === last ? `${first}` : `${first}-${last}`, lines);
        assert.equal(failure?.code, 'build-failed');
      });
    }
  }

  test('what the client says before anything is built', () => {
    const log = new BuildLog();
    log.read('Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running?', 0);
    const [failure] = log.problems(true);
    assert.match(failure?.message ?? '', /^Cannot connect/);
  });
});

describe('warnings', () => {
  const rows: readonly [builder: string, name: string, warnings: readonly string[]][] = [
    [
      'buildkit',
      'warn',
      [
        '1 buildkit:StageNameCasing',
        '1 buildkit:ConsistentInstructionCasing',
        '2 buildkit:MaintainerDeprecated',
      ],
    ],
    [
      'buildx',
      'warn',
      [
        '1 buildkit:ConsistentInstructionCasing',
        '1 buildkit:StageNameCasing',
        '2 buildkit:MaintainerDeprecated',
        '6 buildkit:SecretsUsedInArgOrEnv',
        '8 buildkit:JSONArgsRecommended',
        '8 buildkit:MultipleInstructionsDisallowed',
        '9 buildkit:JSONArgsRecommended',
      ],
    ],
    ['podman', 'ok', ['13 buildah']],
    ['podman', 'warn', ['none buildah']],
    ['docker-legacy', 'warn', []],
  ];
  for (const [builder, name, warnings] of rows) {
    test(`${builder} ${name}`, () => {
      const text = dockerfiles[name] ?? '';
      const index = lineIndex(text);
      const problems = placeProblems(parseDockerfile(text), readLog(builder, name).log.problems(false));
      assert.deepEqual(
        problems.map(({ span, code }) => `${span ? index.lineAt(span.start) + 1 : 'none'} ${code}`),
        warnings,
      );
    });
  }
});

test('hostile lines are read in no time, and throw nothing', () => {
  const lines = [
    '#1 [',
    '#',
    `#1 ${'['.repeat(50_000)}`,
    `Step 1/1 : ${' '.repeat(50_000)}`,
    `Error: building at STEP "${'"'.repeat(20_000)}`,
    ` - a: ${'(line '.repeat(20_000)}`,
    '\u001B['.repeat(50_000),
    `time="" level=warning msg="${'\\'.repeat(50_001)}"`,
    `The command '${"' returned a non-zero code: ".repeat(5_000)}`,
  ];
  for (const first of ['#1 [1/1] FROM x', 'Step 1/1 : FROM x', 'STEP 1/1: FROM x', '']) {
    const log = new BuildLog();
    const began = process.cpuUsage().user;
    for (const line of [first, ...lines]) log.read(line, 0);
    log.problems(true);
    assert.ok(process.cpuUsage().user - began < 2_000_000);
  }
});
