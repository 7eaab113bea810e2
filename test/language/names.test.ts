import assert from 'node:assert/strict';
import { test } from 'node:test';
import { definitionsAt } from '../../server/core/language/compose/definition.ts';
import { nameAt } from '../../server/core/language/compose/names.ts';
import { renamableAt, renameAt } from '../../server/core/language/compose/rename.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { spanText } from '../../server/core/text/span.ts';
import { mark } from '../support/marks.ts';
import { around, fileAlone, withCursor } from './cursor.ts';

/** The cursor stands on a name; all its places are marked. */
const named: [name: string, marked: string, expected: string][] = [
  [
    'a service in a list, a map and short forms',
    'services:\n  d¦b:\n    image: a\n  web:\n    depends_on: [db]\n    links:\n      - "db:data"\n    network_mode: service:db\n    volumes_from: [db:ro]\n  job:\n    depends_on:\n      db:\n        condition: service_started\n    extends: {service: db}\n',
    'services:\n  «db»:\n    image: a\n  web:\n    depends_on: [«db»]\n    links:\n      - "«db»:data"\n    network_mode: service:«db»\n    volumes_from: [«db»:ro]\n  job:\n    depends_on:\n      «db»:\n        condition: service_started\n    extends: {service: «db»}\n',
  ],
  [
    'a service as a build context',
    'services:\n  base: {build: .}\n  web:\n    build:\n      context: .\n      additional_contexts:\n        base: service:b¦ase\n',
    'services:\n  «base»: {build: .}\n  web:\n    build:\n      context: .\n      additional_contexts:\n        base: service:«base»\n',
  ],
  [
    'a volume in both forms, not its namesake',
    'services:\n  data:\n    volumes:\n      - da¦ta:/srv\n      - type: volume\n        source: data\n      - ./data:/x\nvolumes:\n  data:\n',
    'services:\n  data:\n    volumes:\n      - «data»:/srv\n      - type: volume\n        source: «data»\n      - ./data:/x\nvolumes:\n  «data»:\n',
  ],
  [
    'secrets and configs',
    'services:\n  web:\n    secrets: [k¦ey, {source: key}]\n    configs: [key]\n    build:\n      secrets:\n        - key\nsecrets:\n  "key": {file: a}\n',
    'services:\n  web:\n    secrets: [«key», {source: «key»}]\n    configs: [key]\n    build:\n      secrets:\n        - «key»\nsecrets:\n  "«key»": {file: a}\n',
  ],
  [
    'a network through a fragment, once',
    'x-a: &a\n  networks: [ne¦t]\nservices:\n  a: {<<: *a}\n  b: {<<: *a}\nnetworks:\n  net: {}\n',
    'x-a: &a\n  networks: [«net»]\nservices:\n  a: {<<: *a}\n  b: {<<: *a}\nnetworks:\n  «net»: {}\n',
  ],
  [
    'an anchor, not a later one of its name',
    'x-a: &ba¦se # &base\n  a: 1\nx-b: *base\nx-c: &base\n  b: 1\nx-d: *base\n',
    'x-a: &«base» # &base\n  a: 1\nx-b: *«base»\nx-c: &base\n  b: 1\nx-d: *base\n',
  ],
  [
    'a variable',
    'services:\n  web:\n    image: a:${T¦AG:-${TAG}}\n    command: |\n      $TAG $$TAG\n',
    'services:\n  web:\n    image: a:${«TAG»:-${«TAG»}}\n    command: |\n      $«TAG» $$TAG\n',
  ],
];

for (const [name, marked, expected] of named) {
  test(`all places of ${name}`, () => {
    const { text, offset } = withCursor(marked);
    const places = nameAt(parseCompose(text), offset)?.named.places ?? [];
    assert.equal(
      mark(
        text,
        places.map(({ span }) => span),
      ),
      expected,
    );
  });
}

