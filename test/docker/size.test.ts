// The size of images on a real engine: each figure is that of `docker history` and of the layers themselves, to the byte.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { readHistoryRows } from '../../server/core/image/config.ts';
import { type SizeReport, sizeReport } from '../../server/core/image/report.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { findEngines } from '../../server/node/engines.ts';
import { imageBuiltFrom, saveImage } from '../../server/node/image/engine-images.ts';
import { kindOfFile, readImageFile } from '../../server/node/image/files.ts';
import { builtBulkhead } from '../cli/bulkhead.ts';
import {
  build,
  docker,
  dockerEnvironment,
  folderWith,
  isModern,
  provideImage,
  tryDocker,
  work,
} from './support/lab.ts';
import { must } from './support/process.ts';

// The engine is found as it would be on a machine where nothing else is.
Object.assign(process.env, dockerEnvironment);
const base = 'alpine:3.22';
await provideImage(base);
const [engine] = await findEngines([]);
assert.equal(engine?.name, 'docker');
const context = await folderWith({ 'a.txt': 'a'.repeat(1_234), 'b.txt': 'b'.repeat(56_789), 'd/c.txt': 'c' });

const zeros = (file: string, kilobytes: number): string =>
  `dd if=/dev/zero of=${file} bs=1024 count=${kilobytes}`;

interface Row {
  readonly name: string;
  readonly text: string;
  /** One-based, of the layers above the base. */
  readonly lines: readonly number[];
  /** Bytes that are gone in the end. */
  readonly wasted: number;
  readonly older?: boolean;
  readonly buildArgs?: Readonly<Record<string, string>>;
}

const rows: readonly Row[] = [
  {
    name: 'copies and commands',
    text: `FROM ${base}\nENV A=b\nCOPY a.txt b.txt /app/\nRUN ${zeros('/one', 100)}\nCOPY . /all\nCMD ["sh"]\n`,
    lines: [3, 4, 5],
    wasted: 0,
  },
  {
    name: 'what is removed, written again, and changed only in its owner',
    text: `FROM ${base}\nRUN ${zeros('/one', 100)} && mkdir /d && ${zeros('/d/two', 10)}\nRUN rm /one\nRUN ${zeros('/d/two', 20)}\nCOPY b.txt /app/\nRUN chown 7 /app/b.txt\nRUN rm -r /d\n`,
    lines: [2, 3, 4, 5, 6, 7],
    wasted: 100 * 1024 + 10 * 1024 + 20 * 1024 + 56_789,
  },
  {
    name: 'links of both kinds',
    text: `FROM ${base}\nRUN ${zeros('/one', 64)} && ln /one /two && ln -s /a/long/target /three\nRUN rm /one\nRUN rm /two\n`,
    lines: [2, 3, 4],
    wasted: 64 * 1024,
  },
  {
    name: 'a folder that is emptied and filled again',
    text: `FROM ${base}\nRUN mkdir -p /d/e && ${zeros('/d/e/one', 30)}\nRUN rm -r /d && mkdir /d && ${zeros('/d/two', 5)}\n`,
    lines: [2, 3],
    wasted: 30 * 1024,
  },
  {
    name: 'through stages, with build arguments',
    text: `FROM ${base} AS made\nARG SIZE=1\nRUN dd if=/dev/zero of=/made bs=1024 count=$SIZE\nFROM ${base} AS lower\nWORKDIR /srv/app\nRUN ${zeros('low', 3)}\nFROM lower\nARG NAME=x\nCOPY --from=made /made ./$NAME\nRUN echo "$NAME" > name\n`,
    lines: [5, 6, 9, 10],
    wasted: 0,
    buildArgs: { SIZE: '40', NAME: 'other' },
  },
  {
    name: 'by the older builder of the engine',
    text: `FROM ${base}\nLABEL a=b\nWORKDIR /srv\nCOPY a.txt b.txt ./\nRUN ${zeros('one', 12)}\nADD d /d/\nRUN rm one\n`,
    lines: [3, 4, 5, 6, 7],
    wasted: 12 * 1024,
    older: true,
  },
  ...(isModern
    ? [
        {
          name: 'with heredocs',
          text: `FROM ${base}\nRUN <<EOF\n${zeros('/one', 9)}\necho done > /done\nEOF\nCOPY <<one.conf <<two.conf /etc/app/\nsome\none.conf\nmore\ntwo.conf\nRUN cat <<EOF > /three\nx\nEOF\n`,
          lines: [2, 6, 11],
          wasted: 0,
        },
      ]
    : []),
];

async function made({ text, older, buildArgs }: Row): Promise<string> {
  if (!older) return build({ text, context, ...(buildArgs && { buildArgs }) });
  const file = path.join(await folderWith({ Dockerfile: text }), 'Dockerfile');
  const image = 'older:1';
  const built = await tryDocker(['build', '--network', 'none', '-t', image, '-f', file, context], {
    env: { DOCKER_BUILDKIT: '0' },
  });
  assert.ok(built.ok, built.output);
  return image;
}

async function inspect(image: string, text: string): Promise<SizeReport> {
  assert.ok(engine);
  const read = await saveImage(engine, image, undefined);
  return sizeReport({ image, ...read }, parseDockerfile(text), []);
}

/** Of each layer, by the engine: those steps that left one. */
async function historySizes(image: string): Promise<number[]> {
  const format = ['--no-trunc', '--human=false', '--format', '{{json .}}'];
  return readHistoryRows(await docker('history', ...format, image)).map(({ size }) => size);
}

