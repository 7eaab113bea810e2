import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ComposeModel, Entry, Pair, Service } from '../../server/core/model/compose/model.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import type { YamlNode } from '../../server/core/model/yaml/node.ts';
import { computingTime } from '../support/computing-time.ts';
import { mark } from '../support/marks.ts';

function serviceOf(model: ComposeModel, name: string): Service {
  const service = model.services.find(candidate => candidate.name === name);
  assert.ok(service, `no service ${name}`);
  return service;
}

function outline(node: YamlNode | null): string {
  if (node === null) return '-';
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'alias') return `*${node.name}`;
  if (node.kind === 'sequence') return `[${node.items.map(outline).join(', ')}]`;
  return `{${node.pairs.map(({ key, value }) => `${key.text}: ${outline(value)}`).join(', ')}}`;
}

const shown = ({ name, node, sharedBy }: Entry): string =>
  `${name}: ${outline(node)}${sharedBy.length > 0 ? ` (${sharedBy.join(', ')})` : ''}`;

// biome-ignore format: one row a case
const entryRows: readonly [name: string, text: string, service: string, entries: string[]][] = [
  ['own keys', 'services:\n  web:\n    image: a\n    ports: [80]\n', 'web', ['image: a', 'ports: [80]']],
  ['no value yet', 'services:\n  web:\n    image:\n', 'web', ['image: -']],
  ['no map yet', 'services:\n  web:\n', 'web', []],
  ['a scalar where a map belongs', 'services:\n  web: a\n', 'web', []],
  ['an extension merged', 'x-a: &a {restart: always}\nservices:\n  web:\n    <<: *a\n    image: b\n', 'web', ['image: b', 'restart: always']],
  ['own keys win, whatever the order', 'x-a: &a {image: a, user: u}\nservices:\n  web:\n    image: b\n    <<: *a\n', 'web', ['image: b', 'user: u']],
  ['an own key without value wins', 'x-a: &a {image: a}\nservices:\n  web:\n    <<: *a\n    image:\n', 'web', ['image: -']],
  ['of a list of merges the earlier wins', 'x-a: &a {image: a}\nx-b: &b {image: b, user: u}\nservices:\n  web:\n    <<: [*a, *b]\n', 'web', ['image: a', 'user: u']],
  ['of several merges the earlier wins', 'x-a: &a {image: a}\nx-b: &b {image: b, user: u}\nservices:\n  web:\n    <<: *a\n    <<: *b\n', 'web', ['image: a', 'user: u']],
  ['a merge of a merge', 'x-a: &a {image: a}\nx-b: &b\n  <<: *a\n  user: u\nservices:\n  web:\n    <<: *b\n', 'web', ['user: u', 'image: a']],
  ['an alias of a list of maps merged', 'x-l: &l [{image: a}, {image: b, user: u}]\nservices:\n  web:\n    <<: *l\n', 'web', ['image: a', 'user: u']],
  ['a map written into the merge', 'services:\n  web:\n    <<: {image: a}\n', 'web', ['image: a']],
  ['a service that is an alias', 'x-a: &a {image: a}\nservices:\n  web: *a\n', 'web', ['image: a']],
  ['a value that is an alias', 'x-a: &a [80]\nservices:\n  web:\n    ports: *a\n', 'web', ['ports: [80]']],
  ['an unknown alias', 'services:\n  web:\n    ports: *a\n', 'web', ['ports: *a']],
  ['services that are merged', 'x-s: &s\n  web: {image: a}\nservices:\n  <<: *s\n', 'web', ['image: a']],
  ['what is reset is not there', 'services:\n  web:\n    image: a\n    user: !reset b\n    cap_drop: !reset [ALL]\n    tmpfs: !reset\n', 'web', ['image: a']],
  ['what is reset through an alias', 'x-n: &n !reset null\nservices:\n  web:\n    image: a\n    user: *n\n', 'web', ['image: a']],
  ['a reset beside a merge leaves what is merged', 'x-a: &a {user: u}\nservices:\n  web:\n    <<: *a\n    user: !reset b\n', 'web', ['user: u']],
  ['a quoted << is a key', 'services:\n  web:\n    "<<": {image: a}\n', 'web', ['<<: {image: a}']],
  ['an extension that one service takes is not shared', 'x-a: &a {user: u}\nservices:\n  web: {<<: *a}\n  db: {image: a}\n', 'web', ['user: u']],
  ['shared by a merge', 'x-a: &a {user: u, image: x}\nservices:\n  web: {<<: *a}\n  db: {<<: *a, image: b}\n', 'web', ['user: u (db)', 'image: x']],
  ['shared by an anchor in the other service', 'services:\n  web:\n    environment: &e {A: 1}\n  db:\n    environment: *e\n', 'web', ['environment: {A: 1} (db)']],
  ['shared by many', 'x-a: &a {user: u}\nservices:\n  web: {<<: *a}\n  b: {<<: *a}\n  c: {<<: *a}\n', 'web', ['user: u (b, c)']],
  ['shared through another anchor', 'x-a: &a {user: u}\nx-b: &b {<<: *a}\nservices:\n  web: {<<: *b}\n  db: {<<: *a}\n', 'web', ['user: u (db)']],
  ['shared as a whole service', 'services:\n  web: &w {image: a}\n  db: *w\n', 'web', ['image: a (db)']],
  ['shared without a value', 'x-a: &a {user: }\nservices:\n  web: {<<: *a}\n  db: {<<: *a}\n', 'web', ['user: - (db)']],
  ['shared by two keys of one service', 'services:\n  web:\n    environment: &e {A: 1}\n    labels: *e\n', 'web', ['environment: {A: 1} (web.labels)', 'labels: {A: 1} (web.environment)']],
  ['shared with another section', 'volumes:\n  v: {labels: &l [a]}\nservices:\n  web:\n    labels: *l\n', 'web', ['labels: [a] (volumes.v)']],
];
for (const [name, text, service, entries] of entryRows) {
  test(`Compose entries: ${name}`, () => {
    assert.deepEqual(serviceOf(parseCompose(text), service).entries.map(shown), entries);
  });
}

