// The examples of the Dockerfile rules build: as they are, and after every repair that the rule offers.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Example } from '../../server/core/engine/rule.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { type Place, placeOf } from '../support/contract/subject.ts';
import { imagesWithoutBase } from './support/base-names.ts';
import { folderWith, isModern, tryBuild } from './support/lab.ts';
import { tail } from './support/process.ts';
import { dockerfileRules, repairsOf } from './support/repairs.ts';
import { contextFiles, sourceObstacle } from './support/sources.ts';

/** Why the text cannot be built here; null where it can. */
function obstacle(text: string): string | null {
  const missing = imagesWithoutBase(text);
  if (missing.length > 0) return `nothing stands in for ${missing.join(', ')}`;
  const { instructions, stages } = parseDockerfile(text);
  if (stages.some(({ base }) => base.kind === 'unknown')) return 'who builds it names the image';
  const isNew = instructions.some(
    ({ flags, heredocs }) => heredocs.length > 0 || flags.some(({ value }) => value?.includes('env=')),
  );
  if (isNew && !isModern) return 'the BuildKit at hand is older than what it says';
  return sourceObstacle(text);
}

/** Their examples have to build but for what cannot be had; of other rules some are about texts that do not. */
const buildable = new Set([
  'root-user',
  'unpinned-image',
  'missing-healthcheck',
  'useless-healthcheck',
  'secret-in-arg',
  'secret-in-env',
  'secret-in-copy',
  'secret-in-run',
]);

/** What an example calls for and nobody has here, by what the build says. */
const lacking: readonly RegExp[] = [
  /Unable to locate package (\S+)/,
  /Package '(\S+)' has no installation candidate/,
  /\b([\w.-]+): (?:command )?not found/,
  // What a stand-in was told to build, it does not.
  /"(\/\S*)": not found/,
];

/** By what a build says, why it does not matter that it failed; null where it does. */
type Excuse = (output: string) => string | null;

const isLacking: Excuse = output => {
  const lack = lacking.map(pattern => pattern.exec(output)?.[1]).find(name => name !== undefined);
  return lack === undefined ? null : `${lack} is not to be had`;
};

const whatever: Excuse = output =>
  isLacking(output) ?? /failed to solve: (.*)/.exec(output)?.[1] ?? 'it fails';

/** The text is sound, but a command misses what is not here. */
const commandFails: Excuse = output =>
  isLacking(output) ?? /failed to solve: (process .* did not complete.*)/.exec(output)?.[1] ?? null;

/** Whether it was built; where there is an excuse, the test is passed over. */
async function builds(t: TestContext, { text, files }: Place, excuse: Excuse): Promise<boolean> {
  const reason = obstacle(text);
  if (reason !== null) {
    t.skip(reason);
    return false;
  }
  const context = await folderWith(contextFiles(text, files));
  const { ok, output } = await tryBuild({ text, context });
  const pardon = ok ? null : excuse(output);
  if (pardon !== null) t.skip(pardon);
  else assert.ok(ok, `${text}\n${tail(output)}`);
  return ok;
}

async function proveRepairs(t: TestContext, rule: string, example: Example): Promise<void> {
  const isStrict = buildable.has(rule);
  if (!(await builds(t, placeOf(example), isStrict ? isLacking : whatever))) return;
  for (const { title, place } of repairsOf(rule, example)) {
    await t.test(title, async repair => {
      await builds(repair, place, isStrict ? isLacking : commandFails);
    });
  }
}

for (const { id, examples } of dockerfileRules.filter(rule => rule.id !== 'syntax-error')) {
  describe(id, { concurrency: 2 }, () => {
    for (const [index, example] of examples.bad.entries()) {
      test(`${id}, example ${index + 1}`, t => proveRepairs(t, id, example));
    }
  });
}

describe('syntax-error', { concurrency: 2 }, () => {
  const bad = dockerfileRules.find(({ id }) => id === 'syntax-error')?.examples.bad ?? [];
  for (const [index, example] of bad.entries()) {
    const { text, files } = placeOf(example);
    test(`syntax-error, example ${index + 1}, does not build`, async () => {
      const context = await folderWith(contextFiles(text, files));
      assert.equal((await tryBuild({ text, context })).ok, false);
    });
  }
});
