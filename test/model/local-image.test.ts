// What engines print about an image: of docker, of podman, and of somebody who means no good.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LocalImage, readLocalImage } from '../../server/core/model/local-image.ts';

const config = {
  User: '1000:1000',
  Env: ['PATH=/usr/bin', 'API_TOKEN=abc', 'EMPTY=', 'EQUALS=a=b', 'bare'],
  Entrypoint: ['/entry'],
  Cmd: ['serve'],
  WorkingDir: '/srv',
  ExposedPorts: { '8080/tcp': {}, '53/udp': {} },
  Volumes: { '/data': {} },
  Labels: { a: 'b', n: 1 },
  Shell: ['/bin/bash', '-c'],
  StopSignal: 'SIGQUIT',
};
const printed = (image: object): string => JSON.stringify([image]);
const read = (image: object): LocalImage => readLocalImage(printed(image)) ?? assert.fail('not read');

test('docker', () => {
  const Healthcheck = { Test: ['CMD-SHELL', 'true'] };
  const created = '2026-08-03T01:02:03.4Z';
  const image = read({ Os: 'linux', Created: created, Size: 1234, Config: { ...config, Healthcheck } });
  assert.deepEqual(
    { ...image, env: [...image.env], labels: [...image.labels] },
    {
      os: 'linux',
      user: '1000:1000',
      env: [
        ['PATH', '/usr/bin'],
        ['API_TOKEN', null],
        ['EMPTY', ''],
        ['EQUALS', 'a=b'],
      ],
      shell: ['/bin/bash', '-c'],
      workdir: '/srv',
      stopSignal: 'SIGQUIT',
      entrypoint: ['/entry'],
      cmd: ['serve'],
      ports: ['8080/tcp', '53/udp'],
      volumes: ['/data'],
      healthcheck: ['CMD-SHELL', 'true'],
      labels: [['a', 'b']],
      created: '2026-08-03',
      size: 1234,
    },
  );
});

const healthRows: readonly [name: string, image: object, test: readonly string[] | null][] = [
  ['beside the rest, as podman has it', { Config: {}, HealthCheck: { Test: ['CMD', 'a'] } }, ['CMD', 'a']],
  ['spelt as other versions do', { Config: {}, Healthcheck: { Test: ['CMD', 'a'] } }, ['CMD', 'a']],
  ['none', { Config: {} }, null],
  ['switched off', { Config: { Healthcheck: { Test: ['NONE'] } } }, null],
  ['empty', { Config: { Healthcheck: { Test: [] } } }, null],
];
for (const [name, image, expected] of healthRows) {
  test(`a health check ${name}`, () => assert.deepEqual(read(image).healthcheck, expected));
}

for (const text of ['', '[]', 'null', '[null]', '{"Config":null}', '[{"Config":[]}]', '{', '"a"', '1']) {
  test(`no image: ${text}`, () => assert.equal(readLocalImage(text), null));
}

test('what is of another kind or too long is left out', () => {
  const image = read({
    Os: 1,
    Created: 'yesterday',
    Size: '12',
    Config: {
      User: {},
      Env: ['a=b', 1, `LONG=${'x'.repeat(5_000)}`],
      Entrypoint: 'sh',
      Cmd: [],
      ExposedPorts: [],
    },
  });
  assert.deepEqual([image.os, image.user, image.created, image.size], ['', '', '', null]);
  assert.deepEqual([...image.env], [['a', 'b']]);
  assert.deepEqual([image.entrypoint, image.cmd, image.ports], [null, null, []]);
});
