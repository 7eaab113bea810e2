// Projects in memory: files by name, loaded as `bulkhead config` loads them, and what is asked of the outcome.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discoverFiles } from '../../../server/core/model/compose/project/discover.ts';
import { readEnvFile } from '../../../server/core/model/compose/project/environment.ts';
import { type Json, toJson } from '../../../server/core/model/compose/project/json.ts';
import { loadProject } from '../../../server/core/model/compose/project/project.ts';
import {
  type Environment,
  type MapValue,
  Refusal,
} from '../../../server/core/model/compose/project/value.ts';

export interface Given {
  /** By path in the project's folder, which is /p. */
  readonly files: Readonly<Record<string, string>>;
  readonly use?: readonly string[];
  readonly shell?: Readonly<Record<string, string>>;
  readonly profiles?: readonly string[];
}

export const onlyFile = (text: string): Given => ({ files: { 'compose.yaml': text } });

/** A service `web` of an image, with more of it in flow style. */
export const web = (more: string): string => `services: {web: {image: a, ${more}}}`;

export const overridden = (base: string, override: string): Given => ({
  files: { 'compose.yaml': base, 'compose.override.yaml': override },
});

export interface Loaded {
  readonly model: MapValue;
  readonly warnings: readonly string[];
}

export function loadGiven({ files, use, shell = {}, profiles = [] }: Given): Loaded {
  const read = (path: string): string | null => files[path.replace('/p/', '')] ?? null;
  const warnings: string[] = [];
  const fromShell: Environment = new Map(
    Object.entries(shell).map(([name, value]) => [name, { name, value, from: null }]),
  );
  const dotEnv = read('/p/.env');
  const environment =
    dotEnv === null
      ? fromShell
      : new Map([...readEnvFile({ path: '/p/.env', text: dotEnv }, fromShell), ...fromShell]);
  const model = loadProject({
    files: use?.map(file => `/p/${file}`) ?? discoverFiles('/p', path => read(path) !== null),
    folder: '/p',
    home: '/home/me',
    environment,
    profiles,
    read,
    warn: message => warnings.push(message),
    object: message => warnings.push(message),
  });
  return { model, warnings };
}

const pick = (json: Json, path: string): Json | undefined =>
  path.split('.').reduce<Json | undefined>((inner, key) => {
    if (inner === null || typeof inner !== 'object') return undefined;
    return Array.isArray(inner) ? inner[Number(key)] : (inner as Record<string, Json>)[key];
  }, json);

/** By path, what must be there; undefined for nothing. */
export type Expected = Readonly<Record<string, Json | undefined>>;

export type Row = readonly [name: string, given: Given, expected: Expected];

export function testRows(rows: readonly Row[]): void {
  for (const [name, given, expected] of rows) {
    test(name, () => {
      const json = toJson(loadGiven(given).model);
      for (const [path, value] of Object.entries(expected)) {
        assert.deepEqual(pick(json, path), value, path);
      }
    });
  }
}

/** What is refused, and how the refusal begins or what it says. */
export type RefusalRow = readonly [name: string, given: Given, message: RegExp];

export function testRefusals(rows: readonly RefusalRow[]): void {
  for (const [name, given, message] of rows) {
    test(name, () => {
      assert.throws(
        () => loadGiven(given),
        (error: Error) => error instanceof Refusal && message.test(error.message),
      );
    });
  }
}
