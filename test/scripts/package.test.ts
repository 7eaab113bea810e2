// The packages: whatever runs is in them, and the manifest points at what is built.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { clientFeatures } from '../../scripts/bundle-plugins.ts';
import { bundles, shippedWithExtension } from '../../scripts/bundles.ts';
import { inRepository } from '../../scripts/repository.ts';

const textOf = (file: string): string => readFileSync(inRepository(file), 'utf8');
const built = Object.keys(bundles);
const commandLine = 'dist/cli.cjs';

test('the extension holds every bundle but those for outside', () => {
  const shipped = textOf('.vscodeignore')
    .split('\n')
    .filter(line => /^!dist\/.*js$/.test(line))
    .map(line => line.slice(1));
  assert.deepEqual(shipped.sort(), built.filter(shippedWithExtension).sort());
});

test('the manifest points at bundles', () => {
  const { main, browser, bin } = JSON.parse(textOf('package.json')) as {
    main: string;
    browser: string;
    bin: Record<string, string>;
  };
  for (const entry of [main, browser]) assert.ok(built.includes(entry.replace(/^\.\//, '')), entry);
  assert.deepEqual(bin, { bulkhead: commandLine });
});

test('whatever the manifest names is there, and shipped', () => {
  const manifest = textOf('package.json');
  const named = [...manifest.matchAll(/"(?:\.\/)?((?:images|schemas|snippets|syntaxes)\/[^"]+)"/g)].map(
    match => match[1] ?? '',
  );
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter(file => !existsSync(inRepository(file))),
    [],
  );
  const shipped = textOf('.vscodeignore');
  for (const file of named) assert.ok(shipped.includes(`!${file.split('/')[0]}/**`), file);
});

test('commands of the manifest are those of the client', () => {
  const { contributes } = JSON.parse(textOf('package.json')) as {
    contributes: { commands: { command: string }[] };
  };
  const handled = [...textOf('client/session.ts').matchAll(/'(bulkhead\.[a-zA-Z]+)':/g)].map(
    match => match[1],
  );
  assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), handled.sort());
});

test("the client's library keeps what the server offers", () => {
  const names = [...textOf('server/lsp/server.ts').matchAll(/\b(\w+)Provider: /g)].map(
    match => match[1] ?? '',
  );
  // Of `renameProvider` and `codeActionProvider`; and the file for references is called otherwise.
  const parts = ['resolve', 'prepare'];
  const offered = names.filter(name => !parts.includes(name)).map(name => name.replace(/s$/, ''));
  assert.ok(offered.includes('hover'));
  assert.deepEqual(
    offered.filter(name => !clientFeatures.includes(name)),
    [],
  );
});
