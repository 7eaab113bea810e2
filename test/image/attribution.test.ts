// Attribution: the instruction that each layer of an image came from, over the forms in which builders tell of their steps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attribute, type Hints, type Origin } from '../../server/core/image/attribution.ts';
import type { ImageConfig } from '../../server/core/image/config.ts';
import type { DockerfileModel } from '../../server/core/model/dockerfile/model.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';

/** Steps as their builder tells them; those without a layer in brackets. */
function configOf(steps: readonly string[]): ImageConfig {
  const history = steps.map(step => {
    const isEmpty = /^\[.*\]$/s.test(step);
    return { createdBy: isEmpty ? step.slice(1, -1) : step, comment: '', isEmpty };
  });
  const diffIds = history.filter(({ isEmpty }) => !isEmpty).map((_, index) => `sha256:${index}`);
  return { history, diffIds, platform: 'linux/amd64' };
}

/** `base` or `?`, or the line of the instruction. */
function shown({ text }: DockerfileModel, origin: Origin): string {
  if (origin.kind === 'unknown') return '?';
  const { span } = origin.kind === 'base' ? origin.from : origin.instruction;
  const line = text.slice(0, span.start).split('\n').length;
  return origin.kind === 'base' ? `base ${line}` : String(line);
}

function linesOf(
  text: string,
  steps: readonly string[],
  hints: Hints = {},
  target: string | null = null,
): string[] {
  const model = parseDockerfile(text, target);
  return attribute(model, configOf(steps), hints).map(({ origin }) => shown(model, origin));
}

const debian = "# debian.sh --arch 'amd64' out/ 'bookworm'";
const sh = '/bin/sh -c';

