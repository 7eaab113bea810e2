// A text with the cursor in it, and what is around the file in the tables of these tests.
import assert from 'node:assert/strict';
import type { ProjectFile } from '../../server/core/language/compose/project-names.ts';
import type { FolderEntry, Surroundings } from '../../server/core/language/surroundings.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';

/** Stands for the cursor: no text of a table holds it otherwise. */
const cursor = '¦';

export function withCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf(cursor);
  assert.ok(offset >= 0, `No cursor stands in ${marked}`);
  return { text: marked.replace(cursor, ''), offset };
}

const folders: Readonly<Record<string, readonly FolderEntry[]>> = {
  '.': [
    { name: '.env', kind: 'file' },
    { name: '.git', kind: 'folder' },
    { name: 'api', kind: 'folder' },
    { name: 'nginx.conf', kind: 'file' },
  ],
  api: [
    { name: 'Dockerfile', kind: 'file' },
    { name: 'src', kind: 'folder' },
  ],
};

const texts: Readonly<Record<string, string>> = {
  '.env': '# of the project\nTAG=1\nexport TOKEN = secret\n',
  'base.yaml': 'services:\n  base:\n    image: a\n  other:\n    image: b\n',
};

const dockerfiles: Readonly<Record<string, string>> = {
  'api/Dockerfile': 'FROM node:22 AS Build\nRUN npm ci\nFROM scratch AS prod\n',
};

const clean = (path: string): string => path.replace(/^\.\//, '').replace(/\/+$/, '') || '.';

export const around: Surroundings = {
  folder: path => folders[clean(path)] ?? null,
  text: path => texts[clean(path)] ?? null,
  dockerfile(path) {
    const text = dockerfiles[clean(path)];
    return text === undefined ? null : parseDockerfile(text);
  },
};

/** A file that belongs with no other. */
export const fileAlone = (text: string): ProjectFile => ({
  location: 'compose.yaml',
  model: parseCompose(text),
  shares: [],
  at: () => null,
});

/** A host that knows nothing yet. */
export const nothingAround: Surroundings = {
  folder: () => undefined,
  text: () => undefined,
  dockerfile: () => undefined,
};