const renamed: [name: string, marked: string, to: string, expected: string][] = [
  [
    'a service',
    'services:\n  d¦b: {}\n  web:\n    depends_on:\n      - db # first\n',
    'store',
    'services:\n  store: {}\n  web:\n    depends_on:\n      - store # first\n',
  ],
  [
    'to what needs quotes where it stands alone',
    'services:\n  d¦b: {}\n  web:\n    depends_on: [db, "db"]\n    links: [db:x]\n',
    '10',
    'services:\n  "10": {}\n  web:\n    depends_on: ["10", "10"]\n    links: [10:x]\n',
  ],
  [
    'an anchor from an alias',
    'x-a: &a\n  b: 1\nservices:\n  web:\n    <<: [*¦a]\n',
    'common',
    'x-a: &common\n  b: 1\nservices:\n  web:\n    <<: [*common]\n',
  ],
  ['with its own name', 'services:\n  d¦b: {}\n', 'db', 'services:\n  db: {}\n'],
];

for (const [name, marked, to, expected] of renamed) {
  test(`renames ${name}`, () => {
    const { text, offset } = withCursor(marked);
    const file = fileAlone(text);
    const all = renameAt([file], file, offset, to);
    assert.ok(!('refused' in all), JSON.stringify(all));
    assert.deepEqual(
      all.map(({ edits }) => applyEdits(text, edits)),
      [expected],
    );
  });
}

const refused: [name: string, marked: string, to: string, why: RegExp][] = [
  ['a name that is taken', 'services:\n  d¦b: {}\n  web: {}\n', 'web', /There is a service "web" already/],
  ['a name that cannot be', 'services:\n  d¦b: {}\n', 'a b', /letters, digits/],
  ['a taken anchor', 'x-a: &¦a {}\nx-b: &b {}\n', 'b', /There is an anchor "b" already/],
  ['an anchor that cannot be', 'x-a: &¦a {}\n', 'a,b', /commas/],
  ['what is no name', 'services:\n  db:\n    im¦age: a\n', 'b', /Nothing here can be renamed/],
  ['a variable', 'services:\n  db:\n    image: $¦A\n', 'B', /outside of this file/],
  ['the network of all', 'services:\n  db: {networks: [de¦fault]}\n', 'b', /without a word/],
  ['a name of nothing', 'services:\n  db: {networks: [ne¦t]}\n', 'b', /not declared in this file/],
];

for (const [name, marked, to, why] of refused) {
  test(`refuses to rename ${name}`, () => {
    const { text, offset } = withCursor(marked);
    const file = fileAlone(text);
    const answer = renameAt([file], file, offset, to);
    assert.match('refused' in answer ? answer.refused : 'It is done.', why);
  });
}

test('what can be renamed is the name alone', () => {
  const { text, offset } = withCursor('services:\n  db: {}\n  web: {links: ["d¦b:data"]}\n');
  const file = fileAlone(text);
  const answer = renamableAt([file], file, offset);
  assert.ok('span' in answer);
  assert.equal(spanText(text, answer.span), 'db');
  assert.equal(answer.name, 'db');
});

const defined: [name: string, marked: string, expected: string[]][] = [
  ['a service', 'services:\n  db: {}\n  web: {depends_on: [d¦b]}\n', ['this file: db@12']],
  ['an alias', 'x-a: &base {}\nx-b: *ba¦se\n', ['this file: base@6']],
  [
    'a stage',
    'services:\n  web: {build: {context: ./api, target: bu¦ild}}\n',
    ['./api/Dockerfile: Build@16'],
  ],
  [
    'a service of another file',
    'services:\n  web: {extends: {file: base.yaml, service: ot¦her}}\n',
    ['base.yaml: other@33'],
  ],
  ['a variable', 'services:\n  web: {image: "a:${TO¦KEN}"}\n', ['.env: TOKEN@30']],
  ['a variable that nobody sets', 'services:\n  web: {image: "a:${NO¦NE}"}\n', []],
  ['nothing', 'services:\n  web: {im¦age: a}\n', []],
];

for (const [name, marked, expected] of defined) {
  test(`the definition of ${name}`, () => {
    const { text, offset } = withCursor(marked);
    const found = definitionsAt(parseCompose(text), offset, around);
    assert.deepEqual(
      found.map(
        ({ path, span, text: other }) => `${path ?? 'this file'}: ${spanText(other, span)}@${span.start}`,
      ),
      expected,
    );
  });
}
