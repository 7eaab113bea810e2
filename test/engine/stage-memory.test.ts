// Stage memory: which stages are visited again after an edit, and that what was told of the others is told where it is now.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Catalogue, catalogueOf } from '../../server/core/engine/catalogue.ts';
import { noFacts } from '../../server/core/engine/facts.ts';
import type { Finding } from '../../server/core/engine/finding.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { LintResult } from '../../server/core/engine/linting.ts';
import { dockerfileRule, fix } from '../../server/core/engine/rule.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import type { DockerfileModel, Stage } from '../../server/core/model/dockerfile/model.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { rememberFor } from '../../server/core/model/remembered.ts';
import { rules } from '../../server/core/rules/index.generated.ts';
import { insert } from '../../server/core/text/edit.ts';
import { toyRule } from '../support/toy-rule.ts';

const settings = { ...defaultSettings, profile: 'all' } as const;

const before = `FROM debian AS base
RUN one
FROM golang AS build
COPY . .
RUN two
FROM base
COPY --from=build /c /c
RUN three
`;

type Look = (stage: Stage, model: DockerfileModel) => unknown;

let visited: number[] = [];

/** A rule that tells of the last instruction of each stage. */
const telling = (look: Look = () => {}) =>
  dockerfileRule({
    ...toyRule,
    messages: { told: { text: 'Told.' } },
    options: {},
    needs: [],
    check: ({ model, report }) => ({
      stage(stage) {
        visited.push(stage.index);
        look(stage, model);
        const { span: at } = stage.instructions.at(-1) ?? stage;
        report('told', { at, fixes: () => [fix('Add', 'safe', [insert(at.end, '!')])] });
      },
    }),
  });

/** As a report has them, with the repairs. */
const plain = (findings: readonly Finding[]): unknown => JSON.parse(JSON.stringify(findings));

/** What is found in the last text after all texts before it, and what it says alone. */
function findingsAfter(catalogue: Catalogue, texts: readonly string[]): { now: unknown; alone: unknown } {
  const request = { settings, facts: noFacts };
  let model: DockerfileModel | undefined;
  let result: LintResult | undefined;
  for (const text of texts) {
    visited = [];
    model = parseDockerfile(text, null, model);
    result = lint(catalogue, { ...request, model, memory: result?.memory });
  }
  const made = [...visited];
  const alone = lint(catalogue, { ...request, model: parseDockerfile(texts.at(-1) ?? '') });
  const found = { now: plain(result?.findings ?? []), alone: plain(alone.findings) };
  visited = made;
  return found;
}

const edits: Readonly<Record<string, readonly [text: string, visited: readonly number[]]>> = {
  nothing: [before, []],
  'the stage in the middle': [before.replace('two', 'twenty'), [1]],
  'the last stage': [before.replace('three', 'thirty'), [2]],
  'the stage that another one is made from': [before.replace('one', 'eleven'), [0, 2]],
  'the end of the last stage, which goes': [before.replace('RUN three\n', ''), [2]],
  'the end of the last stage, where more comes': [`${before}VOLUME /d\n`, [2]],
  'the end of another stage, which goes': [before.replace('RUN two\n', ''), [1]],
  'blank lines between stages': [before.replace('FROM golang', '\n\nFROM golang'), []],
  'what holds for the lines behind it': [before.replace('RUN two', 'USER two'), [1, 2]],
  'the base of a stage': [before.replace('golang', 'rust'), [0, 1, 2]],
  'what a stage is needed for': [before.replace('--from=build ', ''), [0, 1, 2]],
};

for (const [name, [text, expected]] of Object.entries(edits)) {
  test(`after an edit of ${name}`, () => {
    const { now, alone } = findingsAfter(catalogueOf([telling()]), [before, text]);
    assert.deepEqual(visited, expected);
    assert.deepEqual(now, alone);
  });
}

const looks: Readonly<Record<string, readonly [look: Look, visited: readonly number[]]>> = {
  'its own instructions': [stage => stage.instructions.map(({ words }) => words), []],
  'what it is made from': [stage => stage.chain.map(({ instructions }) => instructions), []],
  'whether it ships': [stage => [stage.isFinal, stage.isUsed, stage.ships], []],
  'all instructions': [(_stage, model) => model.instructions, [0, 1, 2]],
  'the final stage': [(_stage, model) => model.finalStage, [0, 1, 2]],
  'the stage that it copies from': [
    ({ instructions }) =>
      instructions.map(each => (each.keyword === 'COPY' ? each.from?.stage?.instructions : null)),
    [2],
  ],
  'what was remembered of another stage': [
    (() => {
      const lines = rememberFor((stage: Stage) => stage.instructions.length);
      return (stage: Stage) => [
        ...stage.instructions.map(
          each => each.keyword === 'COPY' && each.from?.stage && lines(each.from.stage),
        ),
        lines(stage),
      ];
    })(),
    [2],
  ],
};

for (const [name, [look, expected]] of Object.entries(looks)) {
  test(`a visit that looks at ${name}`, () => {
    findingsAfter(catalogueOf([telling(look)]), [before, before]);
    assert.deepEqual(visited, expected);
  });
}

test('what was told moves with its stage, edit by edit', () => {
  const texts = [before];
  for (const more of ['two', 'two two', 'two', 't']) texts.push(before.replace('two', more));
  const { now, alone } = findingsAfter(catalogueOf([telling()]), texts);
  assert.deepEqual(visited, [1]);
  assert.deepEqual(now, alone);
});

test('all rules say the same of a file as after each edit of it', () => {
  const texts = [before, ...Object.values(edits).map(([text]) => text)];
  const { now, alone } = findingsAfter(catalogueOf(rules), texts);
  assert.deepEqual(now, alone);
});
