// The check of the schema beside ajv, which reads the official one: the same verdict on real files and on mutants.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { parse as parseYamlText } from 'yaml';
import { randomFrom } from '../../scripts/fuzz/random.ts';
import { type OfficialSchema, officialSchema, reducedSchema } from '../../scripts/generate/compose-schema.ts';
import { inRepository } from '../../scripts/repository.ts';
import { parseCompose } from '../../server/core/model/compose/parse.ts';
import { schemaProblems } from '../../server/core/model/compose/schema/check.ts';
import type { SchemaProblem } from '../../server/core/model/compose/schema/problem.ts';
import { mutantOf, sampler } from '../support/compose-samples.ts';
import { quickOr } from '../support/sample.ts';

const validate = new Ajv2020({ strict: false, allErrors: true, verbose: true }).compile(officialSchema());

/** Compose refuses it after it has looked at the schema, or before. */
const isBeyond = ({ code, shape }: SchemaProblem): boolean =>
  code === 'bare-key' || (code === 'wrong-text' && shape?.types.includes('string') === true);

const keyOf = (entry: unknown): unknown => (typeof entry === 'string' ? entry : JSON.stringify(entry));

/** What Compose does before it looks at the schema: it casts texts, and a later entry of some lists wins. */
function prepared(value: unknown, at: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => prepared(item, `${at}/${index}`));
    return deduplicated.test(at) ? [...new Map(items.map(item => [keyOf(item), item])).values()] : items;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, below]) => [key, prepared(below, `${at}/${key}`)]),
    );
  }
  if (typeof value !== 'string') return value;
  if (castToBoolean.test(at) && (value.includes('$') || /^(?:true|false|y|n|yes|no|on|off)$/i.test(value)))
    return true;
  return castToNumber.test(at) && /^\d+$/.test(value) ? Number(value) : value;
}

const castToBoolean = /^\/(?:services|jobs)\/[^/]+\/depends_on\/[^/]+\/required$/;
const castToNumber = /^\/services\/[^/]+\/(?:cpu_count|cpu_percent|umask)$/;
const deduplicated =
  /^\/(?:services|jobs)\/[^/]+\/(?:annotations|cap_add|cap_drop|devices|dns|dns_opt|dns_search|environment|labels|sysctls|tmpfs|volumes|expose|ports|links|profiles|build\/(?:args|additional_contexts|labels)|deploy\/labels|networks\/[^/]+\/(?:aliases|link_local_ips))$|^\/networks\/[^/]+\/labels$/;

const isVariable = (value: unknown): boolean => typeof value === 'string' && value.includes('$');

/** A variable has a fitting value where text may stand. */
function fitting({ keyword, schema, data }: ErrorObject): unknown {
  if (keyword === 'enum' && isVariable(data)) return (schema as readonly unknown[])[0];
  if (keyword === 'pattern' && isVariable(data)) return String(schema).startsWith('^(') ? 'always' : 'web-1';
  if (keyword === 'uniqueItems' && Array.isArray(data) && data.some(isVariable)) {
    return data.map((item, index) => (isVariable(item) ? `item ${index}` : item));
  }
  return undefined;
}

function replaceAt(root: unknown, path: string, value: unknown): void {
  const keys = path
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop() ?? '';
  const holder = keys.reduce((at, key) => (at as Record<string, unknown>)[key], root);
  (holder as Record<string, unknown>)[last] = value;
}

function oracle(text: string): boolean {
  const value = prepared(parseYamlText(text, { merge: true, maxAliasCount: -1, logLevel: 'silent' }), '');
  if (validate(value)) return true;
  const variables = (validate.errors ?? []).filter(error => fitting(error) !== undefined);
  for (const error of variables) replaceAt(value, error.instancePath, fitting(error));
  return variables.length > 0 && validate(value);
}

function verdict(text: string): boolean {
  return schemaProblems(parseCompose(text)).every(isBeyond);
}

const corpus = inRepository('..', 'shared', 'corpus');
const realFiles = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' })
      .filter(file => /\.ya?ml$/.test(file))
      .map(file => readFileSync(path.join(corpus, file), 'utf8'))
      .filter(text => parseCompose(text).problems.length === 0)
  : [];

const texts = [readFileSync(inRepository('examples/compose.yaml'), 'utf8'), ...realFiles];

test('the schema check says of real files what ajv says', () => {
  const different = texts.filter(text => verdict(text) !== oracle(text));
  assert.deepEqual(different, []);
});

const mutants = quickOr(1_500, 5_000);

test('the schema check says of files and mutants what ajv says', () => {
  const random = randomFrom(20_261_128);
  const sample = sampler(officialSchema(), random);
  const [first = '', ...short] = texts.filter(text => text.length < 4_000);
  const different: string[] = [];
  const count = { valid: 0, refused: 0, accepted: 0 };
  const judge = (text: string): boolean => {
    const wanted = oracle(text);
    // What another service may lend is not missing to us, but for ajv, which knows of no such thing.
    const mayLack = !wanted && text.includes('"extends"');
    if (verdict(text) !== wanted && !mayLack)
      different.push(`${wanted ? 'accepted' : 'refused'} by ajv:\n${text}`);
    return wanted;
  };
  while (count.refused + count.accepted < mutants) {
    const whole = random.below(8) === 0 ? random.one([first, ...short]) : JSON.stringify(sample());
    if (judge(whole)) count.valid++;
    const mutant = mutantOf(whole, random);
    if (mutant !== null) count[judge(mutant) ? 'accepted' : 'refused']++;
  }
  assert.deepEqual(different.slice(0, 3), []);
  assert.ok(count.valid > 0.8 * mutants, JSON.stringify(count));
  assert.ok(count.refused > 0.3 * mutants && count.accepted > 0.2 * mutants, JSON.stringify(count));
});

const strangers: readonly [name: string, change: (schema: OfficialSchema) => object][] = [
  ['at the top', schema => ({ ...schema, if: {} })],
  ['in a definition', schema => ({ ...schema, $defs: { ...schema.$defs, network: { minProperties: 1 } } })],
];
for (const [name, change] of strangers) {
  test(`a keyword that the schema check does not know is noticed ${name}`, () => {
    assert.throws(() => reducedSchema(change(officialSchema())), /unknown keyword/);
  });
}
