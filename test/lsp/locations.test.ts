import assert from 'node:assert/strict';
import { test } from 'node:test';
import { locationOf, parent, relative, resolve } from '../../server/lsp/locations.ts';

test('a URI has one spelling', () => {
  const rows: [uri: string, location: string][] = [
    ['file:///a/Dockerfile', 'file:///a/Dockerfile'],
    ['file:///a/my%20app/Dockerfile', 'file:///a/my%20app/Dockerfile'],
    ['file:///a/(x)/é', 'file:///a/%28x%29/%C3%A9'],
    ['file:///C:/a', 'file:///c%3A/a'],
    ['file:///c%3A/a', 'file:///c%3A/a'],
    ['vscode-vfs://github/o/r/Dockerfile', 'vscode-vfs://github/o/r/Dockerfile'],
    ['memfs:/a/b?x=1#y', 'memfs:/a/b?x=1#y'],
    ['untitled:Untitled-1', 'untitled:Untitled-1'],
    ['file:///a/100%/b', 'file:///a/100%25/b'],
    ['no uri', 'no%20uri'],
  ];
  for (const [uri, expected] of rows) assert.equal(locationOf(uri), expected);
});

test('relative paths lead from a folder to a place', () => {
  const rows: [folder: string, path: string, expected: string][] = [
    ['file:///a', 'b/c', 'file:///a/b/c'],
    ['file:///a/', './b', 'file:///a/b'],
    ['file:///a/b', '../c', 'file:///a/c'],
    ['file:///a', '../../c', 'file:///c'],
    ['file:///a/b', '.', 'file:///a/b'],
    ['file:///', 'x', 'file:///x'],
    ['file:///a', '/b', 'file:///b'],
    ['file:///a', 'my app', 'file:///a/my%20app'],
    ['vscode-vfs://github/o/r', 'x', 'vscode-vfs://github/o/r/x'],
  ];
  for (const [folder, path, expected] of rows) assert.equal(resolve(folder, path), expected);
});

test('every place has a folder but the top', () => {
  const rows: [location: string, expected: string | null][] = [
    ['file:///a/b', 'file:///a'],
    ['file:///a', 'file:///'],
    ['file:///', null],
    ['vscode-vfs://github/o', 'vscode-vfs://github/'],
    ['untitled:Untitled-1', null],
  ];
  for (const [location, expected] of rows) assert.equal(parent(location), expected);
});

test('a place below a folder has a path from there', () => {
  const rows: [folder: string, location: string, expected: string | null][] = [
    ['file:///a', 'file:///a/b/c', 'b/c'],
    ['file:///a', 'file:///a', ''],
    ['file:///a', 'file:///ab', null],
    ['file:///', 'file:///a/b', 'a/b'],
    ['file:///a', 'file:///a/my%20app/x', 'my app/x'],
    ['file:///a/b', 'file:///a', null],
  ];
  for (const [folder, location, expected] of rows) assert.equal(relative(folder, location), expected);
});
