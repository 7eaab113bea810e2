// Container engines of the machine: whether one has an image, and a container of that image to ask questions in. Images
// are never pulled.
import { environmentOf, findProgram, type Limits, type Printed, runProgram } from '../programs.ts';

const engineNames = ['docker', 'podman', 'nerdctl'] as const;

/** What tells an engine where it is, and whose. */
const passedOn =
  'PATH HOME USER LOGNAME TMPDIR TEMP TMP XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_DATA_HOME SYSTEMROOT PROGRAMDATA PROGRAMFILES USERPROFILE APPDATA LOCALAPPDATA DOCKER_HOST DOCKER_CONTEXT DOCKER_CONFIG DOCKER_CERT_PATH DOCKER_TLS_VERIFY DOCKER_API_VERSION CONTAINER_HOST CONTAINER_CONNECTION CONTAINER_SSHKEY CONTAINERS_CONF CONTAINERS_STORAGE_CONF CONTAINERD_ADDRESS CONTAINERD_NAMESPACE SSH_AUTH_SOCK'.split(
    ' ',
  );

const seconds = (time: number): Limits => ({ time: time * 1_000, output: 4_000_000 });
const ofEngine = seconds(20);

export interface Engine {
  readonly name: string;
  run(args: readonly string[], limits?: Limits): Promise<Printed>;
}

/** In the order in which they are asked. */
export async function findEngines(projects: readonly string[]): Promise<Engine[]> {
  const env = { ...environmentOf(passedOn), LC_ALL: 'C' };
  const found = await Promise.all(
    engineNames.map(async name => ({ name, file: await findProgram(name, projects) })),
  );
  return found.flatMap(({ name, file }) =>
    file === null ? [] : [{ name, run: (args, limits = ofEngine) => runProgram(file, args, env, limits) }],
  );
}

/** The id of an image; null where it is not there, and a reason where the engine does not answer. */
export async function imageIn(
  engine: Engine,
  image: string,
): Promise<{ id: string | null; reason: string | null }> {
  const { code, out, err } = await engine.run(['image', 'inspect', '--format', '{{.Id}}', image]);
  if (code === 0) return { id: out.trim(), reason: null };
  const isAbsent = /no such (?:image|object)|image not known|not found/i.test(err);
  return { id: null, reason: isAbsent ? null : lastLine(err) };
}

const isHint = (line: string): boolean => line === '' || line.includes('--help');

/** What a program complained of, cut to a length that can be read: its last words about an error, or its last words. */
export function lastLine(text: string): string {
  const lines = text.split('\n').map(line => line.trim().replace(/\.$/, ''));
  const said = lines.filter(line => !isHint(line));
  const line = said.findLast(words => /^E:|error|fail/i.test(words)) ?? said.at(-1);
  return line === undefined ? 'it said nothing, or took too long' : line.slice(0, 300);
}

export interface Container {
  /** Runs a program in it, by its name and arguments. */
  exec(words: readonly string[], time?: number): Promise<Printed>;
}

const execIn = (engine: Engine, id: string, options: readonly string[]): Container => ({
  exec: (words, time = 30) =>
    engine.run(['exec', ...options, '--env', 'LC_ALL=C', id, ...words], seconds(time)),
});

/** A container of exactly this image that somebody has running: it may hold an index that the image does not. */
export async function runningContainer(engine: Engine, imageId: string): Promise<Container | null> {
  const { code, out } = await engine.run(['ps', '--quiet', '--no-trunc', '--filter', `ancestor=${imageId}`]);
  const ids = code === 0 ? out.split(/\s+/).filter(id => /^[0-9a-f]{12,64}$/.test(id)) : [];
  for (const id of ids.slice(0, 5)) {
    const inspected = await engine.run(['inspect', '--format', '{{.Image}}', id]);
    if (inspected.code === 0 && inspected.out.trim() === imageId) return execIn(engine, id, []);
  }
  return null;
}

/** It ends by itself, should nobody be left to end it. */
const lifetime = '300';

/** Tells whose containers these are to a person who looks at the engine. */
export const containerLabel = 'bulkhead.purpose=package-versions';

const confined = ['--network', 'none', '--cap-drop', 'ALL'];
/** What apt needs to give up being root. */
const connected = [
  '--cap-drop',
  'ALL',
  ...'CHOWN DAC_OVERRIDE FOWNER SETGID SETUID'.split(' ').flatMap(name => ['--cap-add', name]),
];

/** Runs a container of the image for as long as it is used. A string says why that is not possible. */
export async function withContainer<Result>(
  engine: Engine,
  image: string,
  mayConnect: boolean,
  use: (container: Container) => Promise<Result>,
): Promise<Result | string> {
  const started = await engine.run(
    [
      ...['run', '--detach', '--rm', '--pull', 'never', '--user', '0', '--security-opt', 'no-new-privileges'],
      ...['--label', containerLabel, ...(mayConnect ? connected : confined)],
      ...['--entrypoint', 'sleep', image, lifetime],
    ],
    seconds(60),
  );
  const id = started.out.trim().split('\n').at(-1) ?? '';
  if (started.code !== 0 || !/^[0-9a-f]{12,64}$/.test(id)) return lastLine(started.err);
  try {
    return await use(execIn(engine, id, ['--user', '0']));
  } finally {
    await engine.run(['rm', '--force', id]);
  }
}
