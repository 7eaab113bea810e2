// Files read in pieces: the same as when they are read at once, edit after edit, and only what has changed is read again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownInputs, realInputs } from '../../scripts/fuzz/inputs.ts';
import { mutantOf } from '../../scripts/fuzz/mutants.ts';
import { randomFrom } from '../../scripts/fuzz/random.ts';
import { parseYaml } from '../../server/core/model/yaml/adapter.ts';
import type { YamlDocument, YamlNode } from '../../server/core/model/yaml/node.ts';
import { type Pieces, parseInPieces } from '../../server/core/model/yaml/pieces.ts';
import { nodesBelow } from '../../server/core/model/yaml/walk.ts';

const none: Pieces = new Map();

const shown = ({ root, comments, problems }: YamlDocument): string =>
  JSON.stringify({ root, comments, problems }, null, 1);

/** Aliases lead to nodes of the tree that they are in. */
function assertWhole(root: YamlNode | null, text: string): void {
  const nodes = new Set(root === null ? [] : nodesBelow(root));
  for (const node of nodes) {
    if (node.kind === 'alias' && node.target !== null) {
      const isKey = node.target.kind === 'scalar';
      assert.ok(isKey || nodes.has(node.target), `*${node.name} leads out of the tree of\n${text}`);
    }
  }
}

const file = `# a file
x-a: &a
  restart: always
services: # all of them

  # the first
  web: &web
    <<: *a
    image: a
    labels: [b, "c"] # d
  db:
    <<: *web
    command: |+
      e

  # at the end
volumes:
  data:
`;

// biome-ignore format: one row a case
const edits: readonly [name: string, from: string | RegExp, to: string, read: number][] = [
  ['nothing', '', '', 0],
  ['a value', 'image: a', 'image: bc', 1],
  ['a value that is longer, above the others', 'always', 'on-failure', 1],
  ['a comment', '# a file', '# the file', 0],
  ['an empty line', '\n  # the first', '\n\n  # the first', 0],
  ['a service more', '  db:', '  cache:\n    image: c\n  db:', 1],
  ['a service less', / {2}web:[\s\S]*(?= {2}db:)/, '', 5],
  ['a name', 'db:', 'store:', 1],
  ['an entry that stands twice', 'services:', 'x-a: &a\n  restart: always\nservices:', 0],
  ['an anchor', '&web', '&wob', 5],
  ['a quote that is not closed', '"c"', '"c', 5],
  ['a bracket that is not closed', '"c"]', '"c"', 5],
  ['a word without a colon', '    image: a', '    im', 1],
  ['a word without a colon among the services', '  db:', '  db', 5],
  ['a problem', '[b, "c"]', '[b, "c"]x', 1],
  ['a second document', 'volumes:', '---\nvolumes:', 5],
];

for (const [name, from, to, read] of edits) {
  test(`after an edit of ${name}`, () => {
    const before = parseInPieces(file, none);
    const text = file.replace(from, to);
    const after = parseInPieces(text, before.pieces);
    assert.equal(shown(after), shown(parseYaml(text)));
    assert.equal(before.pieces.size, 4);
    const isWhole = after.pieces === before.pieces;
    assert.equal(isWhole ? 5 : [...after.pieces.keys()].filter(key => !before.pieces.has(key)).length, read);
  });
}

test('edits of edits of Compose files', () => {
  const inputs = [...ownInputs(), ...realInputs()].filter(({ language }) => language === 'compose');
  const random = randomFrom(1);
  let taken = 0;
  for (const { text: start } of inputs) {
    let pieces = none;
    let text = start;
    for (let round = 0; round < 5; round++) {
      const document = parseInPieces(text, pieces);
      assert.equal(shown(document), shown(parseYaml(text)), text);
      assertWhole(document.root, text);
      for (const [content, piece] of document.pieces) if (pieces.has(content) && piece) taken++;
      ({ pieces } = document);
      const other = inputs[random.below(inputs.length)]?.text ?? '';
      const edited = mutantOf(text, other, random);
      // From what no longer can be read, back to what can.
      text = random.below(3) === 0 ? start : edited;
    }
  }
  assert.ok(taken > 1_000);
});
