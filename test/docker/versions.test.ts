// Versions on a real engine: what apt in images and containers says, what is in the way, and that a pin then builds.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import type { VersionAnswers } from '../../server/core/engine/package-versions.ts';
import rule from '../../server/core/rules/dockerfile/unpinned-package.ts';
import { fixDocument } from '../../server/host/check.ts';
import { createProject } from '../../server/host/project.ts';
import { rememberVersions, versionsOnDemand } from '../../server/host/versions.ts';
import { diskFiles } from '../../server/node/files.ts';
import { containerLabel } from '../../server/node/versions/container.ts';
import { versionFinder } from '../../server/node/versions/finder.ts';
import { build, docker, dockerEnvironment, folderWith, provideImage, tryBuild } from './support/lab.ts';

Object.assign(process.env, dockerEnvironment);
const find = versionFinder([]);
const catalogue = catalogueOf([rule]);
const context = await folderWith({});

const base = 'debian:13-slim';
await provideImage(base);
const update = 'RUN apt-get update\n';

/** What the image's own apt would install. */
async function candidate(image: string, name: string): Promise<string> {
  const said = await docker('run', '--rm', '--network', 'none', image, 'apt-cache', 'show', name);
  return /^Version: (\S+)$/m.exec(said)?.[1] ?? assert.fail(said);
}

/** Those of the lookup: other tests use the engine at the same time. */
const containers = (): Promise<string> =>
  docker('ps', '--all', '--quiet', '--filter', `label=${containerLabel}`);

/** The lookup leaves nothing behind. */
async function ask(
  image: string,
  reach: 'local' | 'network',
  ...names: readonly string[]
): Promise<VersionAnswers> {
  const answers = await find(
    names.map(name => ({ manager: 'apt-get', name, image })),
    reach,
  );
  assert.equal(await containers(), '');
  return answers;
}

describe('versions of packages', () => {
  test('an index that the image holds is read without a network', async () => {
    const image = await build({ text: `FROM ${base}\n${update}`, context });
    const { versions, problems, needsNetwork } = await ask(image, 'local', 'curl', 'python3');
    assert.deepEqual([problems, needsNetwork], [[], false]);
    for (const name of ['curl', 'python3']) {
      assert.equal(versions.get(`apt-get ${name} ${image}`), await candidate(image, name));
    }
  });

  test('an image without an index says so, and fetches it when it may', async () => {
    const local = await ask(base, 'local', 'curl');
    assert.equal(local.needsNetwork, true);
    assert.deepEqual(local.problems, [`${base} holds no package index in which curl could be looked up.`]);
    const { versions, problems } = await ask(base, 'network', 'curl');
    assert.deepEqual(problems, []);
    assert.match(versions.get(`apt-get curl ${base}`) ?? '', /^\d/);
  });

  test('a package that only the status of the image knows has no version to rely on', async () => {
    const { versions } = await ask(base, 'local', 'bash');
    assert.deepEqual([...versions], []);
  });

  test('a running container of the image may hold the index', async () => {
    const container = await docker('run', '--detach', '--network', 'none', base, 'sleep', '120');
    try {
      await docker('exec', container, 'apt-get', 'update');
      const { versions, problems } = await ask(base, 'local', 'curl');
      assert.deepEqual(problems, []);
      assert.equal(versions.size, 1);
    } finally {
      await docker('rm', '--force', container);
    }
  });

  const obstacles: readonly [name: string, image: string, problem: RegExp][] = [
    [
      'an image that is not here',
      'debian:99',
      /^debian:99 is not on this machine\. Fetch it first: \w+ pull debian:99$/,
    ],
    ['another manager', base, /^There is no apk in debian:13-slim to ask\.$/],
  ];
  for (const [name, image, problem] of obstacles) {
    test(name, async () => {
      const { versions, problems } = await find([{ manager: 'apk', name: 'curl', image }], 'local');
      assert.equal(versions.size, 0);
      assert.match(problems.join(), problem);
    });
  }

  test('an image in which nothing runs', async () => {
    const image = await build({ text: `FROM scratch\nCOPY --from=${base} /etc/hostname /\n`, context });
    const { problems } = await ask(image, 'local', 'curl');
    assert.match(problems.join(), /^No container of \S+ could be started: .*sleep/);
  });

  test('what is pinned so builds', async () => {
    const versions = versionsOnDemand(rememberVersions(find), 'network', ({ problems }) =>
      assert.deepEqual(problems, []),
    );
    const project = createProject(
      diskFiles,
      catalogue,
      { above: { only: new Set([rule.id]) } },
      { versions },
    );
    const text = `FROM ${base}\nRUN apt-get update && apt-get install -y --no-install-recommends curl python3\n`;
    const document = { location: '/nowhere/Dockerfile', text, language: 'dockerfile' } as const;
    const { text: pinned } = await fixDocument(project, catalogue, document, { upTo: 'suggestion' });
    assert.match(pinned, /install -y --no-install-recommends curl=\S+ python3=\S+\n$/);
    const { ok, output } = await tryBuild({ text: pinned, context });
    assert.ok(ok, output);
    const wrong = await tryBuild({ text: pinned.replace(/curl=\S+/, 'curl=0.1'), context });
    assert.equal(wrong.ok, false);
  });
});
