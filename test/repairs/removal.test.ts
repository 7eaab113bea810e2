// Removing instructions and items: what goes with them, and what stays.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { removeInstruction, removePair, removeSource } from '../../server/core/repairs/removal.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { lastOf } from '../support/dockerfile.ts';

const instructions: readonly [text: string, left: string][] = [
  ['FROM a\nENV X=1\nRUN b\n', 'FROM a\nRUN b\n'],
  ['FROM a\nENV X=1', 'FROM a\n'],
  ['FROM a\n\nENV X=1\n\nRUN b\n', 'FROM a\n\nRUN b\n'],
  ['FROM a\r\n\r\nENV X=1\r\n\r\nRUN b\r\n', 'FROM a\r\n\r\nRUN b\r\n'],
  ['FROM a\nENV X=1\n\nRUN b\n', 'FROM a\n\nRUN b\n'],
  ['FROM a\n# why\nENV X=1 \\\n  Y=2\nRUN b\n', 'FROM a\n# why\nRUN b\n'],
  ['FROM a\n  ENV X=1\n', 'FROM a\n'],
  ['FROM a\n\\\nENV X=1\n', 'FROM a\n'],
  ['FROM a\nENV X=1 \\\n  \\\n# b\n', 'FROM a\n# b\n'],
  ['FROM a\nENV X=1 \\\n  \\\n', 'FROM a\n'],
];

for (const [text, left] of instructions) {
  test(`without ENV: ${JSON.stringify(text)}`, () => {
    const model = parseDockerfile(text);
    assert.equal(applyEdits(text, [removeInstruction(model, lastOf(model, 'ENV'))]), left);
  });
}

/** The pair `X` goes. */
const pairs: readonly [text: string, left: string][] = [
  ['ENV X=1', ''],
  ['ENV X 1 2', ''],
  ['ENV X=1 B=2', 'ENV B=2'],
  ['ENV B=2\\  X=1', 'ENV B=2\\ ""'],
  ['ENV A=1 X=1', 'ENV A=1'],
  ['ENV A=1 X="1 2" B=2', 'ENV A=1 B=2'],
  ['ENV A=1 X=1 \\\n  B=2', 'ENV A=1 \\\n  B=2'],
  ['ENV X=1 \\\n  B=2', 'ENV B=2'],
  ['ENV X=1 \\\n  # b\n  B=2', 'ENV \\\n  # b\n  B=2'],
  ['ENV A=1 \\\n  X=1 \\\n  B=2', 'ENV A=1 \\\n  B=2'],
  ['ENV A=1 \\\n  # x\n  X=1 \\\n  # b\n  B=2', 'ENV A=1 \\\n  # x\n  # b\n  B=2'],
  ['ENV A=1 \\\n  X=1', 'ENV A=1'],
  ['ENV A=1 \\\n  # x\n  X=1', 'ENV A=1\n  # x'],
  ['ENV A=1 \\\r\n  # x\r\n  X=1', 'ENV A=1\r\n  # x'],
  ['ENV A=1 \\\n  B=2 X=1', 'ENV A=1 \\\n  B=2'],
];

for (const [text, left] of pairs) {
  test(`without X: ${JSON.stringify(text)}`, () => {
    const whole = `FROM a\n${text}\nRUN b\n`;
    const model = parseDockerfile(whole);
    const env = lastOf(model, 'ENV');
    const pair = env.pairs.find(({ name }) => name === 'X');
    assert.ok(pair);
    const after = applyEdits(whole, [removePair(model, env, pair)]);
    assert.equal(after, `FROM a\n${left === '' ? '' : `${left}\n`}RUN b\n`);
    assert.deepEqual(parseDockerfile(after).problems, []);
  });
}

/** The source `x` goes. */
const sources: readonly [text: string, left: string][] = [
  ['COPY x /d/', ''],
  ['COPY --chown=u x a /d/', 'COPY --chown=u a /d/'],
  ['COPY a x /d/', 'COPY a /d/'],
  ['COPY ["a b", "x", "/d/"]', 'COPY ["a b", "/d/"]'],
  ['COPY \\\n  a \\\n  x \\\n  /d/', 'COPY \\\n  a \\\n  /d/'],
  ['COPY <<E x /d/\n1\nE', 'COPY <<E /d/\n1\nE'],
];

for (const [text, left] of sources) {
  test(`without x: ${JSON.stringify(text)}`, () => {
    const whole = `FROM a\n${text}\nRUN b\n`;
    const model = parseDockerfile(whole);
    const copy = lastOf(model, 'COPY');
    const source = copy.sources.find(({ value }) => value === 'x');
    assert.ok(source);
    const after = applyEdits(whole, [removeSource(model, copy, source)]);
    assert.equal(after, `FROM a\n${left === '' ? '' : `${left}\n`}RUN b\n`);
  });
}
