// Safe fixes change nothing that anybody could notice: the image holds the same files and the same configuration.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Example } from '../../server/core/engine/rule.ts';
import { carriedOut } from '../support/contract/fixes.ts';
import { type Place, placeOf } from '../support/contract/subject.ts';
import { entriesOf } from './support/archive.ts';
import { obstacle, whatever } from './support/attempts.ts';
import { build, docker, folderWith, tryBuild, work } from './support/lab.ts';
import { dockerfileRules, findingsOf } from './support/repairs.ts';
import { contextFiles } from './support/sources.ts';
import { witnessed } from './support/stand-ins.ts';

/** What a fix says that it changes, by rule: files by their paths, settings by their names. */
const named: Readonly<Record<string, RegExp>> = {
  'deprecated-maintainer': /^(?:Labels|Author)$/,
  'ignored-cmd': /^Cmd$/,
  // BuildKit keeps the keyword of a trigger as it is written.
  'mixed-instruction-casing': /^OnBuild$/,
  'package-cache-left': /^\/var\/(?:lib\/apt\/lists|cache\/apt)\//,
};

/** Written anew by every build, or by every start of a container. */
const incidental = new RegExp(
  `^(?:/\\.dockerenv$|/(?:dev|proc|sys|var/log)/|/var/cache/(?:ldconfig/|apt/.*\\.bin$)|${witnessed}$)`,
);

/** Everything about an image that a container could tell: settings and files, each by its name. */
async function contentsOf(image: string): Promise<Map<string, string>> {
  const { Config: config, Author: author } = JSON.parse(
    await docker('image', 'inspect', '--format', '{{json .}}', image),
  );
  const settings = { ...config, Author: author, Image: null, Hostname: null };
  const contents = new Map(
    Object.entries(settings).map(([name, value]) => [name, JSON.stringify(value ?? null)]),
  );
  const container = await docker('create', image, 'nothing');
  const archive = join(work, `${randomUUID()}.tar`);
  try {
    await docker('export', '--output', archive, container);
    for (const [path, entry] of entriesOf(await readFile(archive))) contents.set(path, entry);
  } finally {
    await docker('rm', '--force', container);
    await rm(archive, { force: true });
  }
  return contents;
}

async function imageOf({ text, files }: Place): Promise<string> {
  return build({ text, context: await folderWith(contextFiles(text, files)) });
}

/** Why an example cannot be built as it is; null where it can. */
async function whyNot({ text, files }: Place): Promise<string | null> {
  const reason = obstacle(text);
  if (reason !== null) return reason;
  const { ok, output } = await tryBuild({ text, context: await folderWith(contextFiles(text, files)) });
  return ok ? null : whatever(output);
}

async function compare(t: TestContext, rule: string, example: Example): Promise<void> {
  const place = placeOf(example);
  const fixes = findingsOf(rule, example).findings.flatMap(finding => finding.fixes);
  const safe = fixes.filter(({ safety }) => safety === 'safe');
  const reason = safe.length === 0 ? 'no fix of it is safe' : await whyNot(place);
  if (reason !== null) return t.skip(reason);
  const before = await contentsOf(await imageOf(place));
  for (const fix of safe) {
    const after = await contentsOf(await imageOf(carriedOut(fix, place)));
    const changed = [...new Set([...before.keys(), ...after.keys()])]
      .filter(name => before.get(name) !== after.get(name))
      .filter(name => !incidental.test(name) && named[rule]?.test(name) !== true);
    const shown = changed.map(name => `${name}: ${before.get(name)} -> ${after.get(name)}`);
    assert.deepEqual(shown, [], `${fix.title}\n${place.text}`);
  }
}

for (const { id, fix, examples } of dockerfileRules) {
  if (fix.availability === 'never' || id === 'syntax-error') continue;
  describe(id, { concurrency: 2 }, () => {
    for (const [index, example] of examples.bad.entries()) {
      test(`${id}, example ${index + 1}`, t => compare(t, id, example));
    }
  });
}