const healthcheck = `x-h: &h
  interval: 5s
  timeout: 1s
x-t: &t [CMD, a]
services:
  web:
    healthcheck:
      <<: *h
      timeout: 2s
      test: *t
  db:
    healthcheck:
      <<: *h
    build:
      args: {A: {B: c}}
`;
// biome-ignore format: one row a case
const pathRows: readonly [service: string, path: string[], entry: string | undefined][] = [
  ['web', ['healthcheck', 'timeout'], 'timeout: 2s'],
  ['web', ['healthcheck', 'interval'], 'interval: 5s (db)'],
  ['web', ['healthcheck', 'test'], 'test: [CMD, a]'],
  ['web', ['healthcheck', 'test', 'CMD'], undefined],
  ['web', ['healthcheck', 'retries'], undefined],
  ['web', ['image', 'tag'], undefined],
  ['web', [], undefined],
  ['db', ['healthcheck', 'timeout'], 'timeout: 1s'],
  ['db', ['build', 'args', 'A', 'B'], 'B: c'],
];
for (const [service, path, expected] of pathRows) {
  test(`Compose path: ${service} ${path.join('.')}`, () => {
    const entry = serviceOf(parseCompose(healthcheck), service).get(...path);
    assert.equal(entry && shown(entry), expected);
  });
}

const shownPair = ({ name, value, form, sharedBy }: Pair): string =>
  `${form} ${name}=${value ?? '-'}${sharedBy.length > 0 ? ` (${sharedBy.join(', ')})` : ''}`;

// biome-ignore format: one row a case
const pairRows: readonly [name: string, environment: string, pairs: string[]][] = [
  ['a list', ' [««A»=«b»», «"«C»=«d=e»"», «\'«F»=«»\'», ««G»»]\n', ['list A=b', 'list C=d=e', 'list F=', 'list G=-']],
  ['a block list', '\n      - ««A»=«b c»» # d\n      - «"«E»=«x\\ny»"»\n      - {F: g}\n', ['list A=b c', 'list E=x\ny']],
  ['a map', ' {««A»: «b»», ««C»: "«d»"», ««E»:», ««F»: «1.0»», «"«G»": "«»"»}\n', ['map A=b', 'map C=d', 'map E=-', 'map F=1.0', 'map G=']],
  ['a map of blocks', '\n      ««A»: |\n        «x\n        y»»\n      ««B»: [c]»\n', ['map A=x\ny\n', 'map B=-']],
  ['nothing', '\n', []],
  ['a scalar', ' A=b\n', []],
];
for (const [name, environment, expected] of pairRows) {
  test(`Compose pairs: ${name}`, () => {
    const marked = `services:\n  web:\n    environment:${environment}`;
    const text = marked.replaceAll(/[«»]/g, '');
    const pairs = serviceOf(parseCompose(text), 'web').pairs('environment');
    assert.deepEqual(pairs.map(shownPair), expected);
    const spans = pairs.flatMap(({ span, nameSpan, valueSpan }) => [
      span,
      nameSpan,
      ...(valueSpan ? [valueSpan] : []),
    ]);
    assert.equal(mark(text, spans), marked);
  });
}

