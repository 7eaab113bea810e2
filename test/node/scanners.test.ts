// Running scanners: one that is cancelled ends with all it has started, and what it wrote is gone.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { scanImage } from '../../server/node/scanners/run.ts';
import { fakeEngine } from '../support/fake-engine.ts';
import { fakeScanner } from '../support/fake-scanner.ts';

const own = /^bulkhead-scan-/;
const folders = (): string[] => readdirSync(tmpdir()).filter(name => own.test(name));

const isRunning = (pid: number): boolean => {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

test('cancelled', { skip: process.platform !== 'linux' }, async () => {
  const before = folders();
  const script = `echo "$$" > "\${0%/*}/pid"; /bin/sleep 600 & wait`;
  const scanner = fakeScanner('trivy', { report: {}, script });
  const engine = fakeEngine('docker', { 'shop:1': {} });
  const old = process.env.PATH;
  process.env.PATH = `${scanner.folder}:${engine.folder}`;
  const controller = new AbortController();
  try {
    const started = once(watch(scanner.folder).unref(), 'change');
    const answer = scanImage({
      image: 'shop:1',
      scanner: null,
      program: null,
      server: null,
      mayUpdate: false,
      isRemote: false,
      projects: [],
      signal: controller.signal,
    });
    const file = path.join(scanner.folder, 'pid');
    await started;
    const changes = watch(scanner.folder);
    while (!existsSync(file) || readFileSync(file, 'utf8') === '') await once(changes, 'change');
    changes.close();
    controller.abort();
    assert.deepEqual(await answer, { problem: 'The scan was cancelled.', kind: 'cancelled' });
    assert.equal(isRunning(Number(readFileSync(file, 'utf8'))), false);
    assert.deepEqual(
      folders().filter(name => !before.includes(name)),
      [],
    );
  } finally {
    process.env.PATH = old;
  }
});
