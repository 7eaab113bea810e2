// Places are found by indentation; the tree of the parser, on files that are whole, says the same.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { inRepository } from '../../scripts/repository.ts';
import { completionsAt } from '../../server/core/language/compose/completion.ts';
import { definitionsAt } from '../../server/core/language/compose/definition.ts';
import { keyHelpAt } from '../../server/core/language/compose/key-hover.ts';
import { linksOf } from '../../server/core/language/compose/links.ts';
import { composeOutline } from '../../server/core/language/compose/outline.ts';
import { renameAt } from '../../server/core/language/compose/rename.ts';
import { composeFolds } from '../../server/core/language/folding.ts';
import { type Place, placeAt, type YamlPath } from '../../server/core/language/yaml/place.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { parseYaml } from '../../server/core/model/yaml/adapter.ts';
import type { YamlNode } from '../../server/core/model/yaml/node.ts';
import { spanText } from '../../server/core/text/span.ts';
import { computingTime } from '../support/computing-time.ts';
import { around, fileAlone, withCursor } from './cursor.ts';

const corpus = inRepository('..', 'shared', 'corpus');
const realFiles = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' })
      .filter(file => /compose[^/]*\.ya?ml$/.test(file))
      .map(file => [file, readFileSync(path.join(corpus, file), 'utf8')] as const)
  : [];

const sample = `\
# a shop
x-common: &common
  restart: unless-stopped
services:
  web: # the door
    <<: *common
    image: "shop/web:\${TAG:-1.2}"
    build:
      context: ./web
      args: [A=1, "B=2", {c: d}]
    depends_on:
    - db
    - cache
    command: >-
      one: two
        three

    healthcheck: { test: ["CMD", 'a, b', x:y], interval: 5s,
      timeout: 3s }
    volumes:
      - type: bind
        source: ./a
      -   type: volume
          target: /x
  "db":
    labels:
      'a b': c # d
volumes: {data: {}, logs: }
`;

const shown = (steps: YamlPath): string => steps.map(step => step ?? '[]').join('.');

/** Every key and plain or quoted value on one line, with where the parser has it. */
function* expected(text: string, node: YamlNode, at: YamlPath): Generator<[offset: number, path: string]> {
  if (node.kind === 'sequence') for (const item of node.items) yield* expected(text, item, [...at, null]);
  if (node.kind === 'map') {
    for (const { key, value } of node.pairs) {
      yield [key.span.start + (key.style === 'plain' ? 0 : 1), `key ${shown(at)}`];
      if (value !== null) yield* expected(text, value, [...at, key.text]);
    }
  }
  const { start, end } = node.span;
  const isWord = node.kind === 'scalar' && node.value !== null && !spanText(text, node.span).includes('\n');
  if (isWord && at.length > 0 && start < end && node.style !== 'literal' && node.style !== 'folded') {
    yield [start + (node.style === 'plain' ? 0 : 1), `value ${shown(at)}`];
  }
}

const roleOf = ({ role }: Place): string => (role === 'key' ? 'key' : 'value');

for (const [file, text] of [['the sample', sample] as const, ...realFiles]) {
  const { root, problems } = parseYaml(text);
  if (root === null || problems.length > 0) continue;
  test(`${file}: places are where the parser has them`, () => {
    for (const [offset, where] of expected(text, root, [])) {
      const place = placeAt(text, offset);
      assert.equal(
        place && `${roleOf(place)} ${shown(place.path)}`,
        where,
        `${text.slice(0, offset)}¦${text.slice(offset)}`,
      );
    }
  });
}

const placed: [name: string, marked: string, expected: string | null][] = [
  ['an empty file', '¦', 'line '],
  ['a blank line in a map', 'a:\n  b: 1\n  ¦\n  c: 1\n', 'line a'],
  ['a blank line below a key', 'a:\n  ¦\n', 'line a'],
  ['a blank line in the column of a key above', 'a:\n  b:\n    c: 1\n  ¦\n', 'line a'],
  ['a blank line at the end of a file', 'a:\n  b: 1\n¦', 'line '],
  ['a word in a list without its dash', 'a:\n  - b\n  ¦\n', 'line a'],
  ['behind a dash', 'a:\n  - ¦\n', 'item a.[]'],
  ['right behind a dash', 'a:\n  -¦\n', null],
  ['behind a colon', 'a: ¦\n', 'value a'],
  ['behind a tag', 'a: !reset ¦\n', 'value a'],
  ['in brackets over several lines', 'a: [\n  b,\n  ¦\n]\n', 'item a.[]'],
  ['in brackets that are never closed', 'a:\n  b: [c, ¦\n  d: 1\n', 'item a.b.[]'],
  ['in brackets on a line of their own', 'a:\n  b:\n    [c, ¦]\n', 'item a.b.[]'],
  ['in braces', 'a: { ¦ }\n', 'key a'],
  ['behind a colon in braces', 'a: {b: ¦}\n', 'value a.b'],
  ['in braces in brackets', 'a: [{b: 1}, {¦}]\n', 'key a.[]'],
  ['in a quote that is never closed', 'a: "b¦\nc: 1\n', 'value a'],
  ['below a quote that is never closed', 'a: "b\nc:\n  d: ¦\n', 'value c.d'],
  ['in a comment', 'a: 1 # ¦\n', null],
  ['in a comment line', '  # ¦\n', null],
  ['in a comment in brackets', 'a: [b, # ¦\n]\n', null],
  ['behind a mark of documents', '---\na:\n  ¦\n', 'line a'],
  ['behind a byte order mark', '\uFEFFa:\n  ¦\n', 'line a'],
];

for (const [name, marked, where] of placed) {
  test(`the place of ${name}`, () => {
    const { text, offset } = withCursor(marked);
    const place = placeAt(text, offset);
    assert.equal(place && `${place.role} ${shown(place.path)}`, where);
  });
}

test('at every offset of every beginning of a file there is an answer', () => {
  for (let end = 0; end <= sample.length; end += 7) {
    const text = sample.slice(0, end);
    const file = fileAlone(text);
    const { model } = file;
    linksOf(model);
    composeOutline(model);
    composeFolds(model);
    for (let offset = Math.max(0, end - 40); offset <= end; offset++) {
      completionsAt(model, offset, around);
      definitionsAt(model, offset, around);
      renameAt([file], file, offset, 'other');
      keyHelpAt(model, offset);
    }
  }
});

test('a file of 10,000 lines is no reason to wait', () => {
  const service = (index: number): string =>
    `  web${index}:\n    image: nginx${index}\n    ports:\n      - "80:80"\n    depends_on: [web0]\n`;
  const text = `services:\n${Array.from({ length: 2_000 }, (_, index) => service(index)).join('')}    `;
  const model = parseCompose(text);
  const took = computingTime(() => completionsAt(model, text.length, around));
  assert.ok(took < 150, `${took} ms`);
});

test('hostile brackets and quotes are read once', () => {
  for (const part of ['[', '{', '"', "'", '- ', 'a: {', '? ', '&a ', '[{a: "', ': ']) {
    const text = part.repeat(20_000);
    const took = computingTime(() => placeAt(text, text.length));
    assert.ok(took < 300, `${JSON.stringify(part)}: ${took} ms`);
  }
});