// biome-ignore format: one row a case
const rows: readonly [name: string, text: string, steps: string[], lines: string[]][] = [
  ['BuildKit', 'FROM debian\nENV A=b\nRUN apt-get update\nCOPY . /app\nADD --chown=1:1 x.tar /\nWORKDIR /app',
    [debian, '[CMD ["bash"]]', '[ENV A=b]', `RUN ${sh} apt-get update # buildkit`, 'COPY . /app # buildkit', 'ADD --chown=1:1 x.tar / # buildkit', 'WORKDIR /app'],
    ['base 1', '3', '4', '5', '6']],
  ['BuildKit with build arguments, of which one looks like a shell', 'FROM debian\nARG A\nRUN make  all',
    [debian, '[ARG A=/bin/sh -c x]', `RUN |1 A=/bin/sh -c x ${sh} make all # buildkit`], ['base 1', '3']],
  ['lines that go on', 'FROM a\nRUN apt-get update && \\\n    # why\n    apt-get install -y x \\\n && true',
    ['x', `RUN ${sh} apt-get update &&     apt-get install -y x  && true # buildkit`], ['base 1', '2']],
  ['exec form', 'FROM a\nRUN ["/bin/tool", "a b"]', ['x', 'RUN /bin/tool a b # buildkit'], ['base 1', '2']],
  ['another shell', 'FROM a\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a | b',
    ['x', '[SHELL [/bin/bash -o pipefail -c]]', 'RUN /bin/bash -o pipefail -c a | b # buildkit'], ['base 1', '3']],
  ['a shell that the base sets', 'FROM a\nRUN a', ['x', 'RUN /bin/ash -eo pipefail -c a # buildkit'], ['?', '?']],
  ['the shell of Windows', 'FROM a\nRUN dir', ['x', 'RUN cmd /S /C dir # buildkit'], ['base 1', '2']],
  ['not a command that only ends alike', 'FROM a\nRUN true', ['x', `RUN ${sh} rm x && true # buildkit`], ['?', '?']],
  ['mounts are not told', 'FROM a\nRUN --mount=type=cache,target=/c make', ['x', `RUN ${sh} make # buildkit`], ['base 1', '2']],
  ['a heredoc', 'FROM a\nRUN <<EOF\na\nb\nEOF', ['x', `RUN ${sh} a\nb\n # buildkit`], ['base 1', '2']],
  ['a heredoc with its own interpreter', 'FROM a\nRUN <<EOF\n#!/bin/x\nb\nEOF', ['x', 'RUN /dev/pipes/EOF # buildkit'], ['base 1', '2']],
  ['a heredoc as input', 'FROM a\nRUN cat <<EOF > /f\na\nEOF', ['x', `RUN ${sh} cat <<EOF > /f\na\nEOF # buildkit`], ['base 1', '2']],
  ['a copied heredoc', 'FROM a\nCOPY <<f /x/\na\nf', ['x', 'COPY <<f /x/ # buildkit'], ['base 1', '2']],
  ['copied from a stage', 'FROM a AS b\nRUN make\nFROM c\nCOPY --from=b --chmod=755 /x /y /z/',
    ['x', 'COPY --chmod=755 /x /y /z/ # buildkit'], ['base 3', '4']],
  ['variables that only the build knew', 'FROM a\nARG V=1\nCOPY app-${V}.jar $HOME/lib/\nWORKDIR $HOME/x',
    ['x', 'COPY app-2.jar /home/me/lib/ # buildkit', 'WORKDIR /home/me/x'], ['base 1', '3', '4']],
  ['a folder relative to that of the base', 'FROM a\nWORKDIR x/', ['x', 'WORKDIR /srv/x'], ['base 1', '2']],
  ['a folder relative to one of the file', 'FROM a\nWORKDIR /srv\nWORKDIR x', ['x', 'WORKDIR /srv', 'WORKDIR /srv/x'], ['base 1', '2', '3']],
  ['the older builder', 'FROM a\nLABEL a=b\nCOPY --chown=1 . .\nRUN make\nADD x /y/\nWORKDIR /w',
    [`${sh} #(nop) ADD file:aa in / `, `[${sh} #(nop)  CMD ["sh"]]`, `[${sh} #(nop)  LABEL a=b]`, `${sh} #(nop) COPY --chown=1 dir:bb in . `,
      `${sh} make`, `${sh} #(nop) ADD file:cc in /y/ `, `[${sh} #(nop) WORKDIR /w]`], ['base 1', '3', '4', '5']],
  ['the older builder with build arguments', 'FROM a\nARG V\nRUN make $V', ['x', `|1 V=a b ${sh} make $V`], ['base 1', '3']],
  ['buildah', 'FROM a\nWORKDIR /w\nCOPY a b ./\nRUN --mount=type=cache,target=/c make',
    ['x', `[${sh} #(nop) WORKDIR /w]`, `${sh} #(nop) COPY multi:aa in ./ `, `${sh} --mount=type=cache,target=/c make`], ['base 1', '3', '4']],
  ['buildah with a heredoc', 'FROM a\nRUN cat <<EOF > /f\na\nEOF', ['x', `${sh} cat <<EOF > /f\na`], ['base 1', '2']],
  ['kaniko', 'FROM a AS b\nFROM a\nRUN make\nCOPY --from=b /x /y', ['x', 'RUN make', 'COPY --from=b /x /y'], ['base 2', '3', '4']],
  ['through stages', 'FROM a AS b\nRUN one\nFROM b AS c\nRUN two\nFROM c\nRUN three',
    ['x', `RUN ${sh} one # buildkit`, `RUN ${sh} two # buildkit`, `RUN ${sh} three # buildkit`], ['base 1', '2', '4', '6']],
  ['a trigger of a stage', 'FROM a AS b\nONBUILD RUN late\nFROM b\nRUN soon',
    ['x', `RUN ${sh} late # buildkit`, `RUN ${sh} soon # buildkit`], ['base 1', '2', '4']],
  ['a trigger of the base', 'FROM node:onbuild\nRUN one', ['x', 'COPY . /app # buildkit', `RUN ${sh} one # buildkit`], ['base 1', 'base 1', '2']],
  ['nothing below', 'FROM scratch\nCOPY a /\nCOPY b /', ['COPY a / # buildkit', 'COPY b / # buildkit'], ['2', '3']],
  ['something below nothing', 'FROM scratch\nCOPY b /', ['COPY a / # buildkit', 'COPY b / # buildkit'], ['?', '2']],
  ['only the base', 'FROM a\nCMD ["x"]', ['x', 'y', '[CMD ["x"]]'], ['base 1', 'base 1']],
  ['what the base did before', 'FROM a\nWORKDIR /app\nCOPY . .', ['x', 'WORKDIR /app', 'COPY . . # buildkit', 'WORKDIR /app', 'COPY . . # buildkit'],
    ['base 1', 'base 1', 'base 1', '2', '3']],
  ['a line that is new', 'FROM a\nRUN one\nRUN new\nCOPY . .', ['x', `RUN ${sh} one # buildkit`, 'COPY . . # buildkit'], ['base 1', '2', '4']],
  ['a line that is gone', 'FROM a\nRUN one\nCOPY . .', ['x', `RUN ${sh} one # buildkit`, `RUN ${sh} old # buildkit`, 'COPY . . # buildkit'], ['base 1', '2', '?', '3']],
  ['a last line that is another one', 'FROM a\nRUN one\nRUN new', ['x', `RUN ${sh} one # buildkit`, `RUN ${sh} old # buildkit`], ['base 1', '2', '?']],
  ['a first line that is another one', 'FROM a\nRUN new\nRUN two', ['x', `RUN ${sh} old # buildkit`, `RUN ${sh} two # buildkit`], ['?', '?', '3']],
  ['another file', 'FROM a\nRUN b', ['x', `RUN ${sh} c # buildkit`], ['?', '?']],
  ['layers in one', 'FROM a\nRUN b', ['[x]', `[RUN ${sh} b # buildkit]`, ''], ['?']],
  ['no stage', 'RUN b', [`RUN ${sh} b # buildkit`], ['?']],
];
for (const [name, text, steps, lines] of rows) {
  test(name, () => assert.deepEqual(linesOf(text, steps), lines));
}