/** Of each layer, by tar: the bytes of files and of the targets of links. */
async function tarSizes(image: string): Promise<number[]> {
  const folder = await folderWith({});
  const archive = path.join(folder, 'image.tar');
  await docker('save', '-o', archive, image);
  await must('tar', ['-xf', archive, '-C', folder]);
  const [{ Layers: layers }] = JSON.parse(await must('cat', [path.join(folder, 'manifest.json')]));
  const sizes: number[] = [];
  for (const layer of layers as string[]) {
    const listed = await must('tar', ['-tvf', path.join(folder, layer), '--numeric-owner']);
    let sum = 0;
    for (const line of listed.split('\n')) {
      if (line.startsWith('-')) sum += Number(/^\S+ +\S+ +(\d+) /.exec(line)?.[1]);
      if (line.startsWith('l')) sum += line.slice(line.indexOf(' -> ') + 4).length;
    }
    sizes.push(sum);
  }
  return sizes;
}

describe('sizes', () => {
  for (const row of rows) {
    test(row.name, async () => {
      const image = await made(row);
      const report = await inspect(image, row.text);
      const sizes = report.layers.map(({ size }) => size);
      assert.deepEqual(sizes, await tarSizes(image));
      const told = await historySizes(image);
      assert.deepEqual(
        sizes.filter(size => size > 0),
        told.filter(size => size > 0),
      );
      assert.equal(
        report.size,
        told.reduce((sum, size) => sum + size, 0),
      );
      assert.equal(report.wasted, row.wasted);
      const own = report.layers.filter(({ origin }) => origin !== 'base');
      assert.deepEqual(
        own.map(({ line }) => (line ?? -1) + 1),
        row.lines,
      );
      assert.ok(report.layers.every(({ origin }) => origin !== 'unknown'));

      assert.ok(engine);
      const found = await imageBuiltFrom([engine], parseDockerfile(row.text));
      assert.deepEqual([found?.image, found?.changed], [image, 0]);
    });
  }
});

test('an archive and a layout of the OCI hold the same', async () => {
  const [, row] = rows;
  assert.ok(row);
  const image = await made(row);
  const whole = await inspect(image, row.text);
  const archive = path.join(work, 'size.tar');
  await docker('save', '-o', archive, image);
  assert.equal(await kindOfFile(archive), 'archive');
  const again = sizeReport({ image, ...(await readImageFile(archive, 'archive', null)) }, null, []);
  assert.deepEqual(
    again.layers.map(({ size, wasted }) => [size, wasted]),
    whole.layers.map(({ size, wasted }) => [size, wasted]),
  );
});

test('an image that is only in its registry has the figures of the engine', async t => {
  if (!isModern) return t.skip('without BuildKit of its own nothing is pushed');
  const [, row] = rows;
  assert.ok(row);
  const image = await made(row);
  const sizes = await historySizes(image);
  await docker('image', 'rm', '--force', image);
  const bulkhead = await builtBulkhead();
  const folder = await folderWith({ Dockerfile: row.text });
  const env = { ...dockerEnvironment, XDG_CACHE_HOME: path.join(folder, 'cache') };
  const words = ['size', image, '-f', 'Dockerfile', '--no-config', '--format', 'json'];
  const here = bulkhead(words, { in: folder, env });
  assert.match(here.err, /has no image .* With --remote it is read from its registry\./);
  const { code, out, err } = bulkhead([...words, '--remote'], { in: folder, env });
  assert.equal(code, 0, err);
  const { layers, wasted } = JSON.parse(out) as SizeReport;
  assert.deepEqual(
    layers.map(({ size }) => size).filter(size => size > 0),
    sizes.filter(size => size > 0),
  );
  assert.equal(wasted, row.wasted);
  assert.deepEqual(
    layers.flatMap(({ line }) => (line === null ? [] : line + 1)).filter(line => line > 1),
    row.lines,
  );
  const both = bulkhead([...words, '--remote', '--compare', image], { in: folder, env });
  const { before, after } = JSON.parse(both.out) as Record<'before' | 'after', SizeReport>;
  assert.deepEqual([before.size, before.layers.length], [after.size, layers.length], both.err);
});

const idOf = (image: string): Promise<string> => docker('image', 'inspect', '--format', '{{.Id}}', image);

test('budgets, comparison and what is in the way, as the command line tells them', async () => {
  const bulkhead = await builtBulkhead();
  const [before, after] = rows;
  assert.ok(before && after);
  const [old, young] = [await made(before), await made(after)];
  const folder = path.join(work, 'size-project');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'Dockerfile'), after.text);
  await writeFile(path.join(folder, '.bulkhead.yaml'), 'size: { budget: 1GB, wasted: 1kB }\n');
  const run = (...words: readonly string[]) =>
    bulkhead(['size', ...words], { in: folder, env: dockerEnvironment });
  const beyond = run();
  assert.equal(beyond.code, 1, beyond.err);
  // The same image has been built under several names by now.
  const [, found = ''] = /source of (\S+) in docker/.exec(beyond.err) ?? [];
  assert.equal(await idOf(found), await idOf(young));
  assert.match(beyond.out, /Beyond the budget\n {2}190 kB \([\d.]+%\) are wasted, and 1 kB are the budget/);
  assert.equal(run('--wasted-budget', '1MB').code, 0);
  const compared = JSON.parse(run(young, '--compare', old, '--format', 'json', '--no-config').out);
  assert.equal(
    compared.before.size,
    (await historySizes(old)).reduce((sum, size) => sum + size, 0),
  );
  assert.ok(
    compared.changes.some(
      ({ path: file, after: size }: { path: string; after: unknown }) => file === '/one' && size === null,
    ),
  );
  assert.match(run('nothing:1').err, /docker has no image nothing:1/);
  const nowhere = bulkhead(['size', young], { in: folder, env: { DOCKER_HOST: `unix://${work}/none.sock` } });
  assert.match(nowhere.err, /docker does not answer\. Start it/);
});
