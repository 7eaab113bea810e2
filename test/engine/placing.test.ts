// Placing: what is found in a service that several files make is told once, at a place in the file that is checked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import type { Answer, FactKind, FactReader, Facts } from '../../server/core/engine/facts.ts';
import { lint } from '../../server/core/engine/lint.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import newPrivileges from '../../server/core/rules/compose/compose-new-privileges.ts';
import privileged from '../../server/core/rules/compose/compose-privileged.ts';
import unbound from '../../server/core/rules/compose/compose-unbound-port.ts';
import unpinned from '../../server/core/rules/compose/compose-unpinned-image.ts';

type Files = Readonly<Record<string, string>>;

function factsOf(document: string, files: Files): FactReader {
  const answers: Partial<{ readonly [K in FactKind]: (path: string) => Facts[K] | null }> = {
    folder: () => ({ document, files: Object.keys(files), set: null }),
    compose: path => (files[path] === undefined ? null : parseCompose(files[path])),
    env: path => (files[path] === undefined ? null : { text: files[path], takenIn: false }),
  };
  return { get: <K extends FactKind>(kind: K, path: string): Answer<K> => answers[kind]?.(path) };
}

/** The first file is checked; what is found, as the text that is marked, with the edits of its first fix. */
function found(files: Files): string[] {
  const [[document = '', text = ''] = []] = Object.entries(files);
  const catalogue = catalogueOf([privileged, newPrivileges, unpinned, unbound]);
  const settings = { ...defaultSettings, profile: 'all' } as const;
  const result = lint(catalogue, { model: parseCompose(text), settings, facts: factsOf(document, files) });
  for (const { fixes } of result.findings) {
    for (const { span } of fixes.flatMap(({ edits }) => edits)) assert.ok(span.end <= text.length);
  }
  return result.findings.map(({ rule, span }) => `${rule} ${text.slice(span.start, span.end)}`);
}

const safe = 'image: "a:1.2.3@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"';
const guarded = 'security_opt: ["no-new-privileges:true"]';

const rows: readonly [name: string, files: Files, expected: readonly string[]][] = [
  ['by itself', { 'compose.yaml': `services: {web: {${safe}}}` }, ['compose-new-privileges web']],
  [
    'the override has what is missing',
    {
      'compose.yaml': `services: {web: {${safe}}}`,
      'compose.override.yaml': `services: {web: {${guarded}}}`,
    },
    [],
  ],
  [
    'what an override does wrong is told there',
    {
      'compose.yaml': `services: {web: {${safe}, ${guarded}}}`,
      'compose.override.yaml': 'services: {web: {privileged: true}}',
    },
    [],
  ],
  [
    'seen from the override, at its own place, and nothing of what it lacks',
    {
      'compose.override.yaml': 'services: {web: {privileged: true}}',
      'compose.yaml': `services: {web: {${safe}}}`,
    },
    ['compose-privileged privileged'],
  ],
  [
    'seen from the override, at a key that lacks something',
    {
      'compose.override.yaml': 'services: {web: {security_opt: ["label:type:a"]}}',
      'compose.yaml': `services: {web: {${safe}}}`,
    },
    [],
  ],
  [
    'the override cures what stands here',
    {
      'compose.yaml': `services: {web: {${safe}, ${guarded}, privileged: true}}`,
      'compose.override.yaml': 'services: {web: {privileged: false}}',
    },
    [],
  ],
  [
    'a file that is not checked by itself: at the name of the service',
    {
      'compose.yaml': 'services: {web: {extends: {file: common.yaml, service: base}}}',
      'common.yaml': `services: {base: {${safe}, ${guarded}, privileged: true}}`,
    },
    ['compose-privileged web'],
  ],
  [
    'what would be written into a map there, is not',
    {
      'compose.yaml': 'services: {web: {extends: {file: common.yaml, service: base}}}',
      'common.yaml': `services:\n  base:\n    ${safe}\n    ${guarded}\n    ports:\n      - target: 80\n        published: 80\n`,
    },
    ['compose-unbound-port web'],
  ],
  [
    'extends in the same file: once, where it stands',
    {
      'compose.yaml': `services: {base: {${safe}, ${guarded}, privileged: true}, web: {extends: base}}`,
    },
    ['compose-privileged privileged'],
  ],
  [
    'a template is not asked for what its users have',
    { 'compose.yaml': `services: {base: {user: "1"}, web: {extends: base, ${safe}, ${guarded}}}` },
    [],
  ],
  [
    'a variable of .env',
    {
      'compose.yaml': `services: {web: {image: "a:\${TAG}", ${guarded}}}`,
      '.env': 'TAG=latest',
    },
    ['compose-unpinned-image a:${TAG}'],
  ],
];
for (const [name, files, expected] of rows) {
  test(`placing: ${name}`, () => assert.deepEqual(found(files), expected));
}
