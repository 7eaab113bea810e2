// Words for people: every key of the manifest has its text, every text of the client stands in the bundle, and no other.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { filesBelow, inRepository } from '../../scripts/repository.ts';

const textOf = (file: string): string => readFileSync(inRepository(file), 'utf8');
const keysOf = (file: string): string[] => Object.keys(JSON.parse(textOf(file))).sort();
const found = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(match => match[1] ?? ''))].sort();

test('the manifest and its texts name the same keys', () => {
  assert.deepEqual(found(textOf('package.json'), /"%([^%"]+)%"/g), keysOf('package.nls.json'));
});

test('the client and its bundle hold the same texts', () => {
  const client = filesBelow('client', file => file.endsWith('.ts')).map(textOf);
  const texts = found(client.join('\n'), /\bl10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g);
  assert.equal(
    client.join('\n').match(/\bl10n\.t\(/g)?.length,
    [...client.join('\n').matchAll(/\bl10n\.t\(\s*'/g)].length,
  );
  assert.deepEqual(texts, keysOf('l10n/bundle.l10n.json'));
});

test('texts of the bundle are English as it stands', () => {
  const bundle: Record<string, string> = JSON.parse(textOf('l10n/bundle.l10n.json'));
  for (const [key, text] of Object.entries(bundle)) assert.equal(text, key);
});
