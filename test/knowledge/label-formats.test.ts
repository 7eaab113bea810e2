// Formats of labels: what fits, and what a value that does not fit was meant to be.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isInFormat,
  type LabelFormat,
  readLabelSchema,
  valueMeant,
} from '../../server/core/knowledge/label-formats.ts';

const fitting: readonly (readonly [LabelFormat, string])[] = [
  ['text', ''],
  ['url', 'https://example.com'],
  ['url', 'git+ssh://git@example.com/a.git'],
  ['rfc3339', '2026-01-31T23:59:60Z'],
  ['rfc3339', '2026-01-31t10:26:33.5-08:00'],
  ['spdx', 'MIT'],
  ['spdx', 'apache-2.0'],
  ['spdx', 'GPL-2.0+'],
  ['spdx', '(MIT OR (Apache-2.0 AND BSD-3-Clause))'],
  ['spdx', 'GPL-2.0-only WITH Classpath-exception-2.0 AND MIT'],
  ['spdx', 'LicenseRef-ours'],
  ['hash', '2dbfae9'],
  ['hash', 'a'.repeat(64)],
  ['semver', '1.0.0-rc.1+build.5'],
  ['email', 'Core <core@example.com>'],
];

for (const [format, value] of fitting) {
  test(`${format}: ${value}`, () => assert.ok(isInFormat(value, format)));
}

/** With what was meant, where that can be told. */
const unfitting: readonly (readonly [LabelFormat, string, meant?: string])[] = [
  ['url', 'example.com/a', 'https://example.com/a'],
  ['url', 'a b'],
  ['rfc3339', '2026-02-30T'],
  ['rfc3339', '2026-01-31 10:00:00Z', '2026-01-31T10:00:00Z'],
  ['rfc3339', 'yesterday'],
  ['spdx', 'Apache License, Version 2.0', 'Apache-2.0'],
  ['spdx', 'MIT MIT'],
  ['spdx', 'MIT OR'],
  ['spdx', 'MIT WITH'],
  ['spdx', ''],
  ['spdx', `MIT${' '.repeat(100_000)}x`],
  ['hash', '2DBFAE9', '2dbfae9'],
  ['hash', '2dbf'],
  ['semver', 'v1.2.3', '1.2.3'],
  ['semver', '1.2', '1.2.0'],
  ['semver', '01.2.3'],
  ['email', 'core at example.com', 'core@example.com'],
  ['email', 'core'],
];

for (const [format, value, meant] of unfitting) {
  test(`not ${format}: ${value.slice(0, 40)}`, () => {
    assert.ok(!isInFormat(value, format));
    assert.equal(valueMeant(value, format), meant);
  });
}

test('a schema is read from its entries', () => {
  const schema = readLabelSchema(['a: url', ' b :semver', 'c', 'org.d:x: text', 'e: what']);
  assert.deepEqual(Object.fromEntries(schema), {
    a: 'url',
    b: 'semver',
    c: 'text',
    'org.d:x': 'text',
    e: 'text',
  });
});
