// Which RUNs need the secret of a variable.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { argumentFor, isInImage, isRun, readersOf } from '../../server/core/insight/secret-readers.ts';
import type { VariablesInstruction } from '../../server/core/model/dockerfile/model.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { lastOf } from '../support/dockerfile.ts';

/** The lines behind `FROM`, the first one the declaration, and the texts of the RUNs. */
const rows: readonly [text: string, name: string, readers: string | null][] = [
  ['ARG T\nRUN a $T\nRUN b ${T:-x}\nRUN c', 'T', 'a $T|b ${T:-x}'],
  ['ARG T\nRUN printenv T', 'T', 'printenv T'],
  ['ARG T\nRUN a $TT\nRUN b T_X', 'T', ''],
  ['ARG T\nRUN <<E\na $T\nE', 'T', '<<E'],
  ['ARG T\nENV X=$T', 'T', null],
  ['ARG T\nCOPY a /$T', 'T', null],
  ['ARG T\nCMD a $T\nHEALTHCHECK CMD a $T', 'T', ''],
  ['ARG NPM_TOKEN\nRUN npm ci\nRUN ls', 'NPM_TOKEN', 'npm ci'],
  ['ARG T\nRUN npm ci\nRUN ls\nRUN ./x\nRUN sh x', 'T', 'npm ci|./x|sh x'],
  ['ENV T=1\nRUN npm ci', 'T', ''],
  ['ENV NPM_TOKEN=1\nRUN sudo npm ci', 'NPM_TOKEN', 'sudo npm ci'],
  ['ENV AWS_SECRET_ACCESS_KEY=1\nRUN npm ci\nRUN aws s3 ls', 'AWS_SECRET_ACCESS_KEY', 'aws s3 ls'],
  ['ENV T=1\nFROM a\nRUN x $T', 'T', 'x $T'],
  ['ARG T\nFROM a\nRUN x $T', 'T', ''],
  ['ARG N(T\nRUN a N(T', 'N(T', 'a N(T'],
];

for (const [text, name, readers] of rows) {
  test(`who reads ${name} in ${text.replaceAll('\n', '; ')}`, () => {
    const model = parseDockerfile(`FROM debian AS a\n${text}\n`);
    const declaration = model.instructions[1] as VariablesInstruction;
    const found = readersOf(model, declaration, name);
    assert.equal(found?.map(({ body }) => body.text).join('|') ?? null, readers);
  });
}

test('an argument that nothing else reads', () => {
  const readBy = (more: string): string | undefined => {
    const model = parseDockerfile(`FROM a\nARG G=1\nENV T=$G\n${more}\n`);
    return argumentFor(model, lastOf(model, 'ENV'), 'G')?.pair.name;
  };
  assert.equal(readBy(''), 'G');
  assert.equal(readBy('RUN x $T'), 'G');
  assert.equal(readBy('RUN x $G'), undefined);
  assert.equal(readBy('LABEL x=$G'), undefined);
});

test('an image keeps its last stage and those below it', () => {
  const model = parseDockerfile('ARG A\nFROM a AS x\nRUN 1\nFROM b AS y\nRUN 2\nFROM x\nRUN 3\n');
  assert.deepEqual(
    model.instructions.filter(isRun).map(run => isInImage(run)),
    [true, false, true],
  );
  assert.equal(isInImage(lastOf(model, 'ARG')), true);
});
