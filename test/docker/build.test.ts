// Builds on real engines, by every way that is here: what is built, what is wrong where, what a stop and a secret leave.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Outcome as BuildOutcome, BuiltImage } from '../../server/core/build/outcome.ts';
import { type BuildProblem, placeProblems } from '../../server/core/build/placing.ts';
import { buildReading } from '../../server/core/build/reading.ts';
import type { BuildEvent } from '../../server/core/build/step.ts';
import { lineIndex } from '../../server/core/text/lines.ts';
import { buildImage } from '../../server/node/build/image.ts';
import { type BuildChoices, planBuild } from '../../server/node/build/plan.ts';
import { buildersOf, type Equipment, equipment } from '../../server/node/build/tool.ts';
import { bundleBulkhead } from '../cli/bulkhead.ts';
import { docker, dockerEnvironment, folderWith, laboratory, provideImage, work } from './support/lab.ts';
import { leaksOf } from './support/leaks.ts';
import { placesOf } from './support/machine.ts';
import { podmanEnvironment } from './support/podman.ts';
import { must, type Outcome, run as runProgram, until } from './support/process.ts';

const bulkhead = await bundleBulkhead('product');
const base = 'alpine:3';
await provideImage(base);

/** A PATH with one engine, and the settings with which it builds one way. */
interface Way {
  readonly name: 'docker' | 'legacy' | 'buildx' | 'podman';
  readonly engine: string;
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

const pluginFolder = path.join(work, 'docker-with-buildx');
const podmanEnv = await podmanEnvironment();
if (laboratory.buildx !== null) {
  mkdirSync(path.join(pluginFolder, 'cli-plugins'), { recursive: true });
  cpSync(laboratory.buildx, path.join(pluginFolder, 'cli-plugins', 'docker-buildx'));
}
if (podmanEnv) {
  const archive = path.join(work, 'base.tar');
  await docker('save', '--output', archive, base);
  await must('podman', ['load', '--input', archive], { env: podmanEnv });
}

const ways: readonly Way[] = [
  { name: 'docker', engine: 'docker', program: laboratory.docker, env: dockerEnvironment },
  {
    name: 'legacy',
    engine: 'docker',
    program: laboratory.docker,
    env: { ...dockerEnvironment, DOCKER_BUILDKIT: '0' },
  },
  ...(laboratory.buildx === null
    ? []
    : [
        {
          name: 'buildx',
          engine: 'docker',
          program: laboratory.docker,
          env: { ...dockerEnvironment, DOCKER_CONFIG: pluginFolder },
        } as const,
      ]),
  ...(podmanEnv
    ? [{ name: 'podman', engine: 'podman', program: placesOf('podman')[0] ?? '', env: podmanEnv } as const]
    : []),
];

async function equip({ name, engine, program, env }: Way): Promise<Equipment> {
  const folder = path.join(work, `path-${name}`);
  mkdirSync(folder, { recursive: true });
  const link = path.join(folder, engine);
  if (!readdirSync(folder).includes(engine)) symlinkSync(program, link);
  delete process.env.DOCKER_BUILDKIT;
  Object.assign(process.env, env, {
    PATH: `${folder}${path.delimiter}/usr/bin${path.delimiter}/bin${path.delimiter}/usr/sbin`,
  });
  const found = await equipment(engine, []);
  assert.ok(typeof found !== 'string', String(found));
  assert.equal(found.tool, name);
  return found;
}

const nothing: BuildChoices = { args: [], secrets: [], platforms: [], isFresh: false };

interface Built {
  readonly outcome: BuildOutcome<BuildProblem>;
  readonly events: readonly BuildEvent[];
  /** The lines of the problems, counted from 1, with severity and code. */
  readonly places: readonly string[];
}

async function build(
  equipped: Equipment,
  text: string,
  choices: Partial<BuildChoices> & { files?: Readonly<Record<string, string>> } = {},
  stopAt: RegExp | null = null,
): Promise<Built> {
  const folder = await folderWith({ Dockerfile: text, ...choices.files });
  const file = path.join(folder, 'Dockerfile');
  const { request, model } = await planBuild(
    { file, text, language: 'dockerfile', reading: buildReading },
    { ...nothing, ...choices },
  );
  const stopping = new AbortController();
  const events: BuildEvent[] = [];
  const told = await buildImage(equipped, request, {
    signal: stopping.signal,
    tell(event) {
      events.push(event);
      if (event.kind === 'output' && stopAt?.test(event.text)) stopping.abort();
    },
  });
  const outcome = { ...told, problems: placeProblems(model, told.problems) };
  const lines = lineIndex(text);
  const places = outcome.problems.map(
    ({ span, severity, code }) => `${span ? lines.lineAt(span.start) + 1 : '?'} ${severity} ${code}`,
  );
  return { outcome, events, places };
}

const output = ({ events }: Built): string =>
  events.flatMap(event => (event.kind === 'output' ? [event.text] : [])).join('\n');

/** Command lines of the processes of the laboratory. */
const processes = (): string[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        return [];
      }
    });

