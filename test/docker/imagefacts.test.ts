// Facts of images on a real engine: what it says of images that no table knows, and what becomes of findings by it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import { rules } from '../../server/core/rules/index.generated.ts';
import { lintDocument } from '../../server/host/check.ts';
import { noImages, rememberImages } from '../../server/host/local-images.ts';
import { createProject } from '../../server/host/project.ts';
import { diskFiles } from '../../server/node/files.ts';
import { imageInspector } from '../../server/node/image-inspector.ts';
import { build, docker, dockerEnvironment, folderWith } from './support/lab.ts';

Object.assign(process.env, dockerEnvironment);
const inspect = imageInspector([]);
const catalogue = catalogueOf(rules);
const context = await folderWith({});

/** An image of our own, under a name that no table knows. */
async function imageWith(instructions: string, name: string): Promise<string> {
  const image = await build({ text: `FROM alpine:3.24\n${instructions}`, context });
  await docker('tag', image, name);
  return name;
}

async function found(text: string, rule: string, asks: boolean): Promise<string[]> {
  const images = asks ? rememberImages(inspect) : noImages;
  const project = createProject(
    diskFiles,
    catalogue,
    { above: { only: new Set([rule]), profile: 'all' } },
    { images },
  );
  const language = text.startsWith('FROM') ? 'dockerfile' : 'compose';
  const document = { location: `/nowhere/${language}`, text, language } as const;
  const { findings } = await lintDocument(project, catalogue, document);
  return findings.map(({ messageId }) => messageId);
}

const app = await imageWith(
  [
    'ENV HOME_OF_APP=/srv API_TOKEN=abc',
    'SHELL ["/bin/ash", "-eo", "pipefail", "-c"]',
    'WORKDIR /srv',
    'EXPOSE 8080 53/udp',
    'VOLUME /data',
    'STOPSIGNAL SIGQUIT',
    'LABEL a=b',
    'HEALTHCHECK CMD ["/bin/true"]',
    'USER 1000:1000',
    'ENTRYPOINT ["/bin/app"]',
    'CMD ["serve"]\n',
  ].join('\n'),
  'registry.example.com/team/app:1',
);
const bare = await imageWith('CMD ["/bin/sh"]\n', 'registry.example.com/team/bare:1');

describe('facts of images', () => {
  test('an engine tells all that an image says of itself', async () => {
    const image = (await inspect(app)) ?? assert.fail('not known');
    assert.equal(image.os, 'linux');
    assert.equal(image.user, '1000:1000');
    assert.deepEqual([image.env.get('HOME_OF_APP'), image.env.get('API_TOKEN')], ['/srv', null]);
    assert.deepEqual(image.shell, ['/bin/ash', '-eo', 'pipefail', '-c']);
    assert.deepEqual([image.workdir, image.stopSignal], ['/srv', 'SIGQUIT']);
    assert.deepEqual([...image.ports].sort(), ['53/udp', '8080/tcp']);
    assert.deepEqual([image.volumes, image.labels.get('a')], [['/data'], 'b']);
    assert.deepEqual([image.entrypoint, image.cmd], [['/bin/app'], ['serve']]);
    assert.deepEqual(image.healthcheck, ['CMD', '/bin/true']);
    assert.match(image.created, /^20\d\d-\d\d-\d\d$/);
    assert.ok((image.size ?? 0) > 100_000);
  });

  test('an image that is not here is not known, and not fetched', async () => {
    assert.equal(await inspect('registry.example.com/team/nobody:1'), null);
  });

  const rows: readonly [text: string, rule: string, without: string[], informed: string[]][] = [
    [`FROM ${app}\n`, 'root-user', ['unknown-base'], []],
    [`FROM ${bare}\n`, 'root-user', ['unknown-base'], ['never-set']],
    [`FROM ${app}\nEXPOSE 80\n`, 'missing-healthcheck', ['missing'], []],
    [`FROM ${bare}\nEXPOSE 80\n`, 'missing-healthcheck', ['missing'], ['missing']],
    [`services:\n  a:\n    image: ${bare}\n`, 'compose-default-root', [], ['image']],
    [`services:\n  a:\n    image: ${app}\n`, 'compose-default-root', [], []],
    [`FROM ${app}\nRUN a | b\n`, 'unnoticed-pipe-failure', ['lost'], []],
    [`FROM ${bare}\nRUN a | b\n`, 'unnoticed-pipe-failure', ['lost'], ['lost']],
  ];
  for (const [text, rule, without, informed] of rows) {
    test(`${rule}: ${JSON.stringify(text)}`, async () => {
      assert.deepEqual(await found(text, rule, false), without);
      assert.deepEqual(await found(text, rule, true), informed);
    });
  }

  test('another image under the same name is noticed', async () => {
    const name = await imageWith('USER 1000\n', 'registry.example.com/team/moving:1');
    let time = 0;
    let told = (): void => {};
    const changed = new Promise<void>(resolve => {
      told = resolve;
    });
    const now = (): number => time;
    const images = rememberImages(imageInspector([], now), { now, changed: () => told() });
    await images.ask(name);
    assert.equal(images.known(name)?.user, '1000');
    await imageWith('USER 2000\n', name);
    time = 61_000;
    // The old answer, at once; the new one when it is there.
    assert.equal(images.known(name)?.user, '1000');
    await changed;
    assert.equal(images.known(name)?.user, '2000');
  });
});
