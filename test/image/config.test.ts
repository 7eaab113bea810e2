// What programs and archives say of an image, read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHistoryRows, readImageConfig } from '../../server/core/image/config.ts';

test('a configuration', () => {
  const config = readImageConfig({
    architecture: 'arm64',
    os: 'linux',
    variant: 'v8',
    history: [{ created_by: 'a', comment: 'b', author: 'c' }, { created_by: 'd', empty_layer: true }, 7],
    rootfs: { type: 'layers', diff_ids: ['sha256:1', 'sha256:2', null] },
  });
  assert.deepEqual(config, {
    history: [
      { createdBy: 'a', comment: 'b', isEmpty: false },
      { createdBy: 'd', comment: '', isEmpty: true },
      { createdBy: '', comment: '', isEmpty: false },
    ],
    diffIds: ['sha256:1', 'sha256:2'],
    platform: 'linux/arm64/v8',
  });
  for (const other of [null, 'x', [], {}, { rootfs: [] }]) assert.equal(readImageConfig(other), null);
});

test('rows of a history, each on its line or all in a list', () => {
  const rows = [
    { createdBy: 'a', comment: '', size: 12 },
    { createdBy: 'b', comment: 'c', size: 0 },
  ];
  const docker =
    '{"Comment":"c","CreatedBy":"b","ID":"x","Size":"0"}\n{"CreatedBy":"a","Size":"12"}\n\nnoise';
  assert.deepEqual(readHistoryRows(docker), rows);
  const podman = '[{"id":"x","CreatedBy":"b","size":0,"comment":"c"},{"CreatedBy":"a","size":12}]';
  assert.deepEqual(readHistoryRows(podman), rows);
  assert.deepEqual(readHistoryRows(''), []);
});
