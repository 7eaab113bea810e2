// The generated tables: small, up to date with the facts where these are at hand, and nothing lost on the way.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { buildTables, defaultFactsFolder, outdatedTables } from '../../scripts/knowledge/build-tables.ts';
import { readFacts, type VariantFacts } from '../../scripts/knowledge/facts.ts';
import { inRepository } from '../../scripts/repository.ts';
import { lookUp } from '../../server/core/knowledge/image-table.ts';
import { tagsOf } from '../../server/core/knowledge/tags.ts';

const facts = readFacts(defaultFactsFolder);
const withFacts = { skip: facts === undefined ? 'no facts folder' : false };

test('the tables are small', t => {
  const files = ['tags.generated.ts', 'images.generated.ts', 'end-of-life.generated.ts'];
  const sizes = files.map(file => statSync(inRepository('server/core/knowledge', file)).size);
  t.diagnostic(files.map((file, index) => `${file}: ${sizes[index]} bytes`).join(', '));
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 110_000);
});

test('the tables are what the facts give: npx tsx scripts/knowledge/build-tables.ts', withFacts, () => {
  if (facts === undefined) return;
  assert.deepEqual(outdatedTables(buildTables(facts)), []);
  assert.deepEqual(buildTables(facts), buildTables(facts));
});

test('a changed fact makes its table out of date', withFacts, () => {
  if (facts === undefined) return;
  const tags = { ...facts.tags, images: { ...facts.tags.images, alpine: [['1.0', 'latest']] } };
  assert.deepEqual(outdatedTables(buildTables({ ...facts, tags })), [
    'server/core/knowledge/tags.generated.ts',
    'server/core/knowledge/images.generated.ts',
  ]);
});

const sorted = (groups: readonly (readonly string[])[]): string[] =>
  groups.map(group => [...group].sort().join(' ')).sort();

test('no tag is lost', withFacts, () => {
  for (const [image, groups] of Object.entries(facts?.tags.images ?? {})) {
    assert.deepEqual(sorted(tagsOf(image) ?? []), sorted(groups), image);
  }
});

/** The facts of a variant in the order and form of the table, without what the table leaves out. */
const expected = (variant: VariantFacts) => ({
  os: variant.os,
  user: variant.user,
  accounts: variant.accounts.map(({ name, uid, gid }) => ({ name, uid, gid })),
  ports: variant.ports.filter(port => !port.includes('$')),
  volumes: variant.volumes,
  healthcheck: variant.healthcheck,
  entrypoint: variant.entrypoint,
  cmd: variant.cmd,
  drops: variant.drops,
  fileEnv: variant.fileEnv,
  shell: variant.os.family === 'distroless-debian' ? false : variant.shell,
  curl: variant.curl,
  wget: variant.wget,
  base: variant.base,
});

test('no fact is lost', withFacts, () => {
  for (const [image, { variants, healthCommand }] of Object.entries(facts?.images.images ?? {})) {
    const seen = new Set<string>();
    for (const variant of variants) {
      const groups = variant.groups.map(group => facts?.tags.images[image]?.[group] ?? []);
      for (const tag of [...groups.map(tags => tags[0] ?? ''), ...(variant.tags ?? [])]) {
        if (seen.has(tag)) continue;
        seen.add(tag);
        const match = lookUp(image, tag);
        assert.ok(match?.exact, `${image}:${tag}`);
        const { healthCommand: check, ...found } = match.facts;
        assert.deepEqual(found, expected(variant), `${image}:${tag}`);
        assert.deepEqual(check?.test, healthCommand?.test, `${image}:${tag}`);
      }
    }
  }
});
