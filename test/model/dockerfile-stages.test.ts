// Stages: what they are made from, and which of them the last one needs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Base, Stage } from '../../server/core/model/dockerfile/model.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { at, lastOf } from './dockerfile/show.ts';

function showBase(base: Base): string {
  if (base.kind === 'stage') return `stage ${base.stage.index}`;
  return base.kind === 'image' ? base.reference.text : `(${base.kind})`;
}

/** Each stage as `name: base`. */
// biome-ignore format: one row a case
const bases: readonly [name: string, text: string, stages: string[]][] = [
  ['an image', 'FROM a:1', ['null: a:1']],
  ['nothing', 'FROM scratch AS x', ['x: (scratch)']],
  ['a stage', 'FROM a AS b\nFROM b AS c\nFROM c', ['b: a', 'c: stage 0', 'null: stage 1']],
  ['a stage in other letters', 'FROM a AS Base\nFROM bASE', ['base: a', 'null: stage 0']],
  ['the last stage of a name', 'FROM a AS b\nFROM c AS b\nFROM b', ['b: a', 'b: c', 'null: stage 1']],
  ['no stage below', 'FROM b\nFROM a AS b', ['null: b', 'b: a']],
  ['not itself', 'FROM a AS a\nFROM a AS a', ['a: a', 'a: stage 0']],
  ['not by number', 'FROM a AS b\nFROM 0', ['b: a', 'null: 0']],
  ['by a global ARG', 'ARG X=b\nFROM a AS b\nFROM ${X}', ['b: a', 'null: stage 0']],
  ['by an ARG with a default of its own', 'ARG X\nFROM ${X:-scratch}', ['null: (scratch)']],
  ['not by an ARG of a stage', 'FROM a\nARG X=b\nFROM $X', ['null: a', 'null: (unknown)']],
  ['by the platform of the build', 'FROM a:$TARGETARCH', ['null: (unknown)']],
  ['half typed', 'FROM\nFROM a as', ['null: (unknown)', 'null: a']],
  ['no FROM', 'RUN a\nUSER b', []],
];
for (const [name, text, stages] of bases) {
  test(`base: ${name}`, () => {
    const model = parseDockerfile(text);
    assert.deepEqual(
      model.stages.map(stage => `${stage.name}: ${showBase(stage.base)}`),
      stages,
    );
    assert.deepEqual(
      model.stages.map(stage => stage.isFinal),
      stages.map((_, index) => index === stages.length - 1),
    );
  });
}

/** The indexes of the stages that the final one needs, itself included. */
// biome-ignore format: one row a case
const uses: readonly [name: string, text: string, used: number[]][] = [
  ['only itself', 'FROM a\nFROM b', [1]],
  ['by FROM', 'FROM a AS x\nFROM b AS y\nFROM x', [0, 2]],
  ['by COPY --from', 'FROM a AS x\nFROM b AS y\nFROM c\nCOPY --from=X / /', [0, 2]],
  ['by the number of a stage', 'FROM a\nFROM b\nFROM c\nCOPY --from=1 / /', [1, 2]],
  ['by a mount', 'FROM a AS x\nFROM b\nRUN --mount=from=x,target=/x y', [0, 1]],
  ['not by the number of a stage in a mount', 'FROM a\nFROM b\nRUN --mount=from=0,target=/x y', [1]],
  ['by a trigger', 'FROM a AS x\nFROM b\nONBUILD COPY --from=x / /', [0, 1]],
  ['through another stage', 'FROM a AS x\nFROM b AS y\nCOPY --from=x / /\nFROM c AS z\nFROM y', [0, 1, 3]],
  ['not by an image', 'FROM a AS x\nFROM b\nCOPY --from=y / /', [1]],
  ['in a circle', 'FROM a AS x\nCOPY --from=y / /\nFROM x AS y\nCOPY --from=y / /', [0, 1]],
];
for (const [name, text, used] of uses) {
  test(`use: ${name}`, () => {
    const { stages } = parseDockerfile(text);
    assert.deepEqual(
      stages.filter(stage => stage.isUsed).map(stage => stage.index),
      used,
    );
  });
}

/** The stage that ships, and those that it needs. */
// biome-ignore format: one row a case
const targets: readonly [name: string, target: string | null, final: number | null, used: number[]][] = [
  ['none', null, 3, [0, 1, 3]],
  ['by name', 'build', 1, [0, 1]],
  ['by name, in any case', 'BUILD', 1, [0, 1]],
  ['by number', '2', 2, [0, 2]],
  ['the last one', 'app', 3, [0, 1, 3]],
  ['unknown', 'nothing', 3, [0, 1, 3]],
];
for (const [name, target, final, used] of targets) {
  test(`target: ${name}`, () => {
    const text =
      'FROM a AS base\nFROM base AS build\nFROM base AS test\nFROM b AS app\nCOPY --from=build / /';
    const { stages, finalStage } = parseDockerfile(text, target);
    const indexes = (wanted: readonly Stage[]): number[] => wanted.map(({ index }) => index);
    assert.equal(finalStage?.index, final);
    assert.deepEqual(indexes(stages.filter(({ isFinal }) => isFinal)), [final]);
    assert.deepEqual(indexes(stages.filter(({ isUsed }) => isUsed)), used);
  });
}

test('a stage knows its instructions, its place, and what is below it', () => {
  const model = parseDockerfile('ARG V\nFROM a AS x\nRUN b\n\nFROM x AS y\nUSER c \nFROM y\n');
  const [x, y, last] = model.stages;
  assert.ok(x && y && last);
  assert.deepEqual(
    model.stages.map(stage => at(model, stage.span)),
    ['FROM a AS x\nRUN b', 'FROM x AS y\nUSER c', 'FROM y'],
  );
  assert.deepEqual(
    model.stages.map(stage => stage.instructions.map(instruction => instruction.keyword).join(' ')),
    ['FROM RUN', 'FROM USER', 'FROM'],
  );
  assert.deepEqual(last.chain, [last, y, x]);
  assert.equal(showBase(last.root), 'a');
  assert.deepEqual(
    model.instructions.map(instruction => instruction.stage),
    [null, x, x, y, y, last],
  );
});

test('COPY --from tells a stage from an image', () => {
  const stage = lastOf(parseDockerfile('FROM a AS b\nFROM c\nCOPY --from=b / /'), 'COPY').from;
  assert.deepEqual([stage?.flag.value, stage?.stage?.index], ['b', 0]);
  const image = lastOf(parseDockerfile('FROM a\nCOPY --from=c / /'), 'COPY').from;
  assert.deepEqual([image?.flag.value, image?.stage], ['c', null]);
  assert.equal(lastOf(parseDockerfile('FROM a\nADD --from=0 / /'), 'ADD').from, null);
});
