// `bulkhead size` over engines that are none, archives and folders: what is read, what is told, and the exit codes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { program, temporaryFolder } from '../support/fake-engine.ts';
import { imageEngine } from '../support/image-engine.ts';
import { layoutFiles, type MadeImage, oldArchive, tar } from '../support/tar.ts';
import { builtBulkhead, folderWith, type Outcome } from './bulkhead.ts';

const bulkhead = await builtBulkhead();

const data = (size: number): Buffer => Buffer.alloc(size, 'x');
const sh = '/bin/sh -c';
const image: MadeImage = {
  name: 'app:1',
  layers: [
    tar({ path: 'bin/sh', data: data(3_000_000) }),
    tar({ path: 'var/lib/apt/lists/a', data: data(2_000_000) }),
    tar({ path: 'app/=evil', data: data(10) }, { path: 'var/lib/apt/lists/.wh.a' }),
  ],
  history: [
    { created_by: '# debian.sh' },
    { created_by: `RUN ${sh} apt-get update # buildkit` },
    { created_by: 'COPY . /app # buildkit' },
  ],
};
const dockerfile = 'FROM debian:13\nRUN apt-get update\nCOPY . /app\n';
const layout = Object.fromEntries([...layoutFiles(image)].map(([name, bytes]) => [`layout/${name}`, bytes]));
const project = folderWith({
  '.git/HEAD': '',
  'app/Dockerfile': dockerfile,
  'app/.bulkhead.yaml': 'size:\n  budget: 4MB\n',
  'other/Dockerfile': 'FROM debian:13\nRUN something else\n',
  'image.tar': oldArchive(image),
  'old.tar': oldArchive({
    ...image,
    layers: image.layers.slice(0, 1),
    history: image.history?.slice(0, 1) ?? [],
  }),
  'cut.tar': oldArchive(image).subarray(0, 900_000),
  'odd/.bulkhead.yaml': 'size: {buget: 1MB}\n',
  'odd/Dockerfile': dockerfile,
  ...layout,
});

const engineWith = (save: string): string => imageEngine(image, save);
const works = engineWith(`exec /bin/cat '${path.join(project, 'image.tar')}'`);
const run = (words: readonly string[], engine = works, folder = project): Outcome =>
  bulkhead(['size', ...words], { in: folder, env: { PATH: engine } });
const json = (...words: readonly string[]) => JSON.parse(run(['--format', 'json', ...words]).out);

test('an archive, a folder, an image of an engine: the same figures', () => {
  for (const name of ['image.tar', 'layout', 'app:1']) {
    const { version, image: called, size, final, wasted, layers } = json(name);
    assert.deepEqual(
      [version, called, size, final.bytes, wasted],
      [1, name, 5_000_010, 3_000_010, 2_000_000],
    );
    assert.deepEqual(
      layers.map(({ line }: { line: unknown }) => line),
      [null, null, null],
    );
  }
});

test('with a Dockerfile its lines', () => {
  const { file, layers, notices } = json('image.tar', '-f', 'app/Dockerfile');
  assert.equal(file, 'app/Dockerfile');
  assert.deepEqual(
    layers.map(({ line }: { line: unknown }) => line),
    [0, 1, 2],
  );
  assert.deepEqual(
    notices.map(({ rule, line }: { rule: unknown; line: unknown }) => [rule, line]),
    [['removed-too-late', 2]],
  );
});

test('the text', () => {
  const { code, out, err } = run(['image.tar', '-f', 'app/Dockerfile', '--no-config']);
  assert.deepEqual([code, err], [0, '']);
  assert.equal(
    out,
    `image.tar  linux/amd64
5 MB in 3 layers, 3 MB of it in the end, 2 MB (40%) wasted, efficiency 60%

  line  size  wasted  files          instruction
     1  3 MB          1 new          FROM debian:13
     2  2 MB    2 MB  1 new          RUN apt-get update
     3  10 B          1 new, 1 gone  COPY . /app

What could be spared
  app/Dockerfile:3  removed-too-late
    2 MB of line 2 are removed or overwritten by line 3: they stay in the image, and nobody sees
    them.

Largest files and folders
  3 MB  /bin/sh     the base image
  10 B  /app/=evil  line 3
  3 MB  /bin/       1 file
  10 B  /app/       1 file
`,
  );
});

test('the image of a Dockerfile is found by its steps', () => {
  const { code, out, err } = run(['app', '--budget', '1GB']);
  assert.equal(code, 0);
  assert.match(out, /^app:1 /);
  assert.match(
    err,
    /app\/Dockerfile is taken for the source of app:1 in docker, of 2026-01-01\. --image names another one\./,
  );
  const here = run(['--budget', '1GB'], works, path.join(project, 'app'));
  assert.deepEqual([here.code, here.out], [0, out.replaceAll('app/Dockerfile', 'Dockerfile')]);
});

test('the image of a Dockerfile may be named', () => {
  const { out, err } = run(['app', '--image', 'app:1', '--budget', '1GB']);
  assert.match(out, /FROM debian:13/);
  assert.equal(err, '');
});

