// Memory: which visits are made again after an edit, and that what they see is what is compared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { type FactReader, noFacts } from '../../server/core/engine/facts.ts';
import { lint } from '../../server/core/engine/lint.ts';
import type { LintResult } from '../../server/core/engine/linting.ts';
import { dockerfileRule, fix, type RuleContext, type Visitors } from '../../server/core/engine/rule.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import type { DockerfileModel, RunInstruction } from '../../server/core/model/dockerfile/model.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { withinFrame } from '../../server/core/model/looking.ts';
import { rememberFor } from '../../server/core/model/remembered.ts';
import { insertBefore } from '../../server/core/repairs/writing.ts';
import { span } from '../../server/core/text/span.ts';
import { toyRule } from '../support/toy-rule.ts';

type Context = RuleContext<
  'dockerfile',
  { readonly told: { readonly text: 'Told.' } },
  Record<never, never>,
  never
>;

const ruleOf = (check: (context: Context) => Visitors['dockerfile'], linked = false) =>
  dockerfileRule({
    ...toyRule,
    messages: { told: { text: 'Told.' } },
    options: {},
    needs: [],
    linked,
    check,
  });

/** The commands of the RUNs that the rule is called for in the second text, after the first. */
function visitedAfter(
  before: string,
  text: string,
  look: (run: RunInstruction, context: Context) => void = () => {},
  linked = false,
): string[] {
  let visited: string[] = [];
  const rule = ruleOf(
    context => ({
      instruction: {
        RUN(run) {
          visited.push(run.body.text);
          look(run, context);
        },
      },
    }),
    linked,
  );
  const catalogue = catalogueOf([rule]);
  const settings = { ...defaultSettings, profile: 'all' } as const;
  const { memory } = lint(catalogue, { model: parseDockerfile(before), settings, facts: noFacts });
  visited = [];
  lint(catalogue, { model: parseDockerfile(text), settings, facts: noFacts, memory });
  return visited;
}

const before = 'ARG A=1\nFROM a AS b\nENV C=1\nRUN one $C\nRUN two\nFROM b\nRUN one $C\n';

const edits: Readonly<Record<string, readonly [text: string, visited: readonly string[], from?: string]>> = {
  nothing: [before, []],
  'a line above': [before.replace('RUN one', '\n# d\nLABEL d=e\nRUN one'), []],
  'a command': [before.replace('two', 'three'), ['three']],
  'a comment at it': [before.replace('RUN two', '# d\nRUN two'), ['two']],
  'the indentation': [before.replace('RUN two', '  RUN two'), ['two']],
  'a variable that two of them read': [before.replace('C=1', 'C=2'), ['one $C', 'one $C']],
  'a variable that no longer is': [before.replace('ENV C=1\n', ''), ['one $C', 'one $C']],
  'a variable whose name goes on in the next line': [
    'FROM a\nENV CD=2\nRUN one $C\\\nD\n',
    ['one $CD'],
    'FROM a\nENV CD=1\nRUN one $C\\\nD\n',
  ],
  'the user': [before.replace('RUN two', 'USER d\nRUN two'), ['two', 'one $C']],
  'the folder': [before.replace('RUN two', 'WORKDIR /d\nRUN two'), ['two', 'one $C']],
  'whether the folder is set, though nobody knows to what': [
    'FROM a\nWORKDIR d\nRUN one\n',
    ['one'],
    'FROM a\nLABEL d=e\nRUN one\n',
  ],
  'the shell': [before.replace('RUN two', 'SHELL ["d"]\nRUN two'), ['two', 'one $C']],
  'where the words of the shell end': [
    before.replace('RUN two', 'SHELL ["d e"]\nRUN two'),
    ['two', 'one $C'],
    before.replace('RUN two', 'SHELL ["d", "e"]\nRUN two'),
  ],
  'the base': [before.replace('FROM a', 'FROM d'), ['one $C', 'two', 'one $C']],
  'a stage that ships instead': [`${before}FROM d\n`, ['one $C', 'two', 'one $C']],
  'the escape character': [`# escape=\`\n${before}`, ['one $C', 'two', 'one $C']],
};

for (const [name, [text, visited, from = before]] of Object.entries(edits)) {
  test(`after an edit of ${name}`, () => {
    assert.deepEqual(visitedAfter(from, text), visited);
  });
}

const looks: Readonly<Record<string, (run: RunInstruction, context: Context) => void>> = {
  'tells something of another line': (_run, { report }) => report('told', { at: span(0, 1) }),
  'looks at the instructions': (_run, { model }) => model.instructions,
  'looks at the stages': (_run, { model }) => model.stages,
  'looks at the stage that ships': (_run, { model }) => model.finalStage,
  'looks at how the file is written': (_run, { model }) => model.layout,
  'looks at what else is in the stage': run => run.stage?.instructions,
  'looks at how the stage begins': run => run.stage?.from,
  'looks at what the stage is made from': run => run.stage?.chain,
  'looks at the end of the stage': run => run.stage?.final,
  'looks at a variable that it does not name': run => run.before.variable('A'),
  'looks at all variables': run => run.after.variables(),
  'is given a remembered answer': (run, { facts }) => {
    const asked = rememberFor(() => (facts as typeof noFacts).get('context', '.'));
    asked(run);
  },
  fails: () => assert.fail('on purpose'),
};

