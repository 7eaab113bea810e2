import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml } from '../../server/core/model/yaml/adapter.ts';
import type { YamlDocument, YamlNode } from '../../server/core/model/yaml/node.ts';
import type { Span } from '../../server/core/text/span.ts';
import { computingTime } from '../support/computing-time.ts';
import { mark } from '../support/marks.ts';

/** The tree on one line: values as JSON, `&` and `!` as written, aliases with what they stand for. */
function outline(node: YamlNode | null): string {
  if (node === null) return '-';
  const marks = `${node.anchor === null ? '' : `&${node.anchor} `}${node.tag === null ? '' : `${node.tag} `}`;
  switch (node.kind) {
    case 'scalar':
      return marks + (typeof node.value === 'number' ? String(node.value) : JSON.stringify(node.value));
    case 'alias':
      return `*${node.name}=${outline(node.target && { ...node.target, anchor: null })}`;
    case 'sequence':
      return `${marks}[${node.items.map(outline).join(', ')}]`;
    case 'map':
      return `${marks}{${node.pairs.map(({ key, value }) => `${key.text}: ${outline(value)}`).join(', ')}}`;
  }
}

// biome-ignore format: one row a case
const treeRows: readonly [name: string, text: string, tree: string][] = [
  ['an empty text', '', '-'],
  ['comments alone', '# a\n\n# b\n', '-'],
  ['a scalar', 'web', '"web"'],
  ['a map', 'a: 1\nb: x\n', '{a: 1, b: "x"}'],
  ['nested maps', 'a:\n  b:\n    c: d\n', '{a: {b: {c: "d"}}}'],
  ['an indented list', 'a:\n  - 1\n  - 2\n', '{a: [1, 2]}'],
  ['a list without indentation', 'a:\n- 1\n- 2\nb: c\n', '{a: [1, 2], b: "c"}'],
  ['maps in a list', '- a: 1\n  b: 2\n- c: 3\n', '[{a: 1, b: 2}, {c: 3}]'],
  ['lists in a list', '- - 1\n  - 2\n- 3\n', '[[1, 2], 3]'],
  ['flow collections', 'a: {b: [1, "2"], c: }\n', '{a: {b: [1, "2"], c: -}}'],
  ['flow over lines, a comma at the end', 'a: [\n  1,\n  2, # two\n]\n', '{a: [1, 2]}'],
  ['pairs in a flow list', '[a: 1, b]', '[{a: 1}, "b"]'],
  ['JSON', '{"a": {"b": true, "c": null}}', '{a: {b: true, c: null}}'],
  ['a carriage return alone in front of a value', 'a:\r b\nc: d\n', '{a: "b", c: "d"}'],
  ['a carriage return alone in front of a key', 'a:\n  \rb: c\n', '{a: {\rb: "c"}}'],
  ['no value', 'a:\nb: ~\n', '{a: -, b: null}'],
  ['an empty item', '- \n- a\n', '[null, "a"]'],
  ['a key with a question mark', '? a\n: 1\n? b\n', '{a: 1, b: -}'],
  ['booleans are true and false', '[true, False, yes, on, "true"]', '[true, false, "yes", "on", "true"]'],
  ['numbers', '[1, -2, 1.5, .5, 1e3, 0o17, 0x1F, 1_000]', '[1, -2, 1.5, 0.5, 1000, 15, 31, "1_000"]'],
  ['no number: ports, versions, times', '[22:22, 1.2.3, 30s, -a, +]', '["22:22", "1.2.3", "30s", "-a", "+"]'],
  ['infinity and no number', '[.inf, -.INF, .nan]', '[Infinity, -Infinity, NaN]'],
  ['tags of types', '[!!str 5, !!int "5", ! 5, !!null ""]', '[!!str "5", !!int 5, ! "5", !!null null]'],
  ['tags of Compose', 'a: !reset\nb: !override [1]\nc: !reset null\n', '{a: !reset null, b: !override [1], c: !reset null}'],
  ['an anchor and its alias', 'a: &x 1\nb: *x\n', '{a: &x 1, b: *x=1}'],
  ['an anchor of a map', 'a: &x\n  b: 1\nc: *x\n', '{a: &x {b: 1}, c: *x={b: 1}}'],
  ['an anchor in front of its key', '&k a: 1\nb: *k\n', '{a: 1, b: *k="a"}'],
  ['an anchor and a tag', 'a: &x !override {b: 1}\nc: !override &y [1]\n', '{a: &x !override {b: 1}, c: &y !override [1]}'],
  ['an anchor of nothing', 'a: &x\nb: *x\n', '{a: &x null, b: *x=null}'],
  ['an anchor given again', 'a: &x 1\nb: *x\nc: &x 2\nd: *x\n', '{a: &x 1, b: *x=1, c: &x 2, d: *x=2}'],
  ['a merge is a pair', 'a: &x {b: 1}\nc:\n  <<: *x\n', '{a: &x {b: 1}, c: {<<: *x={b: 1}}}'],
  ['an alias as key', 'a: &x b\n*x : 1\n', '{a: &x "b", b: 1}'],
  ['the first of two documents', 'a: 1\n---\nb: 2\n', '{a: 1}'],
  ['a document between its marks', '%YAML 1.2\n--- # c\na: 1\n...\nb: 2\n', '{a: 1}'],
  ['Windows line ends', 'a:\r\n  - 1\r\n  - b\r\n', '{a: [1, "b"]}'],
  ['a byte order mark', '\uFEFFa: 1\n', '{a: 1}'],
  ['blanks and comments everywhere', '# 1\na: # 2\n\n  # 3\n  b: 1 # 4\n  # 5\n# 6\nc: 2\n', '{a: {b: 1}, c: 2}'],
  ['a hash within a word', 'a: b#c\n', '{a: "b#c"}'],
];
for (const [name, text, tree] of treeRows) {
  test(`YAML tree: ${name}`, () => {
    const { root, problems } = parseYaml(text);
    assert.equal(outline(root), tree);
    assert.deepEqual(problems, []);
  });
}

