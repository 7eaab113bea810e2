// The worker: its bundle in a world without Node, where messages come and go and nothing else is there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { bundleWorker } from './bundle.ts';
import type { Channel, Message } from './client.ts';
import { startSession, summary } from './session.ts';

const scripts = await bundleWorker();
const textOf = (script: string): string => readFileSync(script, 'utf8');

/** What a browser gives to a worker, as far as it is used; a message arrives as a copy, in a later turn. */
function startWorker(): Channel {
  let receive = (_: Message): void => {};
  const global: Record<string, unknown> = {
    onmessage: null,
    addEventListener: () => {},
    postMessage: (message: Message) => setImmediate(() => receive(structuredClone(message))),
    setTimeout: (callback: () => void) => setImmediate(callback),
    clearTimeout: () => {},
    console: {},
    TextEncoder,
    TextDecoder,
  };
  global.self = global;
  global.importScripts = (...scripts: string[]) => {
    for (const script of scripts) runInContext(textOf(script), context);
  };
  const context = createContext(global);
  runInContext(textOf(scripts.worker), context);
  const post = (message: object): void => {
    const data = structuredClone(message);
    setImmediate(() => (global.onmessage as (event: object) => void)({ data }));
  };
  post(scripts);
  return {
    send: message => post({ jsonrpc: '2.0', ...message }),
    receive: listener => {
      receive = listener;
    },
  };
}

test('the worker lints and repairs without anything of Node', { timeout: 30_000 }, async () => {
  const files: Readonly<Record<string, string>> = {
    'memfs:/app/.bulkhead.yaml': 'rules:\n  root-account: hint\n',
  };
  const client = await startSession(startWorker(), {
    initializationOptions: { readsFiles: true },
    answers: {
      'bulkhead/readFile': ({ uri }: { uri: string }) => files[uri] ?? null,
      'bulkhead/listFolder': () => [{ name: 'app.env', kind: 'file' }],
      'workspace/configuration': () => [null],
    },
  });
  const uri = 'memfs:/app/Dockerfile';
  const textDocument = {
    uri,
    languageId: 'dockerfile',
    version: 1,
    text: 'FROM alpine AS BASE\nUSER root\n',
  };
  client.notify('textDocument/didOpen', { textDocument });
  const { items } = await client.request<{ items: { severity: number }[] }>('textDocument/diagnostic', {
    textDocument,
  });
  assert.deepEqual(summary(items as never), ['shouted-stage@0:15', 'root-account@1:5']);
  assert.equal(items[1]?.severity, 4);

  const compose = { uri: 'memfs:/app/compose.yaml', languageId: 'dockercompose', version: 1 };
  client.notify('textDocument/didOpen', {
    textDocument: { ...compose, text: 'services:\n  web:\n    image: nginx\n' },
  });
  const other = await client.request<{ items: [] }>('textDocument/diagnostic', { textDocument: compose });
  assert.deepEqual(summary(other.items), ['unhealthy-service@1:2']);

  const range = { start: { line: 0, character: 15 }, end: { line: 0, character: 15 } };
  const context = { diagnostics: [] };
  const actions = await client.request<{ title: string }[]>('textDocument/codeAction', {
    textDocument,
    range,
    context,
  });
  assert.equal(actions[0]?.title, 'Write base');

  const half = {
    ...compose,
    uri: 'memfs:/app/half/compose.yaml',
    text: 'services:\n  web:\n    env_file: \n',
  };
  client.notify('textDocument/didOpen', { textDocument: half });
  const completions = await client.request<{ items: { label: string }[] }>('textDocument/completion', {
    textDocument: half,
    position: { line: 2, character: 14 },
  });
  assert.deepEqual(
    completions.items.map(({ label }) => label),
    ['app.env'],
  );
});