for (const [name, look] of Object.entries(looks)) {
  test(`a visit that ${name} is made again`, () => {
    assert.equal(visitedAfter(before, before, look)[0], 'one $C');
  });
}

const glances: Readonly<Record<string, (run: RunInstruction, context: Context) => void>> = {
  'nothing, and tells something': (run, { report }) => report('told', { at: run.span }),
  'nothing, and asks for a fact': (_run, { facts }) => (facts as typeof noFacts).get('context', '.'),
  'FROM and ARG lines alone': (_run, { model }) => withinFrame(() => model.stages[0]?.from.words),
  'its words': run => run.words,
  'its commands': run => run.script.commands,
  'the state in front of it': run => [run.before.user, run.before.shell, run.after.workdir],
  'a variable that it names': run => run.words[1] && run.before.variable('C'),
  'whether its stage ships': run => run.stage?.isFinal || run.stage?.ships || run.stage?.isUsed,
  'the image that its stage starts from': run => run.stage?.root,
};

for (const [name, look] of Object.entries(glances)) {
  test(`a visit that looks at ${name} is not made again`, () => {
    assert.deepEqual(visitedAfter(before, before, look), []);
  });
}

test('all visits of a linked rule are made again', () => {
  assert.equal(visitedAfter(before, before, () => {}, true).length, 3);
});

test('all visits of a rule that sums up at the end are made again', () => {
  let visits = 0;
  const rule = ruleOf(() => ({ instruction: { RUN: () => visits++ }, end: () => {} }));
  const model: DockerfileModel = parseDockerfile(before);
  const request = { model, settings: { ...defaultSettings, profile: 'all' }, facts: noFacts } as const;
  const { memory } = lint(catalogueOf([rule]), request);
  lint(catalogueOf([rule]), { ...request, memory });
  assert.equal(visits, 6);
});

test('memory of other settings is not used', () => {
  let visits = 0;
  const catalogue = catalogueOf([ruleOf(() => ({ instruction: { RUN: () => visits++ } }))]);
  const model = parseDockerfile(before);
  const settings = { ...defaultSettings, profile: 'all' } as const;
  const { memory } = lint(catalogue, { model, settings, facts: noFacts });
  lint(catalogue, { model, settings: { ...settings }, facts: noFacts, memory });
  assert.equal(visits, 6);
});

/** Tells what a RUN says; the repair is a line in front of it. */
const telling = ruleOf(({ model, report }) => ({
  instruction: {
    RUN(run) {
      const fixes = () => [fix('Add a line', 'safe', [insertBefore(model, run, ['LABEL f=g'])])];
      report('told', { at: run.span, fixes });
    },
  },
}));

test('what was told is told again where it stands now, with the repairs of now', () => {
  const catalogue = catalogueOf([telling]);
  const settings = { ...defaultSettings, profile: 'all' } as const;
  const request = (text: string) => ({ model: parseDockerfile(text), settings, facts: noFacts });
  const after = before.replace('ENV', 'LABEL d=e\nENV').replace('RUN two', '\nRUN two');
  const { memory } = lint(catalogue, request(before));
  const again = lint(catalogue, { ...request(after), memory });
  assert.deepEqual(JSON.stringify(again.findings), JSON.stringify(lint(catalogue, request(after)).findings));
  assert.equal(again.findings.length, 3);
});

test('other answers make a visit anew', () => {
  let visits = 0;
  const catalogue = catalogueOf([
    ruleOf(({ facts }) => ({
      instruction: {
        RUN() {
          visits++;
          (facts as typeof noFacts).get('env', '.env');
        },
      },
    })),
  ]);
  const settings = { ...defaultSettings, profile: 'all' } as const;
  const model = parseDockerfile(before);
  const { memory } = lint(catalogue, { model, settings, facts: noFacts });
  const facts: FactReader = { get: () => null };
  const { asked, missing } = lint(catalogue, { model, settings, facts, memory });
  assert.deepEqual([visits, asked.some(({ kind }) => kind === 'env'), missing.length], [6, true, 0]);
});

/** Collects at once; true where nobody holds on to the thing. */
function isGone(thing: WeakRef<object>): boolean {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return thing.deref() === undefined;
}

test('what a version has told holds on to nothing of the version before', async () => {
  const rule = ruleOf(({ report }) => ({
    stage: stage => report('told', { at: stage.span, fixes: () => [] }),
    instruction: { RUN: run => report('told', { at: run.span, fixes: () => [] }) },
  }));
  const catalogue = catalogueOf([rule]);
  const settings = { ...defaultSettings, profile: 'all' } as const;
  const versions = (): [WeakRef<object>, LintResult['findings']] => {
    const model = parseDockerfile(before);
    const { memory } = lint(catalogue, { model, settings, facts: noFacts });
    const next = parseDockerfile(`${before}RUN three\n`, null, model);
    return [new WeakRef(model), lint(catalogue, { model: next, settings, facts: noFacts, memory }).findings];
  };
  const [model, findings] = versions();
  // Until the end of the turn a reference that was made in it counts.
  await setImmediate();
  assert.ok(isGone(model));
  assert.equal(findings.flatMap(finding => finding.fixes).length, 0);
  assert.equal(findings.length, 6);
});
