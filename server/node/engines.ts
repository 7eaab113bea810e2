// Container engines of the machine: which there are, and whether one has an image.
import {
  environmentOf,
  findProgram,
  followProgram,
  type Limits,
  type Printed,
  runProgram,
  streamProgram,
} from './programs.ts';

export const engineNames = ['docker', 'podman', 'nerdctl'] as const;

/** What tells an engine where it is, and whose. */
export const engineVariables =
  'PATH HOME USER LOGNAME TMPDIR TEMP TMP XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_DATA_HOME SYSTEMROOT PROGRAMDATA PROGRAMFILES USERPROFILE APPDATA LOCALAPPDATA DOCKER_HOST DOCKER_CONTEXT DOCKER_CONFIG DOCKER_CERT_PATH DOCKER_TLS_VERIFY DOCKER_API_VERSION CONTAINER_HOST CONTAINER_CONNECTION CONTAINER_SSHKEY CONTAINERS_CONF CONTAINERS_STORAGE_CONF CONTAINERD_ADDRESS CONTAINERD_NAMESPACE SSH_AUTH_SOCK'.split(
    ' ',
  );

export const seconds = (time: number): Limits => ({ time: time * 1_000, output: 4_000_000 });
const ofEngine = seconds(20);

export interface Engine {
  readonly name: string;
  run(args: readonly string[], limits?: Limits): Promise<Printed>;
  /** For output of any length. */
  stream<Result>(
    args: readonly string[],
    signal: AbortSignal | undefined,
    read: (out: AsyncIterable<Buffer>) => Promise<Result>,
  ): ReturnType<typeof streamProgram<Result>>;
  /** For lines of either stream; null where it was ended. */
  follow(args: readonly string[], more: Following, take: (line: string) => void): Promise<number | null>;
}

interface Following {
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly time: number;
  /** Variables of our own environment that it gets as well, and those that are set for it. */
  readonly passed: readonly string[];
  readonly set: Readonly<Record<string, string>>;
}

/** Of a stream, in milliseconds: large images take minutes. */
const longestStream = 1_800_000;

/** In the order in which they are asked. */
export async function findEngines(projects: readonly string[]): Promise<Engine[]> {
  const env = { ...environmentOf(engineVariables), LC_ALL: 'C' };
  const found = await Promise.all(
    engineNames.map(async name => ({ name, file: await findProgram(name, projects) })),
  );
  return found.flatMap(({ name, file }) =>
    file === null
      ? []
      : [
          {
            name,
            run: (args, limits = ofEngine) => runProgram(file, args, env, limits),
            stream: (args, signal, read) =>
              streamProgram(file, args, env, { time: longestStream, signal }, read),
            follow: (args, { passed, set, ...limits }, take) =>
              followProgram(file, args, { ...environmentOf(passed), ...env, ...set }, limits, take),
          },
        ],
  );
}

/** The id of an image; null where it is not there, and a reason where the engine does not answer. */
export async function imageIn(
  engine: Engine,
  image: string,
): Promise<{ id: string | null; reason: string | null }> {
  const { code, out, err } = await engine.run(['image', 'inspect', '--format', '{{.Id}}', image]);
  if (code === 0) return { id: out.trim(), reason: null };
  return { id: null, reason: isAbsence(err) ? null : lastLine(err) };
}

export const listCommand = [
  ...['image', 'ls', '--no-trunc', '--format'],
  '{{.ID}}\t{{.Repository}}:{{.Tag}}\t{{.CreatedAt}}',
];

export interface ListedImage {
  readonly id: string;
  /** `<none>` stands for what it lacks. */
  readonly name: string;
  readonly created: string;
}

/** What that command prints. */
export const readList = (out: string): ListedImage[] =>
  out.split('\n').flatMap(line => {
    const [id = '', name = '', created = ''] = line.trim().split('\t');
    return id === '' ? [] : [{ id, name, created }];
  });

/** How engines say that they do not have an image. */
export const isAbsence = (said: string): boolean =>
  /no such (?:image|object)|image not known|not found/i.test(said);

const isHint = (line: string): boolean => line === '' || line.includes('--help');

/** What a program complained of, cut to a length that can be read: its last words about an error, or its last words. */
export function lastLine(text: string): string {
  const lines = text.split('\n').map(line => line.trim().replace(/\.$/, ''));
  const said = lines.filter(line => !isHint(line));
  const line = said.findLast(words => /^E:|error|fail/i.test(words)) ?? said.at(-1);
  return line === undefined ? 'it said nothing, or took too long' : line.slice(0, 300);
}
