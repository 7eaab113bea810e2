// The cache of answers: what is asked once, what is asked again, and files that are not as they were left.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { type AnswerCache, answerCache } from '../../server/node/registry/cache.ts';
import { RegistryProblem } from '../../server/node/registry/problem.ts';
import { temporaryFolder } from '../support/fake-engine.ts';

const root = temporaryFolder();
let folders = 0;
const newFolder = (): string => path.join(root, String(++folders));

const textIn = (stored: unknown): string | null => (typeof stored === 'string' ? stored : null);

interface Counted {
  readonly count: number;
  get(cache: AnswerCache, lasts?: number, key?: string): Promise<string>;
}

/** Answers 1, 2, 3 and so on. */
function counted(fails = false): Counted {
  let count = 0;
  return {
    get count() {
      return count;
    },
    get: async (cache, lasts = 60_000, key = 'key') => {
      const ask = async (): Promise<string> => {
        count++;
        if (fails) throw new RegistryProblem('No.');
        return String(count);
      };
      return (await cache.get({ key, lasts, read: textIn, ask })).value;
    },
  };
}

test('parallel questions share one answer, later ones the file', async () => {
  const folder = newFolder();
  const asked = counted();
  const cache = answerCache(folder);
  assert.deepEqual(await Promise.all([asked.get(cache), asked.get(cache)]), ['1', '1']);
  assert.equal(await asked.get(answerCache(folder)), '1');
  assert.equal(await asked.get(answerCache(folder), Number.POSITIVE_INFINITY, 'other'), '2');
});

test('what is old, and what is to be fresh, is asked for again', async () => {
  const folder = newFolder();
  const asked = counted();
  await asked.get(answerCache(folder));
  assert.equal(await asked.get(answerCache(folder), -1), '2');
  assert.equal(await asked.get(answerCache(folder, 'fresh')), '3');
  await asked.get(answerCache(folder), Number.POSITIVE_INFINITY, 'lasting');
  assert.equal(await asked.get(answerCache(folder, 'fresh'), Number.POSITIVE_INFINITY, 'lasting'), '4');
});

test('failures are remembered for a moment, in this process alone', async () => {
  const folder = newFolder();
  const asked = counted(true);
  const cache = answerCache(folder);
  await assert.rejects(asked.get(cache));
  await assert.rejects(asked.get(cache));
  assert.equal(asked.count, 1);
  await assert.rejects(asked.get(answerCache(folder)));
  assert.equal(asked.count, 2);
  assert.deepEqual(readdirSync(root).includes(path.basename(folder)), false);
});

for (const [name, damage] of Object.entries({
  'no JSON': () => '{',
  'another key': (text: string) => text.replace('"key"', '"other"'),
  'from the future': (text: string) => text.replace(/"at":\d+/, `"at":${Date.now() + 1e9}`),
  'another kind of value': (text: string) => text.replace('"value":"1"', '"value":{"x":1}'),
  empty: () => '',
})) {
  test(`a file that is damaged: ${name}`, async () => {
    const folder = newFolder();
    const asked = counted();
    await asked.get(answerCache(folder));
    const [file = ''] = readdirSync(folder);
    const place = path.join(folder, file);
    writeFileSync(place, damage(readFileSync(place, 'utf8')));
    assert.equal(await asked.get(answerCache(folder)), '2');
  });
}

test('files are for their owner', { skip: process.platform === 'win32' }, async () => {
  const folder = newFolder();
  await counted().get(answerCache(folder));
  const [file = ''] = readdirSync(folder);
  assert.deepEqual(
    [statSync(folder).mode & 0o777, statSync(path.join(folder, file)).mode & 0o777],
    [0o700, 0o600],
  );
});

test('the oldest files go when there are too many', async () => {
  const folder = newFolder();
  mkdirSync(folder);
  for (let n = 0; n < 2_100; n++) writeFileSync(path.join(folder, `${n}.json`), '{}');
  await counted().get(answerCache(folder));
  assert.equal(readdirSync(folder).length, 1_001);
});

test('what has been kept is the answer however old it is, and nobody is asked', async () => {
  const folder = newFolder();
  const asked = counted();
  const kept = answerCache(folder, 'kept');
  await assert.rejects(asked.get(kept), RegistryProblem);
  const before = Date.now();
  await asked.get(answerCache(folder));
  assert.equal(await asked.get(kept, -1), '1');
  const { at } = await kept.get({ key: 'key', lasts: 0, read: textIn, ask: () => assert.fail() });
  assert.ok(at >= before && at <= Date.now());
  assert.equal(asked.count, 1);
});