for (const way of ways) {
  describe(`built by ${way.name}`, () => {
    let equipped: Equipment;
    const { PATH } = process.env;
    before(async () => {
      equipped = await equip(way);
    });
    after(() => {
      process.env.PATH = PATH;
    });

    test('an image, then once more from the cache', async () => {
      const text = `ARG WORD\nFROM ${base} AS first\nARG WORD\nRUN echo "$WORD" > /word\nFROM ${base}\nCOPY --from=first /word /word\nUSER 1000\nCMD ["cat", "/word"]\n`;
      const tag = `built/${way.name}:1`;
      const first = await build(equipped, text, { tag, args: ['WORD=it is "quoted" $(no)'], isFresh: true });
      assert.equal(first.outcome.ending, 'built', output(first));
      const image = first.outcome.image as BuiltImage;
      const { out } = await equipped.engine.run([
        'image',
        'inspect',
        '--format',
        '{{.Size}} {{.Config.User}}',
        tag,
      ]);
      assert.equal(`${image.bytes} ${image.user}`, out.trim());
      assert.ok((image.layers ?? 0) >= 2);
      const second = await build(equipped, text, { tag, args: ['WORD=it is "quoted" $(no)'] });
      assert.equal(second.outcome.cached, second.outcome.steps, output(second));
      if (way.engine === 'docker') {
        assert.equal(await docker('run', '--rm', '--network', 'none', tag), 'it is "quoted" $(no)');
      }
    });

    test('a command that fails', async () => {
      const text = `FROM ${base}\nRUN true\n\nRUN true && \\\n    echo the reason >&2 && \\\n    exit 3\n`;
      const built = await build(equipped, text);
      assert.equal(built.outcome.ending, 'failed');
      assert.deepEqual(built.places.slice(0, 1), ['4 error build-failed']);
      assert.match(built.outcome.problems[0]?.message ?? '', /exit code 3\. Its last words: the reason$/);
      assert.equal(built.outcome.obstacle, null);
    });

    test('a text that is refused', async () => {
      const built = await build(equipped, `FROM ${base}\n\nRUNN true\n`);
      assert.deepEqual(built.places.slice(0, 1), ['3 error build-failed']);
    });

    test('a stop in the middle leaves no process and no container', async () => {
      const number = `6${String(ways.indexOf(way)).padStart(4, '0')}`;
      const containers = async (): Promise<string> =>
        (
          await equipped.engine.run([
            'ps',
            '--all',
            '--quiet',
            ...(way.engine === 'podman' ? ['--external'] : ['--filter', `ancestor=${base}`]),
          ])
        ).out;
      const text = `FROM ${base}\nRUN echo waiting && sleep ${number}\nRUN true\n`;
      const context = await folderWith({});
      const built = await build(equipped, text, { context, isFresh: true }, /^waiting$/);
      assert.equal(built.outcome.ending, 'cancelled');
      assert.deepEqual(built.outcome.problems, []);
      await until(
        'the command is gone',
        20_000,
        () => !processes().some(line => line.includes(`sleep ${number}`)) || undefined,
      );
      await until('its container is gone', 20_000, async () => (await containers()) === '' || undefined);
      assert.deepEqual(
        processes().filter(line => line.includes(context)),
        [],
      );
    });

    test('secrets reach the command, and nothing else', async t => {
      if (way.name === 'legacy') return t.skip('the older builder has none');
      process.env.BULKHEAD_TEST_SECRET = 'word-of-the-variable';
      const text = `FROM ${base}\nRUN --mount=type=secret,id=one --mount=type=secret,id=two cat /run/secrets/one /run/secrets/two | tee /dev/stderr | wc -c > /count\n`;
      const secret = path.join(await folderWith({ token: 'word-of-the-file\n' }), 'token');
      const tag = `secret/${way.name}:1`;
      const secrets = [`id=one,src=${secret}`, 'id=two,env=BULKHEAD_TEST_SECRET'];
      const built = await build(equipped, text, { tag, secrets, isFresh: true });
      assert.equal(built.outcome.ending, 'built', output(built));
      assert.match(output(built), /\*\*\*/);
      const told = JSON.stringify(built);
      for (const word of ['word-of-the-file', 'word-of-the-variable']) assert.ok(!told.includes(word));
      const words = ['word-of-the-file', 'word-of-the-variable'];
      if (way.engine === 'docker') {
        assert.equal(await docker('run', '--rm', '--network', 'none', tag, 'cat', '/count'), '37');
        for (const places of (await leaksOf(tag, words)).values()) assert.deepEqual(places, []);
      } else {
        const { out } = await equipped.engine.run(['history', '--no-trunc', tag]);
        for (const word of words) assert.ok(!out.includes(word));
      }
    });

    test('a Dockerfile that lies outside of its context', async () => {
      const context = await folderWith({ 'own.txt': 'own' });
      const built = await build(equipped, `FROM ${base}\nCOPY own.txt /\n`, { context });
      assert.equal(built.outcome.ending, 'built', output(built));
    });
  });
}

