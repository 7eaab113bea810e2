// State: the user, shell, folder, stop signal and variables in effect at each instruction.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { State } from '../../server/core/model/dockerfile/model.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { at, lastOf, showKnown } from './dockerfile/show.ts';

type Setting = 'user' | 'shell' | 'workdir' | 'stopSignal';

/** What holds at the end of the last stage, or of a file without one. */
function endOf(text: string): State {
  const model = parseDockerfile(text);
  const state = model.stages.at(-1)?.final ?? model.instructions.at(-1)?.after;
  assert.ok(state);
  return state;
}

// biome-ignore format: one row a case
const settings: readonly [setting: Setting, text: string, value: string][] = [
  ['user', 'FROM a', '? external-base'],
  ['user', 'FROM scratch', 'root'],
  ['user', 'FROM a\nUSER b:c', 'b'],
  ['user', 'FROM a\nUSER :b', '0'],
  ['user', 'FROM a\nUSER b\nUSER c', 'c'],
  ['user', 'FROM a AS x\nUSER b\nFROM x', 'b'],
  ['user', 'FROM a AS x\nUSER b\nFROM c', '? external-base'],
  ['user', 'FROM a AS x\nUSER b\nFROM x AS y\nFROM y', 'b'],
  ['user', 'FROM a\nENV U=b\nUSER ${U}', 'b'],
  ['user', 'FROM a\nARG U\nUSER ${U:-b}', 'b'],
  ['user', 'FROM a\nUSER $U', '? external-base'],
  ['user', 'FROM a\nUSER', '? unparsed'],
  ['user', 'USER a', 'a'],
  ['user', 'FROM a AS x\nONBUILD USER b\nFROM x', 'b'],
  ['user', 'FROM a AS x\nONBUILD USER b', '? external-base'],
  ['user', 'FROM a AS x\nONBUILD USER b\nFROM x AS y\nUSER c\nFROM y', 'c'],
  ['workdir', 'FROM a', '? external-base'],
  ['workdir', 'FROM scratch', '/'],
  ['workdir', 'FROM scratch\nWORKDIR a\nWORKDIR ../b/./c/', '/b/c'],
  ['workdir', 'FROM a\nWORKDIR b', '? external-base'],
  ['workdir', 'FROM a\nWORKDIR /b\nWORKDIR $N', '? external-base'],
  ['workdir', 'FROM a\nWORKDIR /b//c\nWORKDIR d', '/b/c/d'],
  ['workdir', '# escape=`\nFROM a\nWORKDIR C:\\b', 'C:\\b'],
  ['stopSignal', 'FROM a', '? external-base'],
  ['stopSignal', 'FROM scratch', 'SIGTERM'],
  ['stopSignal', 'FROM a\nSTOPSIGNAL SIGINT', 'SIGINT'],
  ['shell', 'FROM a', '/bin/sh -c'],
  ['shell', 'FROM a\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]', '/bin/bash -o pipefail -c'],
  ['shell', 'FROM a\nSHELL /bin/bash', '? unparsed'],
  ['shell', 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022', 'cmd /S /C'],
  ['shell', 'FROM mcr.microsoft.com/dotnet/framework/aspnet:4.8', 'cmd /S /C'],
  ['shell', 'FROM --platform=windows/amd64 a', 'cmd /S /C'],
  ['shell', '# escape=`\nFROM a', 'cmd /S /C'],
  ['shell', '# escape=`\nFROM node:24-alpine3.22', '/bin/sh -c'],
  ['shell', 'FROM a AS x\nSHELL ["b"]\nFROM x', 'b'],
  ['shell', 'FROM a\n# hadolint shell = bash # as the base has it\n\n# Next.\nLABEL a=b', 'bash -c'],
  ['shell', '# hadolint shell=pwsh\nARG V\nFROM a\nFROM b', 'pwsh -c'],
  ['shell', 'FROM a\n# hadolint shell=pwsh\nRUN a\nFROM b', '/bin/sh -c'],
  ['shell', 'FROM a\n# hadolint shell=pwsh\nFROM b', '/bin/sh -c'],
  ['shell', 'FROM a\nRUN a \\\n# hadolint shell=pwsh\n  b', '/bin/sh -c'],
  ['shell', 'FROM a\n# hadolint shell=pwsh\nSHELL ["b"]', 'b'],
];
for (const [setting, text, value] of settings) {
  test(`${setting}: ${JSON.stringify(text)}`, () => assert.equal(showKnown(endOf(text)[setting]), value));
}

/** The variable X at the end: its kind and its value. */
// biome-ignore format: one row a case
const variables: readonly [name: string, text: string, shown: string | null][] = [
  ['none', 'FROM a', null],
  ['ENV', 'FROM a\nENV X=1', 'env 1'],
  ['ENV in the old form', 'FROM a\nENV X a  b', 'env a  b'],
  ['ARG', 'FROM a\nARG X=1', 'arg 1'],
  ['ARG without a value', 'FROM a\nARG X', 'arg ? variable'],
  ['a global ARG is not in scope', 'ARG X=1\nFROM a', null],
  ['a global ARG taken over', 'ARG X=1\nFROM a\nARG X', 'arg 1'],
  ['a global ARG with another value', 'ARG X=1\nFROM a\nARG X=2', 'arg 2'],
  ['a global ARG without a value taken over', 'ARG X\nFROM a\nARG X', 'arg ? variable'],
  ['the platform taken over', 'FROM a\nARG TARGETARCH\nENV X=$TARGETARCH', 'env ? variable'],
  ['ENV behind ARG', 'FROM a\nARG X=1\nENV X=2', 'env 2'],
  ['ARG behind ENV', 'FROM a\nENV X=1\nARG X=2', 'arg 2'],
  ['ARG without a value behind ENV', 'FROM a\nENV X=1\nARG X', 'env 1'],
  ['from the stage below', 'FROM a AS x\nENV X=1\nFROM x', 'env 1'],
  ['not from another stage', 'FROM a AS x\nENV X=1\nFROM b', null],
  ['from a trigger', 'FROM a AS x\nONBUILD ENV X=1\nFROM x', 'env 1'],
  ['from a variable', 'FROM a\nENV Y=1\nENV X=$Y$Y', 'env 11'],
  ['from itself', 'FROM a\nENV X=1\nENV X=$X:2', 'env 1:2'],
  ['not from its own instruction', 'FROM scratch\nENV Y=1 X=$Y', 'env ? variable'],
  ['from an ARG of its own instruction', 'FROM a\nARG Y=1 X=$Y', 'arg 1'],
  ['from the base image', 'FROM a\nENV X=$PATH:/x', 'env ? external-base'],
  ['from PATH on nothing', 'FROM scratch\nENV X=$PATH', 'env ? external-base'],
  ['with a default over the base image', 'FROM a\nENV X=${Y:-1}', 'env ? external-base'],
  ['with a default on nothing', 'FROM scratch\nENV X=${Y:-1}', 'env 1'],
  ['with a default over an ARG without a value', 'FROM a\nARG Y\nENV X=${Y:-1}', 'env 1'],
  ['in a file without FROM', 'ENV X=1', 'env 1'],
  ['a missing value', 'FROM a\nENV X', 'env ? unparsed'],
  ['a value that is refused', 'FROM a\nENV X="1', 'env ? unparsed'],
];
for (const [name, text, shown] of variables) {
  test(`variable: ${name}`, () => {
    const found = endOf(text).variable('X');
    assert.equal(found === undefined ? null : `${found.kind} ${showKnown(found.value)}`, shown);
  });
}

test('before and after differ by the instruction alone', () => {
  const text = 'FROM scratch\nUSER a\nENV X=1\nWORKDIR /b\nUSER c\n';
  const { instructions } = parseDockerfile(text);
  const show = (state: State): string =>
    [showKnown(state.user), showKnown(state.workdir), state.variable('X')?.kind].join(' ');
  assert.deepEqual(
    instructions.slice(1).map(({ before, after }) => [show(before), show(after)]),
    [
      ['root / ', 'a / '],
      ['a / ', 'a / env'],
      ['a / env', 'a /b env'],
      ['a /b env', 'c /b env'],
    ],
  );
});

test('only global variables are in scope in FROM', () => {
  const model = parseDockerfile('ARG X=1\nFROM a\nENV Y=2\nFROM b AS c\n');
  const { before, after } = lastOf(model, 'FROM');
  assert.equal(showKnown(before.variable('X')?.value), '1');
  assert.equal(before.variable('Y'), undefined);
  assert.equal(before.variable('TARGETPLATFORM')?.value.known, false);
  assert.equal(after.variable('X'), undefined);
  assert.equal(after.variable('HTTP_PROXY')?.kind, 'arg');
});

test('the variables in scope are listed once each, the ones of the stage below included', () => {
  const { variables } = endOf('ARG G=0\nFROM a AS x\nENV X=1 Y=1\nFROM x\nENV X=2\nARG Z\n');
  assert.deepEqual([...variables()].map(({ name, value }) => `${name}=${showKnown(value)}`).sort(), [
    'X=2',
    'Y=1',
    'Z=? variable',
  ]);
});

test('a value tells what set it', () => {
  const model = parseDockerfile('ARG G=0\nFROM a\nUSER b\nENV X=1 Y=2\nARG G\n');
  const state = model.stages.at(-1)?.final;
  assert.ok(state);
  assert.equal(at(model, state.user.setAt), 'USER b');
  assert.equal(at(model, state.variable('Y')?.value.setAt ?? null), 'Y=2');
  assert.equal(at(model, state.variable('G')?.value.setAt ?? null), 'G=0');
  assert.equal(state.shell.setAt, null);
});
