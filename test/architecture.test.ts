// The architecture, held by a machine: who imports whom, no cycles, each library behind one file, small files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { filesBelow, inRepository } from '../scripts/repository.ts';

interface Layer {
  /** The layers it may import besides itself. */
  readonly imports: readonly string[];
  /** The packages it may import; `node:` stands for all of Node's modules. */
  readonly packages?: readonly string[];
}

const core = ['server/core/text', 'server/core/model', 'server/core/engine'];
const expertise = ['server/core/knowledge', 'server/core/insight', 'server/core/repairs'];
const host = [
  ...core,
  'server/core/rules',
  'server/core/checklist',
  'server/core/image',
  'server/core/build',
  'server/core/scan',
  'server/core/report',
  'server/core/language',
  'server/core/protocol',
  'server/host',
  'server/lsp',
];

/** A new folder is a new row here, and a `references` list in its tsconfig.json. */
const layers: Readonly<Record<string, Layer>> = {
  'server/core/text': { imports: [] },
  'server/core/model': { imports: ['server/core/text'], packages: ['dockerfile-ast', 'yaml', 'unbash'] },
  'server/core/engine': { imports: ['server/core/text', 'server/core/model'] },
  'server/core/knowledge': { imports: [] },
  'server/core/insight': { imports: ['server/core/text', 'server/core/model', 'server/core/knowledge'] },
  'server/core/repairs': { imports: [...core, 'server/core/knowledge', 'server/core/insight'] },
  'server/core/rules': { imports: [...core, ...expertise] },
  'server/core/checklist': { imports: [...core, 'server/core/knowledge', 'server/core/insight'] },
  'server/core/image': { imports: ['server/core/text', 'server/core/model', 'server/core/knowledge'] },
  'server/core/build': { imports: ['server/core/text', 'server/core/model'] },
  'server/core/report': {
    imports: [
      ...core,
      'server/core/checklist',
      'server/core/image',
      'server/core/build',
      'server/core/protocol',
      'server/core/scan',
    ],
  },
  'server/core/scan': { imports: [...core, ...expertise, 'server/core/image'] },
  'server/core/language': {
    imports: ['server/core/text', 'server/core/model', 'server/core/knowledge', 'server/core/insight'],
  },
  'server/core/protocol': { imports: [] },
  'server/core/registry': { imports: [...core, 'server/core/knowledge'] },
  'server/host': {
    imports: [
      ...core,
      'server/core/checklist',
      'server/core/image',
      'server/core/protocol',
      'server/core/insight',
      'server/core/repairs',
      'server/core/scan',
      'server/core/build',
      'server/core/registry',
    ],
  },
  'server/lsp': {
    imports: [...host.filter(layer => layer !== 'server/lsp'), 'server/core/repairs'],
    packages: [
      'vscode-languageserver',
      'vscode-languageserver/browser',
      'vscode-languageserver-textdocument',
    ],
  },
  'server/node': {
    imports: [...host, 'server/core/registry'],
    packages: ['node:', 'vscode-languageserver/node'],
  },
  'server/web': { imports: host },
  'server/cli': {
    imports: [...host, 'server/core/repairs', 'server/core/registry', 'server/node'],
    packages: ['node:'],
  },
  client: {
    imports: ['server/core/protocol'],
    packages: ['node:', 'vscode', 'vscode-languageclient/browser'],
  },
  scripts: {
    imports: [...core, 'server/core/knowledge', 'server/core/rules', 'server/core/report'],
    packages: [
      'node:',
      'esbuild',
      '@swc/core',
      '@gfx/zopfli',
      'vscode-languageserver/node',
      'vscode-languageserver-textdocument',
    ],
  },
};

/** Libraries of which only one file knows. */
const behindOneFile = ['dockerfile-ast', 'yaml', 'unbash'];

const limits = { rule: 250, test: 500, other: 400 };
/** Files that may be longer, and why. */
const longFiles: Readonly<Record<string, string>> = {};

const isSource = (file: string): boolean => file.endsWith('.ts') && !file.endsWith('.d.ts');
const sources = ['server', 'client', 'scripts'].flatMap(folder => filesBelow(folder, isSource));
const tests = filesBelow('test', isSource);
const textOf = (file: string): string => readFileSync(inRepository(file), 'utf8');