describe('builders', () => {
  const far = ways.find(({ name }) => name === 'buildx');
  const skip = far && laboratory.buildkit ? false : 'buildx cannot be made here';

  test('one of another BuildKit is listed, builds, and brings its warnings to their lines', {
    skip,
  }, async () => {
    assert.ok(far && laboratory.buildkit);
    const equipped = await equip(far);
    const create = ['buildx', 'create', '--name', 'far', '--driver', 'remote', laboratory.buildkit.address];
    assert.equal((await equipped.engine.run(create)).code, 0);
    const builders = await buildersOf(equipped);
    assert.deepEqual(builders.map(({ name, driver, status }) => `${name} ${driver} ${status}`).sort(), [
      'default docker running',
      'far remote running',
    ]);
    const text = `FROM ${laboratory.registry}/alpine:stand-in\nRUN echo "$0" > /shell\nMAINTAINER nobody\nCMD cat /shell\n`;
    const built = await build(equipped, text, { tag: 'far:1', builder: 'far' });
    assert.equal(built.outcome.ending, 'built', output(built));
    assert.deepEqual(built.places, [
      '3 warning buildkit:MaintainerDeprecated',
      '4 warning buildkit:JSONArgsRecommended',
    ]);
    assert.equal(await docker('run', '--rm', '--network', 'none', 'far:1'), '/bin/sh');
    const failing = await build(equipped, text.replace('echo "$0"', 'false'), {
      tag: 'far:2',
      builder: 'far',
    });
    assert.equal(failing.places[0], '2 error build-failed');
    const unknown = await build(equipped, text, { builder: 'nowhere' });
    assert.match(unknown.outcome.obstacle ?? '', /^There is no such builder/);
  });
});

describe('the command line', () => {
  const [way] = ways;
  assert.ok(way);
  before(() => equip(way));
  const run = (words: readonly string[], folder: string): Promise<Outcome> =>
    runProgram(process.execPath, [bulkhead, 'build', '--engine', way.engine, ...words], { cwd: folder });

  test('before and after the repairs', async () => {
    const text = `FROM ${base}\nRUN adduser -D app\nCMD sleep 1\n`;
    const folder = await folderWith({ Dockerfile: text });
    const { ok, stdout, output } = await run(
      ['--compare', '--unsafe', '--quiet', '--format', 'json', '-t', 'compared:1'],
      folder,
    );
    assert.ok(ok, output);
    const { before: first, after: second } = JSON.parse(stdout) as Record<'before' | 'after', BuiltImage>;
    assert.deepEqual([first.user, second.user], ['', 'app']);
    const size = async (tag: string): Promise<number> =>
      Number(await docker('image', 'inspect', '--format', '{{.Size}}', tag));
    assert.deepEqual(
      [first.bytes, second.bytes],
      [await size('compared:1'), await size('compared:1-repaired')],
    );
    assert.equal(readFileSync(path.join(folder, 'Dockerfile'), 'utf8'), text);
  });

  test('problems as the problem matcher of the editor reads them', async () => {
    const folder = await folderWith({ 'app/Dockerfile': `FROM ${base}\n  RUN exit 7\n` });
    const { ok, stdout } = await run(['app'], folder);
    assert.equal(ok, false);
    assert.match(
      stdout,
      /^app\/Dockerfile:2:3 {2}error {2}build-failed\n {2}The command ended with exit code 7\.\n/,
    );
  });

  test('a service of a Compose file', async () => {
    const folder = await folderWith({
      'compose.yaml':
        'services:\n  web:\n    image: composed/web:${TAG:-9}\n    build:\n      context: web\n      args:\n        - WORD=w-${TAG:-9}\n',
      'web/Dockerfile': `FROM ${base}\nARG WORD\nENV WORD=$WORD\n`,
    });
    const { ok, output } = await run([], folder);
    assert.ok(ok, output);
    assert.equal(
      await docker('run', '--rm', '--network', 'none', 'composed/web:9', 'printenv', 'WORD'),
      'w-9',
    );
  });
});

test('an engine that does not run', async () => {
  const [way] = ways;
  assert.ok(way);
  const equipped = await equip({ ...way, env: { ...way.env, DOCKER_HOST: 'unix:///nowhere.sock' } });
  const built = await build(equipped, `FROM ${base}\n`);
  assert.match(built.outcome.obstacle ?? '', /^docker does not run/);
  Object.assign(process.env, dockerEnvironment);
});
