// Variables that carry secrets: what a repair writes, and where it writes nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRun } from '../../server/core/insight/secret-readers.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import {
  mountVariable,
  removeArgumentOf,
  secretFlag,
  secretId,
  useSecretMount,
} from '../../server/core/repairs/build-secret.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { lastOf } from '../support/dockerfile.ts';

test('the id and the flag of a variable', () => {
  assert.equal(secretId('NPM_TOKEN'), 'npm_token');
  assert.equal(secretFlag('NPM_TOKEN'), '--secret id=npm_token,env=NPM_TOKEN');
});

const mount = '--mount=type=secret,id=t,env=T';

/** `SYNTAX` and `RUN` stand for what is in question. */
const mounted: readonly [text: string, after: string | null][] = [
  ['FROM a\nRUN x', `FROM a\nRUN ${mount} x`],
  ['FROM a\nrun  --network=none x', `FROM a\nrun ${mount}  --network=none x`],
  ['FROM a\nRUN ["x"]', `FROM a\nRUN ${mount} ["x"]`],
  [`FROM a\nRUN ${mount} x`, `FROM a\nRUN ${mount} x`],
  ['# syntax=docker/dockerfile:1\nFROM a\nRUN x', `# syntax=docker/dockerfile:1\nFROM a\nRUN ${mount} x`],
  ['# syntax=docker/dockerfile\nFROM a\nRUN x', `# syntax=docker/dockerfile\nFROM a\nRUN ${mount} x`],
  ['# syntax=docker/dockerfile:1.9\nFROM a\nRUN x', `# syntax=docker/dockerfile:1\nFROM a\nRUN ${mount} x`],
  [
    '# syntax=docker/dockerfile:1.4.3@sha256:0f\nFROM a\nRUN x',
    `# syntax=docker/dockerfile:1\nFROM a\nRUN ${mount} x`,
  ],
  [
    '# syntax=docker/dockerfile:1.10\nFROM a\nRUN x',
    `# syntax=docker/dockerfile:1.10\nFROM a\nRUN ${mount} x`,
  ],
  [
    '# syntax=docker/dockerfile:1.3-labs\nFROM a\nRUN x',
    `# syntax=docker/dockerfile:1-labs\nFROM a\nRUN ${mount} x`,
  ],
  [
    '# syntax=docker/dockerfile:experimental\nFROM a\nRUN x',
    `# syntax=docker/dockerfile:1\nFROM a\nRUN ${mount} x`,
  ],
  ['# syntax=example/front:1\nFROM a\nRUN x', null],
  ['FROM a\nSHELL ["pwsh", "-c"]\nRUN x', null],
];

for (const [text, after] of mounted) {
  test(`mounted in ${text.replaceAll('\n', '; ')}`, () => {
    const model = parseDockerfile(text);
    const edits = mountVariable(model, model.instructions.filter(isRun), 'T');
    assert.equal(edits && applyEdits(text, edits), after);
  });
}

test('names that no variable can have', () => {
  const model = parseDockerfile('FROM a\nRUN x\n');
  assert.equal(mountVariable(model, model.instructions.filter(isRun), 'a-b'), null);
});

const used: readonly [text: string, after: string | null][] = [
  ['FROM a\nARG T\nRUN x $T\n', `FROM a\nRUN ${mount} x $T\n`],
  ['FROM a\nARG B=1 T\nRUN x\n', 'FROM a\nARG B=1\nRUN x\n'],
  ['FROM a\nARG T\nLABEL x=$T\n', null],
  ['FROM a\nONBUILD ARG T\n', null],
];

for (const [text, after] of used) {
  test(`a secret mount for ${text.replaceAll('\n', '; ')}`, () => {
    const model = parseDockerfile(text);
    const declaration = model.instructions[1]?.keyword === 'ARG' ? model.instructions[1] : null;
    const onbuild = model.instructions[1]?.keyword === 'ONBUILD' ? model.instructions[1].trigger : null;
    const instruction = declaration ?? (onbuild?.keyword === 'ARG' ? onbuild : null);
    const pair = instruction?.pairs.at(-1);
    assert.ok(instruction && pair);
    const edits = useSecretMount(model, instruction, pair);
    assert.equal(edits && applyEdits(text, edits), after);
  });
}

test('the argument goes that nobody else reads', () => {
  const without = (text: string): string => {
    const model = parseDockerfile(text);
    return applyEdits(text, removeArgumentOf(model, lastOf(model, 'ENV'), 'G'));
  };
  assert.equal(without('FROM a\nARG G H\nENV T=$G\n'), 'FROM a\nARG H\nENV T=$G\n');
  assert.equal(without('FROM a\nARG G\nENV T=$G\nRUN x $G\n'), 'FROM a\nARG G\nENV T=$G\nRUN x $G\n');
  assert.equal(without('FROM a\nENV T=$G\n'), 'FROM a\nENV T=$G\n');
});
