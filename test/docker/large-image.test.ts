// An image of 2 GB: read in bounded memory, and hardly slower than tar lists it. It takes minutes and room: BULKHEAD_LARGE=1.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { bundleBulkhead } from '../cli/bulkhead.ts';
import { docker, dockerEnvironment, folderWith, provideImage, tryDocker } from './support/lab.ts';
import { run } from './support/process.ts';

const isAsked = process.env.BULKHEAD_LARGE === '1';
const bounds = { memory: 300_000, times: 1.5 };
const rounds = 3;

interface Measured {
  readonly out: string;
  readonly seconds: number;
  /** Kilobytes. */
  readonly memory: number;
}

/** The command line in a process that tells the most memory that it had. */
function measure(cli: string, words: readonly string[]): Promise<Measured> {
  const script = `process.on('exit', () => console.error(process.resourceUsage().maxRSS)); require(${JSON.stringify(cli)})`;
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...dockerEnvironment };
    const child = spawn(process.execPath, ['-e', script, '--', 'x', ...words], { env });
    let [out, err] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    child.on('close', code => {
      const seconds = (performance.now() - started) / 1_000;
      if (code === 0) resolve({ out, seconds, memory: Number(err.trim().split('\n').at(-1)) });
      else reject(new Error(err));
    });
  });
}

test('an image of 2 GB', { skip: !isAsked }, async () => {
  const base = 'alpine:3.22';
  await provideImage(base);
  // Every layer other bytes, so that none is kept once for all; a tenth of them in many small files.
  const layers = [1, 2, 3, 4].map(
    seed =>
      `RUN head -c 460000000 /dev/urandom > /big${seed} && mkdir /many${seed} && cd /many${seed} && head -c 52000000 /dev/urandom | split -b 4000 -a 4 -`,
  );
  const folder = await folderWith({ Dockerfile: `FROM ${base}\n${layers.join('\n')}\nRUN rm /big1\n` });
  const built = await tryDocker(['build', '-t', 'large:1', folder], {
    env: { DOCKER_BUILDKIT: '1' },
    limit: 600_000,
  });
  assert.ok(built.ok, built.output);
  const cli = await bundleBulkhead();
  const archive = path.join(folder, 'list');
  const pairs: { tar: number; ours: Measured }[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const listed = await run('sh', ['-c', `docker save large:1 | tar -t > ${archive}`], {
      env: dockerEnvironment,
      limit: 600_000,
    });
    assert.ok(listed.ok, listed.output);
    const tar = (performance.now() - started) / 1_000;
    pairs.push({ tar, ours: await measure(cli, ['size', 'large:1', '--format', 'json']) });
  }
  for (const { tar, ours } of pairs)
    console.log(
      `docker save | tar -t ${tar.toFixed(1)} s, bulkhead size ${ours.seconds.toFixed(1)} s, ${Math.round(ours.memory / 1_000)} MB`,
    );
  const { size, wasted } = JSON.parse(pairs[0]?.ours.out ?? '');
  assert.equal(wasted, 460_000_000);
  assert.ok(size > 2_040_000_000 && String(size).length === 10);
  const best = (times: readonly number[]): number => Math.min(...times);
  assert.ok(pairs.every(({ ours }) => ours.memory < bounds.memory));
  assert.ok(best(pairs.map(({ ours }) => ours.seconds)) < best(pairs.map(({ tar }) => tar)) * bounds.times);
  await docker('image', 'rm', 'large:1');
});
