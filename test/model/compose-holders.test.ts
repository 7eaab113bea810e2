import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMarks } from '../../server/core/engine/example.ts';
import { holdersOf } from '../../server/core/model/compose/holders.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';

const common = 'x-base: &base\n  «read_only: true»\n  logging: &log\n    driver: none\n';

const rows: readonly [name: string, marked: string, holders: string][] = [
  ['its own text', 'services:\n  web:\n    «image: a»\n  db:\n    image: b\n', 'web'],
  ['its name', 'services:\n  «web»:\n    image: a\n', 'web'],
  ['another section', 'services:\n  web:\n    image: a\nvolumes:\n  «data»:\n', ''],
  [
    'what is taken by a merge',
    `${common}services:\n  web:\n    <<: *base\n  db:\n    <<: *base\n  job:\n    image: c\n`,
    'web db',
  ],
  [
    'not what it has itself instead',
    `${common}services:\n  web:\n    <<: *base\n    read_only: false\n  db:\n    <<: *base\n`,
    'db',
  ],
  [
    'an anchor in another service',
    'services:\n  web:\n    logging: &log\n      «driver: none»\n  db:\n    logging: *log\n  job:\n    image: c\n',
    'web db',
  ],
  [
    'an alias deep inside',
    'x-o: &o\n  «max-size»: 10m\nservices:\n  web:\n    logging:\n      options: *o\n  db:\n    image: b\n',
    'web',
  ],
  [
    'a merge deep inside',
    'x-o: &o\n  «max-size»: 10m\nservices:\n  web:\n    logging:\n      options:\n        <<: *o\n',
    'web',
  ],
  [
    'a declaration that it uses by name',
    'services:\n  web:\n    volumes: ["data:/data"]\n  db:\n    image: b\nvolumes:\n  data:\n    «driver»: nfs\n',
    'web',
  ],
  ['a service that is an alias', 'services:\n  web: &web\n    «image»: a\n  db: *web\n', 'web db'],
  ['no services', '«x»: 1\n', ''],
];
for (const [name, marked, holders] of rows) {
  test(`holders: ${name}`, () => {
    const { text, marks } = readMarks(marked);
    const [place] = marks;
    assert.ok(place);
    const names = holdersOf(parseCompose(text), place).map(service => service.name);
    assert.equal(names.join(' '), holders);
  });
}
