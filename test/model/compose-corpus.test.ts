import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { inRepository } from '../../scripts/repository.ts';
import { buildOf } from '../../server/core/model/compose/build.ts';
import {
  addItem,
  addKey,
  addTopLevel,
  type NewValue,
  removeEntries,
} from '../../server/core/model/compose/edit.ts';
import { meantBy } from '../../server/core/model/compose/effective.ts';
import { healthcheckOf } from '../../server/core/model/compose/healthcheck.ts';
import { imageOf } from '../../server/core/model/compose/image.ts';
import type { ComposeModel, Service } from '../../server/core/model/compose/model.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { portsOf } from '../../server/core/model/compose/ports.ts';
import { processOf } from '../../server/core/model/compose/process.ts';
import type { YamlNode } from '../../server/core/model/yaml/node.ts';
import { scalarText } from '../../server/core/model/yaml/scalar-text.ts';
import { applyEdits, type Edit } from '../../server/core/text/edit.ts';
import { sampleOf } from '../support/sample.ts';

/** Real files, where they lie beside the repository. */
const corpus = inRepository('..', 'shared', 'corpus');
const realFiles = existsSync(corpus)
  ? sampleOf(
      readdirSync(corpus, { recursive: true, encoding: 'utf8' })
        .filter(file => /\.ya?ml$/.test(file))
        .sort(),
    ).map(file => [file, readFileSync(path.join(corpus, file), 'utf8')] as const)
  : [];

/** Files that have a little of every way to write. */
const ownFiles: readonly (readonly [name: string, text: string])[] = [
  [
    'two columns',
    `# a shop
name: shop
x-common: &common
  restart: unless-stopped
  environment: &env
    TZ: UTC # zone
services:
  web:
    <<: *common
    image: "shop/web:\${TAG:-1.2}" # pinned
    build:
      context: ./web
      args: [A=1, "B=2"]
    ports:
      - "8080:80"
      - target: 443
        published: "8443"
    command: >-
      serve
      --port 80

    # how it is checked
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost"]
      interval: 30s
  db:
    <<: [*common]
    image: postgres:16
    environment:
      <<: *env
      POSTGRES_PASSWORD: 'it''s'
      INIT: |
        create table a;

        create table b;
    deploy: { resources: { limits: { memory: 256M } } }
  job: &job
    image: shop/job
    command:
  nightly: *job

volumes:
  data:
`,
  ],
  [
    'four columns, lists not indented',
    `services:
    web:
        image: a
        ports:
        - 80:80
        cap_drop: [
            ALL, # all
            NET_RAW
        ]
        environment:
        - A=b
        # - C=d
        - E=f
    empty:
    flow: {image: b, user: "1000"}
secrets: {a: {file: ./a}}`,
  ],
  [
    'JSON',
    '{"services": {"web": {"image": "a", "ports": ["80:80"]}, "db": {"image": "b", "environment": {"A": "b"}}}}\n',
  ],
];
const files = [...ownFiles, ...realFiles];

/** The whole effective value, aliases followed. */
function outline(node: YamlNode | null): string {
  const meant = meantBy(node);
  if (meant === null) return '-';
  if (meant.kind === 'scalar') return JSON.stringify(meant.text);
  if (meant.kind === 'alias') return `*${meant.name}`;
  if (meant.kind === 'sequence') return `[${meant.items.map(outline).join()}]`;
  return `{${meant.pairs.map(({ key, value }) => `${key.text}:${outline(value)}`).join()}}`;
}

const entriesOf = (service: Service): Map<string, string> =>
  new Map(service.entries.map(({ name, node }) => [name, outline(node)]));

const servicesOf = (model: ComposeModel): Map<string, Map<string, string>> =>
  new Map(model.services.map(service => [service.name, entriesOf(service)]));

/** Reads everything there is to read of a service. */
function readAll(model: ComposeModel, service: Service): void {
  imageOf(model, service);
  buildOf(model, service);
  healthcheckOf(model, service);
  processOf(model, service, 'command');
  processOf(model, service, 'entrypoint');
  portsOf(model, service);
  for (const key of ['environment', 'labels']) service.pairs(key);
  for (const entry of service.entries) assert.ok(!entry.sharedBy.includes(service.name));
}