test('layers of a base that is known are its own, whatever has changed', () => {
  const text = 'FROM a\nRUN new\nRUN two';
  const steps = ['x', 'y', `RUN ${sh} old # buildkit`, `RUN ${sh} two # buildkit`];
  assert.deepEqual(linesOf(text, steps, { baseDiffIds: ['sha256:0', 'sha256:1'] }), [
    'base 1',
    'base 1',
    '?',
    '3',
  ]);
  assert.deepEqual(linesOf(text, steps, { baseDiffIds: ['sha256:9'] }), ['?', '?', '?', '3']);
});

test('what is built is the stage that was asked for', () => {
  const text = 'FROM a AS b\nRUN one\nFROM c\nRUN two';
  assert.deepEqual(linesOf(text, ['x', `RUN ${sh} one # buildkit`], {}, 'b'), ['base 1', '2']);
  const [stage = null] = parseDockerfile(text).stages;
  assert.deepEqual(linesOf(text, ['x', `RUN ${sh} one # buildkit`], { stage }), ['base 1', '2']);
});

test('an image that does not tell of its steps has layers all the same', () => {
  const model = parseDockerfile('FROM a\nRUN b');
  const layers = attribute(model, { history: [], diffIds: ['sha256:0', 'sha256:1'], platform: '' });
  assert.deepEqual(
    layers.map(({ diffId, entry, origin }) => [diffId, entry, origin.kind]),
    [
      ['sha256:0', null, 'unknown'],
      ['sha256:1', null, 'unknown'],
    ],
  );
});

test('steps without end take no time without end', () => {
  const long = 'a'.repeat(200_000);
  const text = `FROM a\nRUN b\nCOPY ${'$A$B'.repeat(50)}c /`;
  const steps = [`|1 ${long}`, `COPY ${long} /`, `RUN ${long}sh -c ${long} b`, `COPY ${'ab'.repeat(50_000)}`];
  assert.equal(linesOf(text, steps).length, 4);
  const many = Array.from({ length: 20_000 }, () => `RUN ${sh} b # buildkit`);
  assert.equal(new Set(linesOf(text, many)).size, 1);
});
