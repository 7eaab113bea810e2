// The tags of an image in their order: what to offer, and what may say more of the same image.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactCandidates, rankTags } from '../../server/core/registry/ranking.ts';

const node =
  'latest current lts lts-slim slim alpine 25 25.2 25.2.1 25.2.0 25-slim 25.2-slim 25.2.1-slim 25.2.1-alpine 25.2.1-alpine3.23 24 24.9 24.9.0 24.8.1 24-slim 24.9-slim 24.9.0-slim 24.9.0-bookworm-slim 24.9.0-trixie-slim 22.20.0 22.20.0-slim 26.0.0-rc.1 26.0.0-rc.1-slim krypton';
const debian =
  'latest stable trixie trixie-slim 13 13.1 13-slim 13.1-slim 12 12.12 trixie-20260803 trixie-20260803-slim trixie-20260720 bookworm bookworm-20260803';
const plain = 'latest main sha-0123abc v1.2.3 v1.2 v1 1.2.3 edge pr-17';

const candidates: readonly [tags: string, written: string, first: string][] = [
  [node, '24-slim', '24.9.0-slim 24.9.0-trixie-slim 24.9.0-bookworm-slim'],
  [node, '24', '24.9.0 24.8.1'],
  [node, '24.9', '24.9.0'],
  [node, '24.9.0', ''],
  [node, 'latest', '25.2.1 24.9.0 22.20.0 25.2.0 24.8.1'],
  [node, 'lts-slim', '25.2.1-slim 24.9.0-slim 22.20.0-slim'],
  [node, '25-alpine', '25.2.1-alpine 25.2.1-alpine3.23'],
  [plain, 'v1', 'v1.2.3 1.2.3'],
  [debian, 'trixie-slim', 'trixie-20260803-slim'],
  [debian, '13', '13.1'],
  [debian, 'latest', '13.1 12.12'],
  [debian, 'trixie', 'trixie-20260803 trixie-20260720'],
  [plain, 'latest', '1.2.3 v1.2.3'],
  [plain, 'main', ''],
  ['', 'latest', ''],
];
for (const [tags, written, first] of candidates) {
  test(`what may say more than ${written}`, () => {
    const found = exactCandidates(tags.split(' ').filter(Boolean), written);
    assert.equal(found.slice(0, first.split(' ').length).join(' '), first);
    assert.ok(!found.includes(written));
  });
}

const ranks: readonly [tags: string, written: string, first: string][] = [
  [node, '24-slim', '25.2.1-slim 25.2-slim 25-slim 24.9.0-slim 24.9-slim 24-slim 22.20.0-slim'],
  [node, '22-alpine', '25.2.1-alpine'],
  [node, 'latest', '25.2.1 25.2.0 25.2 25 24.9.0'],
  [plain, 'v1', 'v1.2.3 1.2.3 v1.2 v1'],
];
for (const [tags, written, first] of ranks) {
  test(`next to ${written}`, () => {
    const all = tags.split(' ');
    const ranked = rankTags(all, written);
    assert.equal(ranked.slice(0, first.split(' ').length).join(' '), first);
    assert.deepEqual([...ranked].sort(), [...all].sort());
  });
}

test('ten thousand tags are ranked in a moment', () => {
  const tags = Array.from({ length: 10_000 }, (_, n) => `${n % 30}.${n % 97}.${n}-slim-bookworm`);
  const start = process.cpuUsage().user;
  rankTags(tags, 'lts-slim');
  exactCandidates(tags, 'lts-slim');
  assert.ok(process.cpuUsage().user - start < 3_000_000);
});
