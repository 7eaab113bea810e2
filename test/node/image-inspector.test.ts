// The inspector over engines that are none: what is run, what comes back, and that one who is silent is left alone.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { imageInspector } from '../../server/node/image-inspector.ts';
import { type FakeEngine, fakeEngine } from '../support/fake-engine.ts';

const patience = { skip: process.platform === 'win32' };

/** One after the other, as far apart as `apart` says, in milliseconds. */
async function usersOf(
  engines: readonly FakeEngine[],
  images: readonly string[],
  apart = 0,
): Promise<(string | null)[]> {
  const before = process.env.PATH;
  process.env.PATH = engines.map(({ folder }) => folder).join(path.delimiter);
  let time = 0;
  try {
    const inspect = imageInspector([], () => time);
    const found: (string | null)[] = [];
    for (const image of images) {
      found.push((await inspect(image))?.user ?? null);
      time += apart;
    }
    return found;
  } finally {
    process.env.PATH = before;
  }
}

const listed = `image ls --no-trunc --format {{.ID}}\t{{.Repository}}:{{.Tag}}\t{{.CreatedAt}}`;

test('the first engine that has it answers, and nothing else is run', patience, async () => {
  const docker = fakeEngine('docker', { 'a:1': { config: { User: 'app' } } });
  const podman = fakeEngine('podman', { 'b:1': { config: { User: 'other' } } });
  assert.deepEqual(await usersOf([docker, podman], ['a:1', 'b:1', 'c:1']), ['app', 'other', null]);
  assert.deepEqual(docker.calls(), [listed, 'image inspect a:1']);
  assert.deepEqual(podman.calls(), [listed, 'image inspect b:1']);
});

test(
  'a name that is typed letter by letter is asked for once, and not before it is there',
  patience,
  async () => {
    const docker = fakeEngine('docker', { 'node:24-slim': { config: { User: 'app' } }, 'app:1': {} });
    const image = 'node:24-slim';
    const typed = [...image].map((_, at) => image.slice(0, at + 1));
    assert.equal((await usersOf([docker], typed.slice(0, 'node:2'.length))).at(-1), null);
    assert.deepEqual(docker.calls(), [listed]);
    assert.deepEqual((await usersOf([docker], typed)).slice(-2), [null, 'app']);
    assert.deepEqual(docker.calls(), [listed, listed, `image inspect ${image}`]);
  },
);

test('the list is asked for again when it is old', patience, async () => {
  const docker = fakeEngine('docker', { 'a:1': {} });
  await usersOf([docker], ['b:1', 'b:2', 'b:3', 'b:4', 'b:5'], 4_000);
  assert.deepEqual(docker.calls(), [listed, listed]);
});

const forms: readonly [held: string, image: string][] = [
  ['a:latest', 'a'],
  ['docker.io/library/a:1', 'a:1'],
  ['localhost/a:1', 'a:1'],
  ['a:1', 'docker.io/library/a:1'],
  ['host:5000/team/a:1', 'host:5000/team/a:1'],
  ['a:<none>', `a@sha256:${'0'.repeat(64)}`],
  ['a:1', `a:1@sha256:${'0'.repeat(64)}`],
];
for (const [held, image] of forms) {
  test(`${image} may be what is listed as ${held}`, patience, async () => {
    const docker = fakeEngine('docker', { [held]: {} });
    await usersOf([docker], [image]);
    assert.deepEqual(docker.calls(), [listed, `image inspect ${image}`]);
  });
}

test('by the start of its id', patience, async () => {
  const docker = fakeEngine('docker', { 'a:1': { id: 'sha256:0123456789ab' } });
  await usersOf([docker], ['01234', '1234']);
  assert.deepEqual(docker.calls(), [listed, 'image inspect 01234']);
});

test('an engine that nobody has started is asked once', patience, async () => {
  const docker = fakeEngine('docker', null);
  assert.deepEqual(await usersOf([docker], ['a:1', 'b:1', 'c:1']), [null, null, null]);
  assert.deepEqual(docker.calls(), [listed]);
});

test('what is no image is asked of nobody', patience, async () => {
  const docker = fakeEngine('docker', {});
  const texts = ['--help', '-v/:/x', 'a b', '$(a)', 'A', '', 'a;b', 'a\nb'];
  assert.deepEqual(
    await usersOf([docker], texts),
    texts.map(() => null),
  );
  assert.deepEqual(docker.calls(), []);
});

test('without an engine nothing is known', patience, async () => {
  assert.deepEqual(await usersOf([], ['a:1']), [null]);
});