test('Compose pairs: merged, aliased and shared', () => {
  const { services } = parseCompose(`x-e: &e {A: a, B: &b b}
services:
  web: {environment: {<<: *e, A: x, C: *b}}
  db: {environment: {<<: *e, A: y}}
  job: {environment: [D=d, *b]}
`);
  assert.deepEqual(
    services.map(service => service.pairs('environment').map(shownPair)),
    [
      ['map A=x', 'map C=b (db, job)', 'map B=b (db, job)'],
      ['map A=y', 'map B=b (web, job)'],
      ['list D=d', 'list b=- (web, db)'],
    ],
  );
});

// biome-ignore format: one row a case
const sectionRows: readonly [section: string, entries: string[]][] = [
  ['volumes', ['a: -', 'b: {driver: local} (volumes.c)', 'c: {driver: local} (volumes.b)']],
  ['networks', ['n: {internal: true}']],
  ['services', ['web: -']],
  ['secrets', []],
];
for (const [section, expected] of sectionRows) {
  test(`Compose section: ${section}`, () => {
    const model = parseCompose(`volumes:
  a:
  b: &b {driver: local}
  c: *b
x-n: &n {n: {internal: true}}
networks:
  <<: *n
services:
  web:
secrets:
`);
    assert.deepEqual(model.section(section).map(shown), expected);
    assert.equal(model.section(section), model.section(section));
  });
}

// biome-ignore format: one row a case
const problemRows: readonly [name: string, marked: string, message: RegExp][] = [
  ['a word', '«serv»\n', /a map with "services"/],
  ['a list', '«- a»\n- b\n', /a map with "services"/],
  ['services as a list', 'services:\n  «- web»\n  - db\n', /a map by name/],
  ['services as a word', 'services: «web»\n', /a map by name/],
  ['a scalar merged', 'x-a: &a b\nservices:\n  web:\n    <<: «*a»\n', /Only maps/],
  ['a service twice', 'services:\n  web: {}\n  «web»: {}\n', /already/],
  ['nothing at all', '«»', /says nothing/],
  ['comments alone', '«»# later\n', /says nothing/],
  ['no services yet', 'services:\n', /-/],
];
for (const [name, marked, message] of problemRows) {
  test(`Compose problems: ${name}`, () => {
    const text = marked.replaceAll(/[«»]/g, '');
    const { problems } = parseCompose(text);
    assert.equal(
      mark(
        text,
        problems.map(({ span }) => span),
      ),
      marked,
    );
    for (const problem of problems) assert.match(problem.message, message);
  });
}

/** What is being typed must not hide the services around it. */
// biome-ignore format: one row a case
const halfTyped: readonly [name: string, typed: string][] = [
  ['a word', '    por\n'],
  ['a key', '    ports:\n'],
  ['a dash', '    ports:\n      -\n'],
  ['an open quote', '    command: "a\n'],
  ['an open single quote', "    command: 'a\n"],
  ['an open bracket', '    ports: [80,\n'],
  ['an open brace', '    build: {context: .\n'],
  ['a closing bracket', '    ]\n'],
  ['a key on the line of a key', '    build: context: .\n'],
  ['an alias without name', '    environment: *\n'],
  ['an anchor without name', '    environment: &\n'],
  ['a tag', '    ports: !\n'],
  ['an @', '    image: @\n'],
  ['a colon', '    :\n'],
];
for (const [name, typed] of halfTyped) {
  test(`Compose half typed: ${name}`, () => {
    const { services } = parseCompose(`services:
  web:
    image: a
${typed}  db:
    image: b
    user: c
volumes:
  v:
`);
    const images = services.map(service => `${service.name} ${outline(service.get('image')?.node ?? null)}`);
    assert.ok(images.includes('db b'), images.join());
    if (!typed.includes('image')) assert.ok(images.includes('web a'), images.join());
  });
}

test('Compose: bombs of merges and aliases are bounded', () => {
  const levels = Array.from({ length: 3_000 }, (_, i) => i + 1);
  const chain = levels.map(
    i => `x-${i}: &a${i} {<<: [*a${i - 1}, *a${i - 1}], k${i}: [*a${i - 1}, *a${i - 1}]}\n`,
  );
  const text = `x-0: &a0 {k: v}\n${chain.join('')}services:\n  web: {<<: *a3000}\n  db: {<<: *a3000}\n`;
  const taken = computingTime(() => {
    const model = parseCompose(text);
    const shared = model.services.flatMap(service => service.entries.map(entry => entry.sharedBy));
    assert.ok(shared.length > 0);
  });
  assert.ok(taken < 5_000, `${taken} ms`);
});