function* nodesOf(node: YamlNode | null): Generator<YamlNode> {
  if (node === null) return;
  yield node;
  if (node.kind === 'sequence') for (const item of node.items) yield* nodesOf(item);
  if (node.kind === 'map') for (const { value } of node.pairs) yield* nodesOf(value);
}

const maps = ({ root }: YamlDocument) => [...nodesOf(root)].filter(node => node.kind === 'map');
const spansOf = {
  values: ({ root }) => [...nodesOf(root)].filter(({ kind }) => kind !== 'map').map(node => node.span),
  maps: document => maps(document).map(node => node.span),
  keys: document => maps(document).flatMap(({ pairs }) => pairs.map(({ key }) => key.span)),
  pairs: document => maps(document).flatMap(({ pairs }) => pairs.map(pair => pair.span)),
  items: ({ root }) => [...nodesOf(root)].flatMap(node => (node.kind === 'sequence' ? node.itemSpans : [])),
  comments: ({ comments }) => comments.map(comment => comment.span),
} satisfies Record<string, (document: YamlDocument) => Span[]>;

// biome-ignore format: one row a case
const spanRows: readonly [name: string, what: keyof typeof spansOf, marked: string][] = [
  ['plain scalars end before blanks and comments', 'values', 'a: «x y»  # c\nb: «z»   \n'],
  ['quoted scalars with their quotes', 'values', 'a: «"x"» # c\nb: «\'it\'\'s\'»\n'],
  ['scalars over lines', 'values', 'a: «x\n  y»\nb: «"p\n  q"»\n'],
  ['a block ends with its last line', 'values', 'a: «|\n  x\n  y»\n\nb: «>- # c\n  z»\n'],
  ['a block that keeps its line ends', 'values', 'a: «|+\n  x\n»\nb: «1»\n'],
  ['an empty block', 'values', 'a: «|-»\nb: «1»\n'],
  ['a block at the end of the text', 'values', 'a: «|\n  x»'],
  ['without anchor and tag', 'values', 'a: &x !t «1»\nb: «*x»\n'],
  ['nothing behind a tag', 'values', 'a: !reset«»\nb:\n'],
  ['lists', 'values', 'a:\n  «- «1»\n  - «2»» # c\n'],
  ['flow lists with their brackets', 'values', 'a: «[«1», «2»]» # c\n'],
  ['an open flow list', 'values', 'a: «[«1», «2»»'],
  ['maps', 'maps', '«a: 1\nb:\n  «c: 2» # c\nd: {}»\n'.replace('{}', '«{}»')],
  ['keys', 'keys', '«a»: 1\n«"b"» : 2\n? «c»\n: 3\n'],
  ['pairs', 'pairs', '«a: 1» # c\n«b:»\n«? c\n: 3»\n«&k d: &v 4»\n'],
  ['pairs in a flow map', 'pairs', '{ «a: 1», «b», «"c":2» }'],
  ['items from their dash', 'items', '«- a» # c\n«- b: 1\n  c: 2»\n«-»\n«- &x d»\n'],
  ['items of a flow list from their anchor', 'items', '[ «a», «&x b», «!t c», «d: 1» ]'],
  ['comments', 'comments', '«# 1»\na: b «# 2»\n\n  «#3  »\nc: "# no"\nd: |\n  # no\n«#»'],
  ['comments before Windows line ends', 'comments', 'a: 1 «# b»\r\n«# c»\r\n'],
  ['behind a byte order mark', 'keys', '\uFEFF«a»: 1\r\n«b»: 2\r\n'],
];
for (const [name, what, marked] of spanRows) {
  test(`YAML spans: ${name}`, () => {
    const text = marked.replaceAll(/[«»]/g, '');
    assert.equal(mark(text, spansOf[what](parseYaml(text))), marked);
  });
}

