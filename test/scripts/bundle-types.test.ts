// What is left of the protocol's types works as before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { usedTypes } from '../../scripts/bundle-types.ts';
import { inRepository } from '../../scripts/repository.ts';

test('types that are kept can still be told from others', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { Diagnostic, DocumentSymbol } from 'vscode-languageserver-types';",
      resolveDir: inRepository(),
    },
    ...{ bundle: true, minify: true, write: false, format: 'iife', globalName: 'types' },
    plugins: [usedTypes],
  });
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  const things = {
    diagnostic: { range, message: 'a' },
    symbol: { name: 'a', kind: 1, range, selectionRange: range },
  };
  const code = `${outputFiles[0]?.text}; [types.Diagnostic, types.DocumentSymbol].flatMap(type => [type.is(things.diagnostic), type.is(things.symbol)])`;
  assert.deepEqual([...runInNewContext(code, { things })], [true, false, false, true]);
});
