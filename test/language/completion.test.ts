import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Completion } from '../../server/core/language/completion.ts';
import { completionsAt } from '../../server/core/language/compose/completion.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { applyEdits, replace } from '../../server/core/text/edit.ts';
import { around, nothingAround, withCursor } from './cursor.ts';

function completions(marked: string, surroundings = around): { text: string; found: Completion[] } {
  const { text, offset } = withCursor(marked);
  return { text, found: completionsAt(parseCompose(text), offset, surroundings) };
}

/** Completing the label at the cursor gives the text. */
const completed: [name: string, marked: string, label: string, expected: string][] = [
  ['a section', 'ser¦', 'services', 'services:\n  '],
  ['the name', '¦', 'name', 'name: '],
  [
    'a key before others',
    'services:\n  web:\n    im¦\n    user: a\n',
    'image',
    'services:\n  web:\n    image: \n    user: a\n',
  ],
  [
    'a key that has its colon',
    'services:\n  web:\n    im¦: a\n',
    'image',
    'services:\n  web:\n    image: a\n',
  ],
  ['a key in quotes', 'services:\n  web:\n    "im¦": a\n', 'image', 'services:\n  web:\n    "image": a\n'],
  [
    'a map in the indentation of the document',
    'services:\n    web:\n        hea¦\n',
    'healthcheck',
    'services:\n    web:\n        healthcheck:\n            \n',
  ],
  ['a list', 'services:\n  web:\n    po¦\n', 'ports', 'services:\n  web:\n    ports:\n      - \n'],
  [
    'a list whose dashes are not indented',
    'services:\n  db:\n    ports:\n    - a\n  web:\n    po¦\n',
    'ports',
    'services:\n  db:\n    ports:\n    - a\n  web:\n    ports:\n    - \n',
  ],
  [
    'with the line ends of the document',
    'services:\r\n  web:\r\n    hea¦\r\n',
    'healthcheck',
    'services:\r\n  web:\r\n    healthcheck:\r\n      \r\n',
  ],
  [
    'variables are a map',
    'services:\n  web:\n    env¦',
    'environment',
    'services:\n  web:\n    environment:\n      ',
  ],
  ['in braces', 'services:\n  web: {im¦}\n', 'image', 'services:\n  web: {image: }\n'],
  [
    'the first key of an item',
    'services:\n  web:\n    ports:\n      - tar¦\n',
    'target',
    'services:\n  web:\n    ports:\n      - target: \n',
  ],
  [
    'a further key of an item',
    'services:\n  web:\n    volumes:\n      - type: bind\n        so¦\n',
    'source',
    'services:\n  web:\n    volumes:\n      - type: bind\n        source: \n',
  ],
  [
    'a key of an item that has others',
    'services:\n  web:\n    volumes:\n      - ty¦\n        source: a\n',
    'type',
    'services:\n  web:\n    volumes:\n      - type: \n        source: a\n',
  ],
  [
    'a list of maps begins with a dash',
    'services:\n  web:\n    develop:\n      watch:\n        ac¦\n',
    'action',
    'services:\n  web:\n    develop:\n      watch:\n        - action: \n',
  ],
  [
    'a value',
    'services:\n  web:\n    restart: un¦ # why\n',
    'unless-stopped',
    'services:\n  web:\n    restart: unless-stopped # why\n',
  ],
  [
    'a value that needs quotes',
    'services:\n  web:\n    restart: ¦\n',
    'no',
    'services:\n  web:\n    restart: "no"\n',
  ],
  [
    'a value in quotes',
    "services:\n  web:\n    restart: '¦'\n",
    'no',
    "services:\n  web:\n    restart: 'no'\n",
  ],
  ['truth', 'services:\n  web:\n    read_only: ¦\n', 'true', 'services:\n  web:\n    read_only: true\n'],
  [
    'a capability',
    'services:\n  web:\n    cap_drop: [¦]\n',
    'ALL',
    'services:\n  web:\n    cap_drop: [ALL]\n',
  ],
  [
    'an option of a container',
    'services:\n  web:\n    security_opt:\n      - no¦\n',
    'no-new-privileges:true',
    'services:\n  web:\n    security_opt:\n      - no-new-privileges:true\n',
  ],
  [
    'a service to wait for',
    'services:\n  web:\n    depends_on:\n      - d¦\n  db: {}\n',
    'db',
    'services:\n  web:\n    depends_on:\n      - db\n  db: {}\n',
  ],
  [
    'a service to wait for, with the dash',
    'services:\n  web:\n    depends_on:\n      ¦\n  db: {}\n',
    'db',
    'services:\n  web:\n    depends_on:\n      - db\n  db: {}\n',
  ],
  [
    'a service that is checked, in a map',
    'services:\n  web:\n    depends_on:\n      cache:\n        condition: service_started\n      d¦\n  cache: {}\n  db: {healthcheck: {}}\n',
    'db',
    'services:\n  web:\n    depends_on:\n      cache:\n        condition: service_started\n      db:\n        condition: service_healthy\n  cache: {}\n  db: {healthcheck: {}}\n',
  ],
  [
    'a service whose network is joined',
    'services:\n  web:\n    network_mode: ser¦\n  db: {}\n',
    'service:db',
    'services:\n  web:\n    network_mode: service:db\n  db: {}\n',
  ],
  [
    'a volume with its colon',
    'services:\n  web:\n    volumes:\n      - ¦\nvolumes:\n  data:\n',
    'data',
    'services:\n  web:\n    volumes:\n      - data:\nvolumes:\n  data:\n',
  ],
  [
    'a volume in front of a colon',
    'services:\n  web:\n    volumes:\n      - "d¦:/srv"\nvolumes:\n  data:\n',
    'data',
    'services:\n  web:\n    volumes:\n      - "data:/srv"\nvolumes:\n  data:\n',
  ],
  [
    'a volume that is used and not declared',
    'services:\n  web:\n    volumes:\n      - data:/srv\nvolumes:\n  ¦\n',
    'data',
    'services:\n  web:\n    volumes:\n      - data:/srv\nvolumes:\n  data:\n',
  ],
  [
    'a secret in the long form',
    'services:\n  web:\n    secrets:\n      - source: ¦\nsecrets:\n  key: {file: a}\n',
    'key',
    'services:\n  web:\n    secrets:\n      - source: key\nsecrets:\n  key: {file: a}\n',
  ],
  [
    'a secret of a build',
    'services:\n  web:\n    build:\n      secrets: [¦]\nsecrets:\n  key: {file: a}\n',
    'key',
    'services:\n  web:\n    build:\n      secrets: [key]\nsecrets:\n  key: {file: a}\n',
  ],
  [
    'a service of another file',
    'services:\n  web:\n    extends:\n      file: base.yaml\n      service: ¦\n',
    'other',
    'services:\n  web:\n    extends:\n      file: base.yaml\n      service: other\n',
  ],
  [
    'a stage',
    'services:\n  web:\n    build:\n      context: ./api\n      target: ¦\n',
    'prod',
    'services:\n  web:\n    build:\n      context: ./api\n      target: prod\n',
  ],
  ['a folder', 'services:\n  web:\n    build: ¦\n', 'api/', 'services:\n  web:\n    build: api\n'],
  [
    'a path of the host',
    'services:\n  web:\n    volumes:\n      - .¦\n',
    './nginx.conf',
    'services:\n  web:\n    volumes:\n      - ./nginx.conf\n',
  ],
  [
    'a path below another',
    'services:\n  web:\n    volumes:\n      - ./api/s¦:/srv\n',
    'src/',
    'services:\n  web:\n    volumes:\n      - ./api/src/:/srv\n',
  ],
  [
    'a Dockerfile of the context',
    'services:\n  web:\n    build:\n      context: api\n      dockerfile: ¦\n',
    'Dockerfile',
    'services:\n  web:\n    build:\n      context: api\n      dockerfile: Dockerfile\n',
  ],
  ['a variable', 'services:\n  web:\n    image: a:${¦\n', 'TAG', 'services:\n  web:\n    image: a:${TAG}\n'],
  [
    'a variable with its brace',
    'services:\n  web:\n    image: a:${T¦A:-1}\n',
    'TAG',
    'services:\n  web:\n    image: a:${TAG:-1}\n',
  ],
  [
    'a variable behind a dollar',
    'services:\n  web:\n    image: "a:$¦"\n',
    'TAG',
    'services:\n  web:\n    image: "a:${TAG}"\n',
  ],
  [
    'a variable in a text of several lines',
    'services:\n  web:\n    command: |\n      run ${¦\n',
    'TOKEN',
    'services:\n  web:\n    command: |\n      run ${TOKEN}\n',
  ],
  [
    'an alias',
    'x-a: &base\n  image: a\nservices:\n  web:\n    <<: *¦\n',
    '*base',
    'x-a: &base\n  image: a\nservices:\n  web:\n    <<: *base\n',
  ],
  [
    'a key of a fragment that a service takes',
    'x-a: &base\n  image: a\n  res¦\nservices:\n  web:\n    <<: *base\n',
    'restart',
    'x-a: &base\n  image: a\n  restart: \nservices:\n  web:\n    <<: *base\n',
  ],
  [
    'a key above one that has lost its colon',
    'services:\n  web:\n    healthch¦\n      test: a\n',
    'healthcheck',
    'services:\n  web:\n    healthcheck:\n      test: a\n',
  ],
];