test('budgets: of the configuration, above it those of flags, and the line to blame', () => {
  const beyond = run(['app']);
  assert.equal(beyond.code, 1);
  assert.match(
    beyond.out,
    /Beyond the budget\n {2}The image has 5 MB, and 4 MB are its budget\. Most of it: the base image with 3 MB, line 2 with 2\n {2}MB\.\n$/,
  );
  assert.equal(run(['app', '--budget', '5000010']).code, 0);
  assert.equal(run(['app', '--budget', '5000009']).code, 1);
  assert.equal(run(['app', '--no-config']).code, 0);
  assert.equal(run(['app', '--no-config', '--wasted-budget', '40%']).code, 0);
  const wasted = run(['app', '--no-config', '--wasted-budget', '39%', '--format', 'csv']);
  assert.equal(wasted.code, 1);
  assert.match(wasted.err, /2 MB \(40%\) are wasted, and 39% are the budget/);
  assert.equal(run(['image.tar', '-f', 'app/Dockerfile', '--no-config', '--layer-budget', '1MB']).code, 1);
});

test('what the configuration does not know is told', () => {
  const { code, out } = run(['image.tar', '-f', 'odd/Dockerfile']);
  assert.equal(code, 1);
  assert.match(out, /There is no setting `buget` here\. Did you mean `budget`\?/);
});

test('two images side by side', () => {
  const { code, out } = run(['image.tar', '--compare', 'old.tar']);
  assert.equal(code, 0);
  assert.match(out, /size +3 MB +5 MB +\+2 MB\n/);
  assert.match(out, /Files of another size: 1\n {2}\+10 B {2}new {2}\/app\/=evil\n$/);
  const { before, after, changes } = json('image.tar', '--compare', 'old.tar');
  assert.deepEqual([before.size, after.size, changes.length], [3_000_000, 5_000_010, 1]);
});

test('CSV and Markdown, also into a file', () => {
  const rows = run(['image.tar', '-f', 'app/Dockerfile', '--format', 'csv', '--no-config']).out.split('\n');
  assert.equal(
    rows[2],
    '2,2,instruction,2000000,2000000,1,0,0,0,RUN apt-get update,sha256:'
      .padEnd(rows[2]?.length ?? 0, '0')
      .slice(0, -3)
      .concat('101'),
  );
  const { code, out } = run(['image.tar', '--format', 'markdown', '-o', 'size.md']);
  assert.deepEqual([code, out], [0, '']);
  assert.match(
    readFileSync(path.join(project, 'size.md'), 'utf8'),
    /^## image\.tar\n[\s\S]*\| {2}\| 2 MB \| 2 MB \| 1 new \| `RUN apt-get update` \|/,
  );
});

const dead = (complaint: string): string => `echo '${complaint}' >&2; exit 1`;
const failing = (script: string): string => {
  const folder = temporaryFolder();
  program(folder, 'docker', script);
  return folder;
};
const full = engineWith(dead('Error response from daemon: write /tmp/x: no space left on device'));
const broken = engineWith(`/usr/bin/head -c 900000 '${path.join(project, 'image.tar')}'; exit 0`);
const down = failing(
  dead('Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?'),
);
const forbidden = failing(
  dead(
    'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
  ),
);

// biome-ignore format: one row a case
const failures: readonly [name: string, words: string[], engine: string, message: RegExp][] = [
  ['no engine', ['app:1'], temporaryFolder(), /There is no docker, podman or nerdctl in PATH\. Install one, or name an archive.* With --remote it is read from its registry\.$/m],
  ['not that engine', ['app:1', '--engine-name', 'podman'], works, /There is no podman in PATH/],
  ['an engine that is down', ['app:1'], down, /docker does not answer\. Start it.* With --remote/],
  ['an engine that is down, for a Dockerfile', ['app'], down, /docker does not answer\. Start it(?!.*--remote)/],
  ['no permission', ['app:1'], forbidden, /docker may not be used by this account/],
  ['no image', ['gone:1'], works, /docker has no image gone:1\. Build it, or pull it: `docker pull gone:1`\. With --remote it is read from its registry\./],
  ['a registry without a name', ['app', '--remote'], works, /--remote needs the name of the image/],
  ['a registry that is not there', ['127.0.0.1:1/app:1', '--remote'], works, /127\.0\.0\.1:1 takes no connection/],
  ['a full disk', ['app:1'], full, /The disk is full: docker needs room/],
  ['a stream that breaks off', ['app:1'], broken, /What docker saves of app:1 ends in the middle of a file/],
  ['a file that is cut off', ['cut.tar'], works, /cut\.tar ends in the middle of a file\. Save the image anew/],
  ['no image of a Dockerfile', ['other'], works, /No image here was built from other\/Dockerfile/],
  ['no Dockerfile', [], works, /There is no Dockerfile here/],
  ['an option in the place of an image', ['--', '--output=x'], works, /--output=x is neither a file nor the name of an image/],
  ['a command in the place of an image', ['a;reboot'], works, /a;reboot is neither a file nor the name/],
  ['two images', ['a', 'b'], works, /size looks at one image/],
  ['a budget that is none', ['app', '--budget', 'much'], works, /--budget is a size such as 200MB, not "much"/],
  ['a share of what is no waste', ['app', '--budget', '5%'], works, /--budget is a size/],
];
for (const [name, words, engine, message] of failures) {
  test(`failure: ${name}`, () => {
    const { code, out, err } = run(words, engine);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, message);
    assert.equal(err.trimEnd().split('\n').length, 1);
  });
}
