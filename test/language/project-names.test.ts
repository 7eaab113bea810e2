// Names across the files of a project: what is renamed along, what is another thing of the same name, what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProjectFile } from '../../server/core/language/compose/project-names.ts';
import { renameAt } from '../../server/core/language/compose/rename.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { withCursor } from './cursor.ts';

type Texts = Readonly<Record<string, string>>;

/** The cursor stands in the first file; each file shares its names with those behind it. */
function open(texts: Texts, shares: Readonly<Record<string, readonly string[]>>) {
  const [[first = '', marked = ''] = []] = Object.entries(texts);
  const { text, offset } = withCursor(marked);
  const files = Object.entries({ ...texts, [first]: text }).map(
    ([location, content]): ProjectFile => ({
      location,
      model: parseCompose(content),
      shares: shares[location] ?? [],
      at: path => path,
    }),
  );
  const [file] = files;
  assert.ok(file);
  return { files, file, offset };
}

const common = { 'compose.yaml': ['compose.override.yaml'] };

const rows: readonly [
  name: string,
  texts: Texts,
  shares: Readonly<Record<string, readonly string[]>>,
  to: string,
  changed: Texts,
][] = [
  [
    'a service in its override and in a list there',
    {
      'compose.yaml': 'services:\n  d¦b: {image: a}\n',
      'compose.override.yaml': 'services:\n  db: {user: "1"}\n  web:\n    depends_on: [db]\n',
    },
    common,
    'store',
    {
      'compose.yaml': 'services:\n  store: {image: a}\n',
      'compose.override.yaml': 'services:\n  store: {user: "1"}\n  web:\n    depends_on: [store]\n',
    },
  ],
  [
    'from the override, a network that the other file declares',
    {
      'compose.override.yaml': 'services:\n  web: {networks: [ba¦ck]}\n',
      'compose.yaml': 'services:\n  web: {image: a}\nnetworks:\n  back: {}\n',
    },
    common,
    'front',
    {
      'compose.override.yaml': 'services:\n  web: {networks: [front]}\n',
      'compose.yaml': 'services:\n  web: {image: a}\nnetworks:\n  front: {}\n',
    },
  ],
  [
    'all kinds of places of a service that is included',
    {
      'db/compose.yaml': 'services:\n  d¦b: {image: a}\n',
      'compose.yaml':
        'include: [db/compose.yaml]\nservices:\n  web:\n    depends_on:\n      db: {condition: service_healthy}\n    network_mode: service:db\n    build: {context: ., additional_contexts: {base: "service:db"}}\n',
    },
    { 'compose.yaml': ['db/compose.yaml'] },
    'store',
    {
      'db/compose.yaml': 'services:\n  store: {image: a}\n',
      'compose.yaml':
        'include: [db/compose.yaml]\nservices:\n  web:\n    depends_on:\n      store: {condition: service_healthy}\n    network_mode: service:store\n    build: {context: ., additional_contexts: {base: "service:store"}}\n',
    },
  ],
  [
    'volumes, secrets and configs with quotes where they are needed',
    {
      'compose.yaml': 'volumes:\n  da¦ta: {}\n',
      'compose.override.yaml':
        'services:\n  a:\n    volumes: ["data:/x", {type: volume, source: data, target: /y}]\n    secrets: [data]\n',
    },
    common,
    '0',
    {
      'compose.yaml': 'volumes:\n  "0": {}\n',
      'compose.override.yaml':
        'services:\n  a:\n    volumes: ["0:/x", {type: volume, source: "0", target: /y}]\n    secrets: [data]\n',
    },
  ],
  [
    'a service that another file extends, not its namesake there',
    {
      'common.yaml': 'services:\n  w¦eb: {image: a}\n',
      'compose.yaml': 'services:\n  web:\n    extends: {file: common.yaml, service: web}\n',
    },
    {},
    'base',
    {
      'common.yaml': 'services:\n  base: {image: a}\n',
      'compose.yaml': 'services:\n  web:\n    extends: {file: common.yaml, service: base}\n',
    },
  ],
  [
    'from where it is extended',
    {
      'compose.yaml': 'services:\n  web:\n    extends: {file: common.yaml, service: w¦eb}\n',
      'common.yaml': 'services:\n  web: {image: a}\n',
    },
    {},
    'base',
    {
      'compose.yaml': 'services:\n  web:\n    extends: {file: common.yaml, service: base}\n',
      'common.yaml': 'services:\n  base: {image: a}\n',
    },
  ],
  [
    'one that extends another, which keeps its name',
    {
      'compose.yaml': 'services:\n  w¦eb:\n    extends: {file: common.yaml, service: web}\n',
      'common.yaml': 'services:\n  web: {image: a}\n',
    },
    {},
    'site',
    { 'compose.yaml': 'services:\n  site:\n    extends: {file: common.yaml, service: web}\n' },
  ],
  [
    'a volume that an extended service brings along, through the one that it extends',
    {
      'compose.yaml':
        'services:\n  web:\n    extends: {file: common.yaml, service: web}\nvolumes:\n  da¦ta: {}\n  logs: {}\n',
      'common.yaml':
        'services:\n  web: {extends: base}\n  base: {volumes: ["data:/x"]}\n  other: {volumes: ["logs:/x"]}\n',
    },
    {},
    'store',
    {
      'compose.yaml':
        'services:\n  web:\n    extends: {file: common.yaml, service: web}\nvolumes:\n  store: {}\n  logs: {}\n',
      'common.yaml':
        'services:\n  web: {extends: base}\n  base: {volumes: ["store:/x"]}\n  other: {volumes: ["logs:/x"]}\n',
    },
  ],
  [
    'a volume that an extended service does not bring along',
    {
      'compose.yaml':
        'services:\n  web:\n    extends: {file: common.yaml, service: web}\nvolumes:\n  lo¦gs: {}\n',
      'common.yaml': 'services:\n  web: {image: a}\n  other: {volumes: ["logs:/x"]}\n',
    },
    {},
    'files',
    {
      'compose.yaml':
        'services:\n  web:\n    extends: {file: common.yaml, service: web}\nvolumes:\n  files: {}\n',
    },
  ],
  [
    'files that are not run together have names of their own',
    { 'a.yaml': 'services:\n  d¦b: {image: a}\n', 'b.yaml': 'services:\n  db: {image: a}\n' },
    {},
    'store',
    { 'a.yaml': 'services:\n  store: {image: a}\n' },
  ],
  [
    'two variants of a file have names of their own besides',
    {
      'prod.yaml': 'services:\n  to¦ol: {image: a}\n',
      'compose.yaml': 'services:\n  web: {image: a}\n',
      'dev.yaml': 'services:\n  tool: {image: a}\n',
    },
    { 'prod.yaml': ['compose.yaml'], 'dev.yaml': ['compose.yaml'] },
    'job',
    { 'prod.yaml': 'services:\n  job: {image: a}\n' },
  ],
  [
    'an anchor ends with its file',
    { 'compose.yaml': 'x-a: &¦a {}\nx-b: *a\n', 'compose.override.yaml': 'x-a: &a {}\n' },
    common,
    'b',
    { 'compose.yaml': 'x-a: &b {}\nx-b: *b\n' },
  ],
];
for (const [name, texts, shares, to, changed] of rows) {
  test(`renames in all files: ${name}`, () => {
    const { files, file, offset } = open(texts, shares);
    const renamed = renameAt(files, file, offset, to);
    assert.ok(!('refused' in renamed), JSON.stringify(renamed));
    const after = renamed.map(({ file: { location, model }, edits }) => [
      location,
      applyEdits(model.text, edits),
    ]);
    assert.deepEqual(Object.fromEntries(after), changed);
  });
}

const refused: readonly [name: string, texts: Texts, to: string, why: RegExp][] = [
  [
    'a name that the other file has',
    {
      'compose.yaml': 'services:\n  d¦b: {image: a}\n',
      'compose.override.yaml': 'services:\n  web: {image: b}\n',
    },
    'web',
    /There is a service "web" already/,
  ],
  [
    'what no file declares',
    { 'compose.yaml': 'services:\n  a: {networks: [ne¦t]}\n', 'compose.override.yaml': 'services: {}\n' },
    'b',
    /not declared in this file, nor in one that belongs with it/,
  ],
];
for (const [name, texts, to, why] of refused) {
  test(`refuses to rename in all files: ${name}`, () => {
    const { files, file, offset } = open(texts, common);
    const answer = renameAt(files, file, offset, to);
    assert.match('refused' in answer ? answer.refused : 'It is done.', why);
  });
}
