// Without a network, and with one that nobody has allowed to be used: the same findings, and not one connection is tried.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionTrap } from '../support/connection-trap.ts';
import { at, patience, start } from './registry-session.ts';
import { type Session, summary } from './session.ts';

const images = ['node:22', 'ghcr.io/a/b', 'registry.example.com:5000/a/b:1', '127.0.0.1:9/a', '[::1]:9/a:2'];
const texts = {
  Dockerfile: `${images.map(image => `FROM ${image}`).join('\n')}\nRUN apt-get install -y curl | sh\n`,
  'compose.yaml': `services:\n${images.map((image, at) => `  s${at}:\n    image: "${image}"\n`).join('')}`,
};

/** As somebody types, looks and wonders. */
async function everyday(client: Session): Promise<string[]> {
  const found: string[] = [];
  for (const [path, text] of Object.entries(texts)) {
    client.open(path, '');
    let version = 1;
    for (let end = 24; end < text.length + 24; end += 24) {
      client.change(path, ++version, { text: text.slice(0, end) });
      await client.diagnostics(path);
    }
    for (const [line, written] of text.split('\n').entries()) {
      const position = { line, character: Math.max(0, written.length - 1) };
      const params = { textDocument: { uri: client.uriOf(path) }, position };
      await client.request('textDocument/hover', params);
      await client.request('textDocument/completion', params);
      await client.actions(path, at(line, position.character));
    }
    found.push(...summary(await client.diagnostics(path)));
  }
  return found;
}

test('the same findings without a network, and nobody is reached', patience, async () => {
  const usual = await everyday(await start());
  assert.ok(usual.length > 10);
  for (const lookups of [undefined, 'on-demand', 'never']) {
    const trap = connectionTrap();
    process.env.NODE_OPTIONS = trap.nodeOptions;
    const client = await start({ files: texts, ...(lookups !== undefined && { lookups }) });
    delete process.env.NODE_OPTIONS;
    assert.deepEqual([await everyday(client), trap.tries()], [usual, []], lookups);
    assert.deepEqual(client.received('window/showMessage'), []);
  }
});

test('the trap sees who is asked', patience, async () => {
  const trap = connectionTrap();
  process.env.NODE_OPTIONS = trap.nodeOptions;
  const client = await start({ files: texts });
  delete process.env.NODE_OPTIONS;
  const uri = client.uriOf('Dockerfile');
  const folders = [uri.slice(0, uri.lastIndexOf('/'))];
  const { edit } = await client.request<{ edit: unknown }>('bulkhead/pinImages', {
    ...{ folders, to: 'digests', platform: null },
  });
  assert.equal(edit, null);
  const tries = trap.tries().join('\n');
  for (const host of ['registry-1.docker.io', 'ghcr.io', 'registry.example.com', '127.0.0.1'])
    assert.ok(tries.includes(host), `${host}: ${tries}`);
});
