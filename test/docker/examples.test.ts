// The examples of the Dockerfile rules build: as they are, and after every repair that the rule offers.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Example } from '../../server/core/engine/rule.ts';
import { type Place, placeOf } from '../support/contract/subject.ts';
import { commandFails, type Excuse, isLacking, obstacle, whatever } from './support/attempts.ts';
import { folderWith, tryBuild } from './support/lab.ts';
import { tail } from './support/process.ts';
import { dockerfileRules, repairsOf } from './support/repairs.ts';
import { contextFiles } from './support/sources.ts';

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
    const { text: written, files } = placeOf(example);
    // What is deferred stops who builds on the image.
    const text = written.replace(/^ONBUILD (?!ONBUILD|.?FROM)/gm, '');
    test(`syntax-error, example ${index + 1}, does not build`, async () => {
      const context = await folderWith(contextFiles(text, files));
      assert.equal((await tryBuild({ text, context })).ok, false);
    });
  }
});
