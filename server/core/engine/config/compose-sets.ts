// What `compose-sets` in `.bulkhead.yaml` says: Compose files that are run together, as with `docker compose -f A -f B`.
import type { FileSet } from '../../model/compose/neighbours/partners.ts';
import type { YamlNode } from '../../model/yaml/node.ts';
import type { Finding } from '../finding.ts';
import { invalidConfiguration } from '../meta-rules.ts';
import { type Draft, put } from './draft.ts';
import { isGiven, resolved, type Values } from './values.ts';

/** By the names that people give them. */
export type ComposeSets = ReadonlyMap<string, FileSet>;

/** What is told where a file that the configuration names is not there. */
export interface NamedFile {
  readonly path: string;
  readonly missing: Finding;
}

function filesAt(values: Values, node: YamlNode, name: string, named: NamedFile[]): readonly string[] {
  const files = values.texts(node, name) ?? [];
  const list = resolved(node);
  const items = list?.kind === 'sequence' ? list.items : [node];
  for (const [index, path] of files.entries()) {
    const at = items[index]?.span ?? node.span;
    named.push({ path, missing: invalidConfiguration.finding('missing-file', { at, data: { path } }) });
  }
  return files;
}

function readSet(values: Values, node: YamlNode, name: string, named: NamedFile[]): FileSet {
  if (resolved(node)?.kind !== 'map') return { files: filesAt(values, node, name, named), envFiles: [] };
  const set: Draft<Partial<FileSet>> = {};
  values.fields(node, name, {
    files: value => put(set, 'files', filesAt(values, value, 'files', named)),
    'env-files': value => put(set, 'envFiles', filesAt(values, value, 'env-files', named)),
  });
  if (set.files === undefined) values.wrong(node, name, 'a list of files, or a map with `files`');
  return { files: set.files ?? [], envFiles: set.envFiles ?? [] };
}

export function readComposeSets(values: Values, node: YamlNode, named: NamedFile[]): ComposeSets {
  const sets = values
    .pairs(node, 'compose-sets')
    .flatMap(({ key, value }) =>
      isGiven(value) ? [[key.text, readSet(values, value, key.text, named)] as const] : [],
    );
  return new Map(sets);
}

const paths = (description: string): object => ({
  type: ['array', 'string'],
  items: { type: 'string' },
  description,
});

const files = paths('The Compose files, each going over those before it, relative to this file.');

export const composeSetsSchema: object = {
  type: 'object',
  description: 'Compose files that are run together, as with `docker compose -f A -f B`, by a name.',
  additionalProperties: {
    anyOf: [
      files,
      {
        type: 'object',
        additionalProperties: false,
        required: ['files'],
        properties: { files, 'env-files': paths('Variables in place of those of `.env`.') },
      },
    ],
  },
};