const fromPattern = /^(?:import|export)\b[^'";=]*?\bfrom\s+'([^']+)'/gm;
const barePattern = /(?:^import\s+|\bimport\(\s*)'([^']+)'/gm;

const specifiersIn = (file: string): string[] =>
  [fromPattern, barePattern].flatMap(pattern =>
    [...textOf(file).matchAll(pattern)].map(match => match[1] ?? ''),
  );

const isRelative = (specifier: string): boolean => specifier.startsWith('.');
const target = (file: string, specifier: string): string =>
  path.posix.join(path.posix.dirname(file), specifier);
const layerOf = (file: string): string | undefined =>
  Object.keys(layers).find(layer => file.startsWith(`${layer}/`));

function isAllowed(layer: string, file: string, specifier: string): boolean {
  const { imports, packages = [] } = layers[layer] ?? { imports: [] };
  if (!isRelative(specifier)) {
    return packages.some(name => (name === 'node:' ? specifier.startsWith(name) : specifier === name));
  }
  const other = layerOf(target(file, specifier));
  return other === layer || (other !== undefined && imports.includes(other));
}

const isRule = (file: string): boolean => /^server\/core\/rules\/[^/]+\/[^/]+$/.test(file);
const isGenerated = (file: string): boolean => file.includes('.generated.');

function limitOf(file: string): number {
  if (isRule(file)) return limits.rule;
  return file.startsWith('test/') ? limits.test : limits.other;
}

/** The first cycle found by following imports from a file, or undefined. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return undefined;
    done.add(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...trail, file]);
      if (cycle) return cycle;
    }
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

test('every source file belongs to a layer of the table', () => {
  assert.deepEqual(
    sources.filter(file => layerOf(file) === undefined),
    [],
  );
});

test('a file imports only what its layer may', () => {
  const offences = sources.flatMap(file =>
    specifiersIn(file)
      .filter(specifier => !isAllowed(layerOf(file) ?? '', file, specifier))
      .map(specifier => `${file} imports ${specifier}`),
  );
  assert.deepEqual(offences, []);
});

test('the compiler is told the same table', () => {
  for (const [layer, { imports }] of Object.entries(layers)) {
    const { references } = JSON.parse(textOf(`${layer}/tsconfig.json`)) as {
      references: { path: string }[];
    };
    const named = references.map(reference => path.posix.join(layer, reference.path));
    assert.deepEqual(named.sort(), [...imports].sort(), `${layer}/tsconfig.json`);
  }
  const root = JSON.parse(textOf('tsconfig.json')) as { references: { path: string }[] };
  assert.deepEqual(
    root.references.map(reference => reference.path).sort(),
    [...Object.keys(layers), 'test'].sort(),
  );
});

test('no file imports itself through others', () => {
  const graph = new Map(
    sources.map(file => [
      file,
      specifiersIn(file)
        .filter(isRelative)
        .map(name => target(file, name)),
    ]),
  );
  assert.equal(findCycle(graph)?.join(' -> '), undefined);
});

test('a rule imports no rule', () => {
  const offences = sources.filter(isRule).flatMap(file =>
    specifiersIn(file)
      .filter(name => isRelative(name) && isRule(target(file, name)))
      .map(name => [file, name]),
  );
  assert.deepEqual(offences, []);
});

for (const library of behindOneFile) {
  test(`one file names ${library}`, () => {
    const users = sources.filter(file =>
      specifiersIn(file).some(name => name === library || name.startsWith(`${library}/`)),
    );
    assert.equal(users.length, 1, users.join(', '));
  });
}

test('files are small', () => {
  const long = [...sources, ...tests]
    .filter(file => !isGenerated(file) && !(file in longFiles))
    .map(file => ({ file, lines: textOf(file).trimEnd().split('\n').length }))
    .filter(({ file, lines }) => lines > limitOf(file))
    .map(({ file, lines }) => `${file} has ${lines} lines, ${limitOf(file)} are allowed`);
  assert.deepEqual(long, []);
});

test('files say in their first line what lives there', () => {
  assert.deepEqual(
    sources.filter(file => !textOf(file).startsWith('// ')),
    [],
  );
});