for (const [name, marked, label, expected] of completed) {
  test(`completes ${name}`, () => {
    const { text, found } = completions(marked);
    const chosen = found.find(one => one.label === label);
    assert.ok(chosen, `${label} is not among ${found.map(one => one.label)}`);
    assert.equal(applyEdits(text, [replace(chosen.span, chosen.text)]), expected);
  });
}

/** All labels, in order. */
const listed: [name: string, marked: string, labels: string[]][] = [
  ['choices of the schema', 'services:\n  web:\n    cgroup: ¦\n', ['host', 'private']],
  [
    'conditions',
    'services:\n  web:\n    depends_on:\n      db:\n        condition: ¦\n',
    ['service_started', 'service_healthy', 'service_completed_successfully'],
  ],
  [
    'not the service itself, nor one twice',
    'services:\n  a:\n    depends_on: [b, ¦]\n  b: {}\n  c: {}\n',
    ['c'],
  ],
  [
    'not the keys that are there',
    'services:\n  web:\n    healthcheck:\n      test: a\n      ¦\n      retries: 3\n      timeout: 3s\n      interval: 3s\n      start_period: 3s\n',
    ['disable', 'start_interval'],
  ],
  [
    'paths without those that nobody names',
    'services:\n  web:\n    env_file: ¦\n',
    ['.env', 'api/', 'nginx.conf'],
  ],
  [
    'variables of the file beside and of this one',
    'services:\n  web:\n    image: $OTHER:${¦}\n',
    ['TAG', 'TOKEN', 'OTHER'],
  ],
  ['anchors that stand above', 'x-a: &a {}\nx-b: *¦\nx-c: &c {}\n', ['*a']],
  ['nothing in a comment', 'services:\n  web:\n    image: a # ¦\n', []],
  ['nothing right behind a colon', 'services:\n  web:\n    restart:¦\n', []],
  ['nothing behind a value', 'services:\n  web:\n    restart: always ¦\n', []],
  ['nothing in a column of its own', 'services:\n  web:\n    image: a\n   ¦\n', []],
  ['nothing below a value', 'services:\n  web:\n    image: a\n      ¦\n', []],
  ['nothing for names that people choose', 'services:\n  ¦\n', []],
  ['nothing in an anchor', 'services:\n  web: &a¦\n', []],
  ['nothing behind an escaped dollar', 'services:\n  web:\n    image: a$$¦\n', []],
  ['nothing behind the end of brackets', 'services:\n  web:\n    cap_drop: [ALL]¦\n', []],
  ['nothing in a text of several lines', 'services:\n  web:\n    command: |\n      im¦\n', []],
  ['nothing below an unknown key', 'services:\n  web:\n    unknown:\n      ¦\n', []],
  ['nothing outside of the machine', 'services:\n  web:\n    env_file: /¦\n', []],
];