test('YAML comments are read without their sign', () => {
  const { comments } = parseYaml('#  a: b \n## c\n#\n');
  assert.deepEqual(
    comments.map(({ text }) => text),
    ['a: b', '# c', ''],
  );
});

// biome-ignore format: one row a case
const problemRows: readonly [name: string, marked: string, message: RegExp, tree: string][] = [
  ['a character of control', 'a: b«\x07»c # \x08\n', /^U\+0007 is no character of YAML/, '{a: "b\\u0007c"}'],
  ['another one in quotes', 'a: "b«\u0090»c"\n', /^U\+0090 is no character of YAML/, '{a: "b\u0090c"}'],
  ['a key twice', 'a: 1\nb: 2\n«a»: 3\n', /"a" stands in this map already/, '{a: 1, b: 2, a: 3}'],
  ['a key twice in a flow map', '{a: 1, «"a"»: 2}', /already/, '{a: 1, a: 2}'],
  ['a list in the list of a merge', 'x: &x [{}]\na:\n  <<: «[*x]»\n', /Only maps/, '{x: &x [{}], a: {<<: [*x=[{}]]}}'],
  ['two merges', 'x: &x {}\na:\n  <<: *x\n  «<<»: *x\n', /Only one "<<"/, '{x: &x {}, a: {<<: *x={}, <<: *x={}}}'],
  ['an unknown alias', 'a: «*x»\nb: &x 1\n', /No anchor "&x"/, '{a: *x=-, b: &x 1}'],
  ['an alias inside its anchor', 'a: &x\n  b: «*x»\n', /inside its own anchor/, '{a: &x {b: *x=-}}'],
  ['a quote left open', 'a: «"»b\nc: "d"\n', /never closed/, '{a: "b", c: "d"}'],
  ['the last quote left open', 'a: «"»b\nc: 1\n', /never closed/, '{a: "b", c: 1}'],
  ['the last quote left open at a key', 'a:\n  b: 1\n  «"»c: 2\n  d: 3\n', /never closed/, '{a: {b: 1, xc: 2, d: 3}}'],
  ['the last quotes left open', 'a: «"»b\nc:\n  - «\'»d\ne: 1\n', /never closed/, '{a: "b", c: ["d"], e: 1}'],
  ['an unknown escape', 'a: "x«\\q»"\n', /no such escape/, '{a: "x\\\\q"}'],
  ['a bracket left open', 'a: «[»1, 2\nb: 1\n', /never closed/, '{a: [1, 2], b: 1}'],
  ['a brace left open', 'a: «{»b: 1\n', /never closed/, '{a: {b: 1}}'],
  ['a bracket that closes nothing', 'a: 1\n«]»\nb: 2\n', /closes nothing/, '{a: 1, b: 2}'],
  ['two values without a comma', 'a: [b, "c" «"d"»]\n', /comma or a colon is missing/, '{a: ["b", {c: "d"}]}'],
  ['two commas', 'a: [1,«,» 2]\n', /Unexpected ","/, '{a: [1, 2]}'],
  ['a tab as indentation', 'a:\n«\t»b: 1\n', /Tabs/, '{a: -, b: 1}'],
  ['a word without a colon', 'a: 1\n«b»\n', /no colon/, '{a: 1, b: -}'],
  ['a word without a colon between keys', 'a: 1\n«b»\nc: 2\n', /no colon/, '{a: 1, b: -, c: 2}'],
  ['a map on the line of its key', 'a: «b: 1»\n', /cannot begin on the line/, '{a: {b: 1}}'],
  ['a list on the line of its key', 'a: «-» «b»\n', /cannot begin on the line|no colon/, '{a: -, b: -}'],
  ['a key further in', 'a:\n    b: 1\n  «c»: 2\n', /line up/, '{a: {b: 1}, c: 2}'],
  ['two anchors', 'a: &x «&y» 1\n', /only one anchor/, '{a: &y 1}'],
  ['an anchor on an alias', 'a: &x 1\nb: &y «*x»\n', /neither/, '{a: &x 1, b: *x=1}'],
  ['a reserved first character', 'a: «@b»\n', /needs quotes/, '{a: "@b"}'],
  ['a map as key', '{a: {«{b: c}»: 1}}', /must be plain text/, '{a: {{b: c}: 1}}'],
  ['a comment that touches a value', 'a: "b"«#c»\n', /blank in front/, '{a: "b"}'],
  ['directives without a document mark', '%YAML 1.2\n«»a: 1\n', /must follow/, '{a: 1}'],
];
for (const [name, marked, message, tree] of problemRows) {
  test(`YAML problems: ${name}`, () => {
    const text = marked.replaceAll(/[«»]/g, '');
    const { root, problems } = parseYaml(text);
    assert.equal(
      mark(
        text,
        problems.map(({ span }) => span),
      ),
      marked,
    );
    for (const problem of problems) assert.match(problem.message, message);
    assert.equal(outline(root), tree);
  });
}

