// Programs of the machine: where they are found and where not, and that none outlives its limits.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, symlinkSync, watch } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { environmentOf, findProgram, runProgram, streamProgram } from '../../server/node/programs.ts';
import { program, temporaryFolder } from '../support/fake-engine.ts';

const root = temporaryFolder();
const [own, project] = [path.join(root, 'own'), path.join(root, 'project')];
const trusted = program(own, 'tool', '');
program(project, 'tool', '');
program(path.join(project, 'node_modules/.bin'), 'tool', '');
symlinkSync(path.join(project, 'node_modules/.bin'), path.join(root, 'link'));
mkdirSync(path.join(root, 'linked'));
symlinkSync(path.join(project, 'tool'), path.join(root, 'linked', 'tool'));

const rows: readonly [
  name: string,
  folders: readonly string[],
  projects: readonly string[],
  found: string | null,
][] = [
  ['found', [path.join(root, 'none'), own], [], trusted],
  ['relative folders are passed over', ['.', 'bin', ''], [], null],
  [
    'folders of a project are passed over',
    [project, path.join(project, 'node_modules/.bin'), own],
    [project],
    trusted,
  ],
  ['links into a project too', [path.join(root, 'link'), path.join(root, 'linked')], [project], null],
  ['without a project they count', [project], [], path.join(project, 'tool')],
  ['a neighbour with a longer name is no project', [own], [path.join(root, 'ow')], trusted],
  ['the home of a person is no project', [own], [homedir(), '/'], trusted],
];
for (const [name, folders, projects, found] of rows) {
  test(`PATH: ${name}`, async () => {
    const before = process.env.PATH;
    process.env.PATH = folders.join(path.delimiter);
    try {
      assert.equal(await findProgram('tool', projects), found);
    } finally {
      process.env.PATH = before;
    }
  });
}

const generous = { time: 30_000, output: 1_000 };

test('what it prints, its code, and only the variables that are named', async () => {
  const file = program(root, 'speaks', 'echo "out $1|$HOME|$SECRET"; echo err >&2; exit 3\n');
  process.env.SECRET = 's3cr3t';
  const env = environmentOf(['HOME']);
  const argument = '$(echo no); `no`';
  const { code, out, err, isCut } = await runProgram(file, [argument], env, generous);
  assert.deepEqual([code, out, err, isCut], [3, `out ${argument}|${process.env.HOME}|\n`, 'err\n', false]);
});

test('one that cannot be started', async () => {
  const { code, isCut } = await runProgram(path.join(root, 'nothing'), [], {}, generous);
  assert.deepEqual([code, isCut], [null, false]);
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // One that has ended and that nobody has asked after is still counted.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

/** Waits for the file that a program writes, and until the process that it names is gone. */
async function ended(file: string): Promise<void> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') {
    const watcher = watch(path.dirname(file));
    await once(watcher, 'change');
    watcher.close();
  }
  const pid = Number(readFileSync(file, 'utf8'));
  while (isAlive(pid)) await new Promise(resolve => setImmediate(resolve));
}

const linux = { skip: process.platform !== 'linux', timeout: 60_000 };

test('one that takes too long is ended with all it has started', linux, async () => {
  const noted = path.join(temporaryFolder(), 'pid');
  const file = program(root, 'slow', `/bin/sleep 1000 & echo $! > '${noted}'; echo started; wait\n`);
  const { code, isCut } = await runProgram(file, [], {}, { time: 1_000, output: 1_000 });
  assert.deepEqual([code, isCut], [null, true]);
  await ended(noted);
});

test('one that prints too much is ended', linux, async () => {
  const file = program(root, 'loud', 'while :; do echo again and again; done\n');
  const { out, isCut } = await runProgram(file, [], {}, generous);
  assert.equal(isCut, true);
  assert.ok(out.length <= generous.output);
});

const patient = { time: 30_000 };

test('what one prints is taken while it comes, its code and complaints afterwards', async () => {
  const file = program(root, 'prints', 'echo "$1"; echo complaint >&2; exit 3\n');
  const read = async (out: AsyncIterable<Buffer>): Promise<string> => {
    let text = '';
    for await (const piece of out) text += piece.toString();
    return text;
  };
  const { code, err, isCut, result } = await streamProgram(file, ['$(no)'], {}, patient, read);
  assert.deepEqual([code, err, isCut, result], [3, 'complaint\n', false, '$(no)\n']);
  const none = await streamProgram(path.join(root, 'nothing'), [], {}, patient, read);
  assert.deepEqual([none.code, none.result], [null, '']);
});

/** Prints without end, beside something that it has started; gives how it ended once the first of it has come. */
async function streamed(act: (stop: () => void) => void): Promise<{ isCut: boolean; failure: unknown }> {
  const noted = path.join(temporaryFolder(), 'pid');
  const file = program(
    root,
    'endless',
    `/bin/sleep 1000 & echo $! > '${noted}'; while :; do echo more; done\n`,
  );
  const stopping = new AbortController();
  const ending = await streamProgram(file, [], {}, { ...patient, signal: stopping.signal }, async out => {
    for await (const _ of out) act(() => stopping.abort());
  });
  await ended(noted);
  return ending;
}

test('one that is cancelled ends with all it has started', linux, async () => {
  const { isCut } = await streamed(stop => stop());
  assert.equal(isCut, true);
});

test('one whose reader has seen enough ends with all it has started', linux, async () => {
  const { failure } = await streamed(() => {
    throw new Error('enough');
  });
  assert.equal((failure as Error).message, 'enough');
});