for (const [name, marked, labels] of listed) {
  test(`lists ${name}`, () => {
    assert.deepEqual(
      completions(marked).found.map(({ label }) => label),
      labels,
    );
  });
}

test('the obsolete key is left out, every other section is there', () => {
  const labels = completions('¦').found.map(({ label }) => label);
  assert.ok(!labels.includes('version'));
  for (const section of ['services', 'networks', 'volumes', 'secrets', 'configs', 'include']) {
    assert.ok(labels.includes(section), section);
  }
});

test('the secrets of a file of variables are not shown', () => {
  const { found } = completions('services:\n  web:\n    image: ${¦\n');
  assert.doesNotMatch(JSON.stringify(found), /secret/);
});

test('keys tell what the specification says of them', () => {
  const { found } = completions('services:\n  web:\n    ¦\n');
  const silent = found.filter(({ about }) => about === undefined).map(({ label }) => label);
  assert.match(
    found.find(({ label }) => label === 'image')?.about ?? '',
    /image to start the container from/,
  );
  // Of these it says nothing.
  assert.deepEqual(silent, ['annotations', 'deploy', 'develop', 'attach']);
});

test('what the host does not know yet is missing', () => {
  const { found } = completions('services:\n  web:\n    build:\n      target: ¦\n', nothingAround);
  assert.deepEqual(found, []);
});