/** Texts that are short to write and must be short to refuse. */
const hostile: readonly [name: string, text: string, atMost: number][] = [
  ['brackets', '['.repeat(200_000), 100],
  ['dashes', '- '.repeat(100_000), 100],
  ['question marks', '? '.repeat(100_000), 100],
  ['ever deeper keys', Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 100],
  ['closing brackets', '] '.repeat(50_000), 1_000],
  ['the same key', 'k: v\n'.repeat(30_000), 2_000],
  ['different keys', Array.from({ length: 30_000 }, (_, i) => `k${i}: &a${i} v\n`).join(''), 2_000],
  ['aliases', `a: &a {b: c}\n${Array.from({ length: 30_000 }, (_, i) => `k${i}: *a\n`).join('')}`, 2_000],
  ['words', `a: 1\n${'word\n'.repeat(50_000)}`, 2_000],
  ['open quotes', 'k: "\n'.repeat(30_000), 2_000],
  ['comments', `a:\n  b: 1\n${'      # c\n'.repeat(30_000)}`, 2_000],
  ['empty lines', `a:${'\n'.repeat(300_000)}`, 2_000],
  [
    'aliases of aliases',
    `a0: &a0 x\n${Array.from({ length: 90 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join('')}<<: *a90\n`,
    100,
  ],
];
for (const [name, text, atMost] of hostile) {
  test(`YAML of many ${name} is read in linear time`, () => {
    parseYaml(text.slice(0, 1_000));
    const taken = computingTime(() => {
      assert.ok(parseYaml(text).problems.length <= 100);
    });
    assert.ok(taken < atMost, `${taken} ms`);
  });
}
