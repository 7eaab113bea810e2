// The inspector over engines that are none: what is run, what comes back, and that one who is silent is left alone.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { imageInspector } from '../../server/node/image-inspector.ts';
import { type FakeEngine, fakeEngine } from '../support/fake-engine.ts';

const patience = { skip: process.platform === 'win32' };

async function usersOf(
  engines: readonly FakeEngine[],
  images: readonly string[],
): Promise<(string | null)[]> {
  const before = process.env.PATH;
  process.env.PATH = engines.map(({ folder }) => folder).join(path.delimiter);
  try {
    const inspect = imageInspector([]);
    const found = await Promise.all(images.map(inspect));
    return found.map(image => image?.user ?? null);
  } finally {
    process.env.PATH = before;
  }
}

test('the first engine that has it answers, and nothing else is run', patience, async () => {
  const docker = fakeEngine('docker', { 'a:1': { config: { User: 'app' } } });
  const podman = fakeEngine('podman', { 'b:1': { config: { User: 'other' } } });
  assert.deepEqual(await usersOf([docker, podman], ['a:1', 'b:1', 'c:1']), ['app', 'other', null]);
  assert.deepEqual(docker.calls(), ['image inspect a:1', 'image inspect b:1', 'image inspect c:1']);
  assert.deepEqual(podman.calls(), ['image inspect b:1', 'image inspect c:1']);
});

test('an engine that nobody has started is asked once', patience, async () => {
  const docker = fakeEngine('docker', null);
  assert.deepEqual(await usersOf([docker], ['a:1', 'b:1', 'c:1']), [null, null, null]);
  assert.deepEqual(docker.calls(), ['image inspect a:1']);
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