test('Compose files: all are read without a problem', () => {
  for (const [name, text] of files) {
    for (const written of [text, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`]) {
      const model = parseCompose(written);
      assert.deepEqual(model.problems, [], name);
      assert.equal(model.services.length > 0, /^services:|"services"/m.test(text), name);
      for (const service of model.services) readAll(model, service);
    }
  }
});

function* scalarsOf(node: YamlNode | null): Generator<Extract<YamlNode, { kind: 'scalar' }>> {
  if (node?.kind === 'scalar') yield node;
  if (node?.kind === 'sequence') for (const item of node.items) yield* scalarsOf(item);
  if (node?.kind === 'map') {
    for (const { key, value } of node.pairs) {
      yield key;
      yield* scalarsOf(value);
    }
  }
}

test('Compose files: every scalar is mapped to its text', () => {
  for (const [name, text] of files) {
    for (const scalar of scalarsOf(parseCompose(text).root)) {
      assert.equal(scalarText(scalar, text).text, scalar.text, name);
    }
  }
});

test('Compose files: cut anywhere, what stands above the cut is read', () => {
  for (const file of files) {
    const [name, text] = file;
    const whole = parseCompose(text);
    const images = whole.services.flatMap(service => {
      const entry = service.map === null ? undefined : service.get('image');
      const node = entry?.node;
      return node && node.span.start > service.span.start ? [{ service: service.name, node }] : [];
    });
    const step = realFiles.includes(file) ? Math.ceil(text.length / 30) : 1;
    for (let cut = 0; cut < text.length; cut += step) {
      const model = parseCompose(text.slice(0, cut));
      for (const service of model.services) readAll(model, service);
      for (const { service, node } of name === 'JSON' ? [] : images) {
        if (text.lastIndexOf('\n', cut) <= node.span.end) continue;
        const found = model.services.find(candidate => candidate.name === service)?.get('image')?.node;
        assert.equal(outline(found ?? null), outline(node), `${name} cut at ${cut}`);
      }
    }
  }
});

/** A generator of the same numbers at every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const newValues: readonly NewValue[] = [
  true,
  3,
  'plain',
  '- needs: quotes # here',
  'two\nlines',
  { list: ['a', 'b: c'] },
  { list: ['CMD', 'x "y"'], inline: true },
  { list: [{ map: { type: 'bind', source: './x' } }] },
  { map: { a: 'b', c: { list: ['d'] } } },
];

type Change = readonly [key: string, edits: Edit[] | null];

/** One of the changes there are, with the key of the service that it may change. */
function anyChange(model: ComposeModel, service: Service, random: (below: number) => number): Change {
  const entries = service.entries;
  const entry = entries[random(entries.length)];
  const value = newValues[random(newValues.length)] ?? null;
  const pairs = service.pairs(entry?.name ?? '');
  const pair = pairs[random(pairs.length)];
  switch (random(7)) {
    case 0:
      return ['fresh', addKey(model, service, ['fresh'], value, entry?.name)];
    case 1:
      return [entry?.name ?? 'deep', addKey(model, service, [entry?.name ?? 'deep', 'fresh', 'key'], value)];
    case 2:
      return [entry?.name ?? 'list', addItem(model, service, [entry?.name ?? 'list'], value)];
    case 3:
      return ['list', addItem(model, service, ['list'], value)];
    case 4:
      return [entry?.name ?? '', entry?.sharedBy.length === 0 ? removeEntries(model, [entry.keySpan]) : null];
    case 5:
      return [entry?.name ?? '', pair?.sharedBy.length === 0 ? removeEntries(model, [pair.span]) : null];
    default:
      return ['', addTopLevel(model, 'secrets', 'fresh', { map: { file: './x' } })];
  }
}

test('Compose files: after any edit the text parses and all else is as it was', () => {
  const random = randomNumbers(7);
  let made = 0;
  for (const [name, text] of files) {
    for (const written of [text, text.replaceAll('\n', '\r\n'), text.trimEnd()]) {
      let current = written;
      for (let round = 0; round < 12; round++) {
        const model = parseCompose(current);
        const service = model.services[random(model.services.length)];
        if (service === undefined) break;
        const [key, edits] = anyChange(model, service, random);
        if (edits === null) continue;
        const result = applyEdits(current, edits);
        const why = `${name}, ${service.name}.${key}\n--- before\n${current}\n--- after\n${result}`;
        assert.notEqual(result, current, why);
        const after = parseCompose(result);
        assert.deepEqual(after.problems, [], why);
        assert.equal(result.includes('\r\n'), current.includes('\r\n'), why);
        assert.equal(/[^\r]\n/.test(result), /[^\r]\n/.test(current), why);
        const [expected, found] = [servicesOf(model), servicesOf(after)];
        for (const entries of [expected.get(service.name), found.get(service.name)]) entries?.delete(key);
        assert.deepEqual(found, expected, why);
        current = result;
        made++;
      }
    }
  }
  assert.ok(made > files.length * 5, `${made} edits`);
});
