// Folders that a RUN mounts or empties.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptiedFolders, isWithin, mountedFolders } from '../../server/core/insight/folders.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { lastOf } from '../support/dockerfile.ts';

const emptied: readonly [run: string, folders: string][] = [
  ['rm -rf /var/lib/apt/lists/*', '/var/lib/apt/lists'],
  ['rm -rf /var/lib/apt/lists', '/var/lib/apt/lists'],
  ['rm -rf /var/lib/apt/lists/', '/var/lib/apt/lists'],
  ['rm -rf /var/cache/libdnf5*', '/var/cache/libdnf5'],
  ['rm -rf "/tmp/"* \'/a b\'', '/tmp /a b'],
  ['rm -rf /var/{lib/apt,cache}/x', '/var/lib/apt/x /var/cache/x'],
  ['rm -rf /var/{a,{b,c}}', '/var/a /var/b /var/c'],
  ['cd /var/lib && rm -rf apt dpkg', '/var/lib/apt /var/lib/dpkg'],
  ['find /var/lib/apt/lists -type f -delete', '/var/lib/apt/lists'],
  ['find /var/cache -name x -exec rm {} +', '/var/cache'],
  ['find /var/cache -name x', ''],
  ['rm -rf "$DIR"', ''],
  ['echo "rm -rf /x"', ''],
];

for (const [run, folders] of emptied) {
  test(`emptied: ${run}`, () => {
    const found = emptiedFolders(lastOf(parseDockerfile(`FROM a\nRUN ${run}\n`), 'RUN'));
    assert.equal(found.map(({ folder }) => folder).join(' '), folders);
  });
}

test('a brace expansion that would never end is cut short', () => {
  const run = lastOf(parseDockerfile(`FROM a\nRUN rm ${'{a,b}'.repeat(40)}\n`), 'RUN');
  assert.ok(emptiedFolders(run).length < 1000);
});

const mounted: readonly [flags: string, folders: string][] = [
  ['--mount=type=cache,target=/var/cache/apt/', '/var/cache/apt'],
  ['--mount=type=tmpfs,dst=/a --mount=type=cache,destination=/b', '/a /b'],
  ['--mount=type=bind,target=/a --mount=type=secret,id=x,target=/b', ''],
];

for (const [flags, folders] of mounted) {
  test(`mounted: ${flags}`, () => {
    const run = lastOf(parseDockerfile(`FROM a\nRUN ${flags} true\n`), 'RUN');
    assert.equal(mountedFolders(run).join(' '), folders);
  });
}

test('a folder is within itself and those above it', () => {
  assert.deepEqual(
    [isWithin('/a/b', '/a'), isWithin('/a', '/a'), isWithin('/ab', '/a'), isWithin('/a', '')],
    [true, true, false, false],
  );
});
