// podman's registries.conf: what is read of it, and where the images of a registry are asked for by it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  insecureIn,
  locationsBy,
  readRegistryTables,
  tableFor,
} from '../../server/core/registry/registries-conf.ts';

const nowhere = '(as it is named)';

/** What is asked for an image, in order. */
function asked(text: string, image: string): string[] {
  const tables = readRegistryTables(text);
  const [registry = '', ...path] = image.split('/');
  const repository = { registry, path: path.join('/') };
  const table = tableFor(tables, repository);
  if (table?.blocked) return ['blocked'];
  return table ? locationsBy(table, repository) : [nowhere];
}

const mirrored = `
unqualified-search-registries = ["docker.io", # first
  "quay.io"]
short-name-mode = 'enforcing'

[[registry]]
prefix = "a.test/team" # theirs
location = "inner.test:5000/copies"
[[registry.mirror]]
location = "one.test/m"
[[registry.mirror]]
location = 'two.test'
insecure = true

[aliases]
location = "nobody.test"

[[ registry ]]
location="docker.io"
[["registry"."mirror"]]
location = "hub.test"
`;

const rows: readonly [name: string, text: string, image: string, asked: readonly string[]][] = [
  ['nothing', '', 'a.test/app', [nowhere]],
  [
    'mirrors, then the place',
    mirrored,
    'a.test/team/app',
    ['one.test/m/app', 'two.test/app', 'inner.test:5000/copies/app'],
  ],
  ['another namespace', mirrored, 'a.test/other/app', [nowhere]],
  ['a namespace that begins alike', mirrored, 'a.test/teams/app', [nowhere]],
  [
    'the namespace as an image',
    mirrored,
    'a.test/team',
    ['one.test/m', 'two.test', 'inner.test:5000/copies'],
  ],
  ['Docker Hub', mirrored, 'docker.io/library/node', ['hub.test/library/node', 'docker.io/library/node']],
  ['a prefix alone', '[[registry]]\nprefix = "a.test"\n', 'a.test/app', ['a.test/app']],
  [
    'the longest prefix',
    '[[registry]]\nlocation="a.test/x/y"\nblocked=true\n[[registry]]\nlocation="a.test"\n',
    'a.test/x/y/z',
    ['blocked'],
  ],
  [
    'of two files the last',
    '[[registry]]\nprefix="a.test"\nlocation="b.test"\n[[registry]]\nprefix="a.test"\nlocation="c.test"\n',
    'a.test/x',
    ['c.test/x'],
  ],
  [
    'all below a domain',
    '[[registry]]\nprefix="*.a.test"\nlocation="b.test/a"\n',
    'x.a.test/app',
    ['b.test/a/app'],
  ],
  [
    'all below a domain, as they are',
    '[[registry]]\nprefix="*.a.test"\ninsecure=true\n',
    'x.a.test:5000/app',
    ['x.a.test:5000/app'],
  ],
  ['the domain itself', '[[registry]]\nprefix="*.a.test"\nlocation="b.test"\n', 'a.test/app', [nowhere]],
  [
    'mirrors for digests alone',
    '[[registry]]\nlocation="a.test"\nmirror-by-digest-only=true\n[[registry.mirror]]\nlocation="b.test"\n',
    'a.test/x',
    ['a.test/x'],
  ],
  [
    'a mirror for digests alone',
    '[[registry]]\nlocation="a.test"\n[[registry.mirror]]\nlocation="b.test"\npull-from-mirror="digest-only"\n[[registry.mirror]]\nlocation="c.test"\n',
    'a.test/x',
    ['c.test/x', 'a.test/x'],
  ],
  [
    'mirrors in one line',
    '[[registry]]\nlocation = "a.test"\nmirror = [{location = "b.test", insecure = true}, {location = "c.test"}]\n',
    'a.test/x',
    ['b.test/x', 'c.test/x', 'a.test/x'],
  ],
  [
    'line ends of Windows',
    '[[registry]]\r\nprefix = "a.test"\r\nlocation = "b.test"\r\n',
    'a.test/x',
    ['b.test/x'],
  ],
  [
    'a value that says otherwise',
    '[[registry]]\nlocation = "a.test # [[registry]]"\nblocked = false\n',
    'a.test/x',
    [nowhere],
  ],
  [
    'what is commented out',
    '# [[registry]]\n# location = "a.test"\n# blocked = true\n',
    'a.test/x',
    [nowhere],
  ],
  ['half a file', '[[registry]]\nprefix = "a.test"\nlocation = "b.te', 'a.test/x', ['a.test/x']],
  ['a mirror of nobody', '[[registry.mirror]]\nlocation = "b.test"\n', 'a.test/x', [nowhere]],
  ['a table without a place', '[[registry]]\ninsecure = true\n', 'a.test/x', [nowhere]],
];
for (const [name, text, image, wanted] of rows)
  test(name, () => assert.deepEqual(asked(text, image), wanted));

test('who may be spoken to without TLS', () => {
  const text = `${mirrored}
[[registry]]
location = "b.test:5000/app"
insecure = true
[[registry]]
prefix = "*.c.test"
insecure = true
[[registry]]
prefix = "d.test"
location = "e.test"
insecure = true
`;
  assert.deepEqual(insecureIn(readRegistryTables(text)), ['two.test', 'b.test:5000', '*.c.test', 'e.test']);
});

test('files without an end take no time', () => {
  for (const part of ['[[registry]]\n', '[', '"', 'a=', 'location = "a', '{', '\\"', "'\n"]) {
    const start = performance.now();
    readRegistryTables(part.repeat(200_000 / part.length));
    assert.ok(performance.now() - start < 2_000, part);
  }
});
