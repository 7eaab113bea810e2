// What engines say, as it is remembered: asked for once, never waited for, and again when it is old.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LocalImage, readLocalImage } from '../../server/core/model/local-image.ts';
import { rememberImages } from '../../server/host/local-images.ts';

const image = (User: string): LocalImage | null => readLocalImage(JSON.stringify([{ Config: { User } }]));

/** An engine whose images change, a clock that somebody sets, and what has happened. */
function machine() {
  const state = { now: 0, user: 'a', asked: 0, changes: 0, fails: false };
  let settled = Promise.resolve<unknown>(null);
  const images = rememberImages(
    name => {
      state.asked++;
      const answer = state.fails
        ? Promise.reject(new Error('gone'))
        : Promise.resolve(image(`${state.user}-${name}`));
      settled = answer.catch(() => null);
      return answer;
    },
    { now: () => state.now, changed: () => state.changes++ },
  );
  /** All that was asked for has been answered. */
  const rest = async (): Promise<void> => {
    await settled;
    await new Promise(resolve => setImmediate(resolve));
  };
  return { state, images, rest };
}

test('nothing is known before somebody asks, and what many ask for at once is looked up once', async () => {
  const { state, images } = machine();
  assert.equal(images.known('x'), undefined);
  await Promise.all([images.ask('x'), images.ask('x'), images.ask('x')]);
  assert.equal(images.known('x')?.user, 'a-x');
  assert.equal(state.asked, 1);
});

test('an old answer is given at once, and looked up again behind', async () => {
  const { state, images, rest } = machine();
  await images.ask('x');
  const first = images.known('x');
  state.now = 59_000;
  images.known('x');
  assert.equal(state.asked, 1);
  state.now = 61_000;
  assert.equal(images.known('x'), first);
  await rest();
  assert.equal(state.asked, 2);
  // It says the same: the same object, and nobody is told.
  assert.equal(images.known('x'), first);
  assert.equal(state.changes, 0);
});

test('another image under the name is told of', async () => {
  const { state, images, rest } = machine();
  await images.ask('x');
  state.user = 'b';
  state.now = 61_000;
  images.known('x');
  await rest();
  assert.equal(images.known('x')?.user, 'b-x');
  assert.equal(state.changes, 1);
});

test('an engine that fails says nothing', async () => {
  const { state, images } = machine();
  state.fails = true;
  await images.ask('x');
  assert.equal(images.known('x'), null);
});

test('what is half typed is forgotten', async () => {
  const { images } = machine();
  for (let index = 0; index < 600; index++) await images.ask(`x${index}`);
  assert.equal(images.known('x0'), undefined);
  assert.equal(images.known('x599')?.user, 'a-x599');
});
