import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedServices } from '../../server/core/model/compose/changed.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';

const shared = (driver: string): string =>
  `x-log: &log { driver: ${driver} }\nservices:\n  web:\n    logging: *log\n  api:\n    <<: { logging: *log }\n  db:\n    image: a\n`;
const bomb = (last: string): string =>
  `x-0: &a0 [${last}]\n${Array.from({ length: 30 }, (_, n) => `x-${n + 1}: &a${n + 1} [*a${n}, *a${n}]`).join('\n')}\nservices:\n  web:\n    command: *a30\n`;

const rows: readonly [name: string, before: string, after: string, changed: string][] = [
  ['nothing', shared('none'), shared('none'), ''],
  ['all that take an anchor', shared('none'), shared('local'), 'web api'],
  [
    'comments, quotes, order and layout are no meaning',
    'services:\n  web:\n    image: a\n    restart: always\n',
    'services:\n  web: { restart: "always", image: a } # It runs.\n',
    '',
  ],
  [
    'an alias is what it stands for',
    shared('none'),
    'services:\n  web:\n    logging: { driver: none }\n  api: { logging: { driver: none } }\n  db:\n    image: a\n',
    '',
  ],
  ['one key', 'services:\n  web: {}\n  db: {}\n', 'services:\n  web: { init: true }\n  db: {}\n', 'web'],
  ['a service that comes or goes', 'services:\n  web: {}\n', 'services:\n  db: {}\n', ''],
  ['aliases of aliases', bomb('a'), bomb('b'), 'web'],
];
for (const [name, before, after, changed] of rows) {
  test(`changed services: ${name}`, () => {
    assert.equal(changedServices(parseCompose(before), parseCompose(after)).join(' '), changed);
  });
}
