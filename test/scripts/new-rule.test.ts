// A new rule, from the script to a rule that keeps the contract: in a copy of the repository, under a scratch name.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { refusal, rulePath } from '../../scripts/new-rule/start.ts';
import { inRepository } from '../../scripts/repository.ts';

const copy = mkdtempSync(path.join(tmpdir(), 'bulkhead-new-rule-'));
after(() => rmSync(copy, { recursive: true, force: true }));

/** Of the rules a few stand for all: each step of a contributor reads every rule. */
const isLeftOut = (file: string): boolean =>
  /[\\/]rules[\\/](?:compose|dockerfile)[\\/]/.test(file) && !/root-user|unpinned-image/.test(file);

const settings = ['package.json', 'tsconfig.json', 'biome.json', '.gitignore'];
for (const name of [...settings, 'README.md', 'docs', 'schemas', 'scripts', 'server', 'test']) {
  cpSync(inRepository(name), path.join(copy, name), { recursive: true, filter: file => !isLeftOut(file) });
}
symlinkSync(inRepository('node_modules'), path.join(copy, 'node_modules'), 'dir');

interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

function runProgram(program: string, args: readonly string[]): Outcome {
  // The tests of the copy are no part of this run.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: copy, encoding: 'utf8', env });
  return { status, output: stdout + stderr };
}

const run = (...args: readonly string[]): Outcome =>
  runProgram(process.execPath, ['--import', 'tsx', ...args]);
const tool = (name: string, ...args: readonly string[]): Outcome =>
  runProgram(path.join(copy, 'node_modules', '.bin', name), args);

const newRule = (...args: readonly string[]): Outcome => run('scripts/new-rule.ts', ...args);
const generateCheck = (): Outcome => run('scripts/generate.ts', '--check');
const contract = (): Outcome =>
  run('--test', '--test-name-pattern', 'scratch-word|named as its file', 'test/rules/contract.test.ts');

const refusals: readonly [language: string, id: string, reason: RegExp][] = [
  ['', '', /There are rules for compose and dockerfile, not for ""/],
  ['kubernetes', 'root-user', /not for "kubernetes"/],
  ['dockerfile', '', /"" is no rule id/],
  ['dockerfile', 'RootUser', /"RootUser" is no rule id/],
  ['dockerfile', 'root_user', /"root_user" is no rule id/],
  ['dockerfile', 'no-root-user', /names the cure/],
  ['compose', 'root-user', /The id root-user is taken: server\/core\/rules\/dockerfile\/root-user\.ts/],
  ['compose', 'unused-suppression', /The id unused-suppression is taken/],
];
for (const [language, id, reason] of refusals) {
  test(`a new rule ${id} for ${language} is refused`, () => {
    assert.match(refusal(language, id) ?? '', reason);
  });
}

test('a refusal is told, and nothing is written', () => {
  const { status, output } = newRule('dockerfile', 'no-scratch-word');
  assert.equal(status, 2);
  assert.match(output, /names the cure[\s\S]*Usage: npm run new-rule/);
  assert.ok(!existsSync(path.join(copy, rulePath('dockerfile', 'no-scratch-word'))));
});

/** What a contributor fills in, from top to bottom. */
const filledIn: readonly [placeholder: string, text: string][] = [
  ["title: '',", "title: 'A stage is built on the scratch word',"],
  ["{ text: '', equivalents: [] }", "{ text: 'The base is the scratch word: name another.' }"],
  ["why: '',", "why: 'It is a word for tests.',"],
  ["remedy: '',", "remedy: 'Name another base.',"],
  ['references: [],', "references: ['https://docs.docker.com/reference/dockerfile/#from'],"],
  ["fix: { availability: 'never', why: '' }", "fix: { availability: 'never', why: 'Any base is possible.' }"],
  [
    'check: () => ({}),',
    `check: ({ report }) => ({
    instruction: {
      FROM({ image }) {
        if (image?.value === 'alpine') report('found', { at: image.span });
      },
    },
  }),`,
  ],
];

test('a new rule is refused while it holds placeholders, and accepted once it is filled in', () => {
  const made = newRule('dockerfile', 'scratch-word');
  assert.equal(made.status, 0, made.output);
  const unfilled = contract();
  assert.equal(unfilled.status, 1);
  assert.match(unfilled.output, /title is empty/);
  assert.match(unfilled.output, /docs\.why is empty/);
  assert.match(unfilled.output, /bad example 1 reports elsewhere than marked/);

  const file = path.join(copy, rulePath('dockerfile', 'scratch-word'));
  let text = readFileSync(file, 'utf8');
  for (const [placeholder, replacement] of filledIn) {
    assert.ok(text.includes(placeholder), placeholder);
    text = text.replace(placeholder, replacement);
  }
  writeFileSync(file, text);

  const stale = generateCheck();
  assert.equal(stale.status, 1);
  assert.match(stale.output, /docs\/rules\/scratch-word\.md[\s\S]*npm run generate/);
  assert.equal(run('scripts/generate.ts').status, 0);
  for (const accepted of [contract(), tool('tsc', '-b', 'server/core/rules'), tool('biome', 'check', file)]) {
    assert.equal(accepted.status, 0, accepted.output);
  }

  rmSync(file);
  const orphan = generateCheck();
  assert.equal(orphan.status, 1);
  assert.match(orphan.output, /docs\/rules\/scratch-word\.md/);
});
