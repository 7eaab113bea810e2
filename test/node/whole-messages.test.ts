// What is written in two parts goes out as one, and what fails is told.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { test } from 'node:test';
import { wholeMessages } from '../../server/node/whole-messages.ts';

const header = 'Content-Length: 2\r\n\r\n';

test('a header and its body are one write, message by message', async () => {
  const written: string[] = [];
  const output = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  const messages = wholeMessages(output);
  for (const body of ['{}', '[]']) {
    messages.write(header, 'ascii');
    messages.write(Buffer.from(body));
  }
  messages.end();
  await finished(messages);
  assert.deepEqual(written, [`${header}{}`, `${header}[]`]);
});

test('a write that fails is told to who has written', async () => {
  const messages = wholeMessages(
    new Writable({ write: (_chunk, _encoding, done) => done(new Error('nobody reads')) }),
  );
  const failed = once(messages, 'error');
  messages.write(header, 'ascii');
  messages.write(Buffer.from('{}'));
  const [error] = await failed;
  assert.match(String(error), /nobody reads/);
});

test('it ends with what it writes to', async () => {
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const messages = wholeMessages(output);
  output.destroy();
  await once(messages, 'close');
  assert.ok(messages.destroyed);
});
