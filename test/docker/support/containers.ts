// Containers of a test: started from an image, looked at, and gone afterwards.
import { busybox, docker, tryDocker } from './lab.ts';
import { type Outcome, tail, until } from './process.ts';

/** Starts a container in the background for as long as it is used. */
export async function withContainer(
  image: string,
  options: readonly string[],
  use: (container: string) => Promise<void>,
): Promise<void> {
  const container = await docker('run', '--detach', ...options, image);
  try {
    await use(container);
  } finally {
    await docker('rm', '--force', '--volumes', container);
  }
}

const tool = '/busybox-of-the-test';

function runTool(image: string, options: readonly string[], command: readonly string[]): Promise<Outcome> {
  const start = [
    'run',
    '--rm',
    '--network',
    'none',
    '--volume',
    `${busybox}:${tool}:ro`,
    '--entrypoint',
    tool,
  ];
  return tryDocker([...start, ...options, image, ...command]);
}

/** What a command of BusyBox does when the image's own account runs it, in whatever image. */
export const asOwnUser = (image: string, ...command: readonly string[]): Promise<Outcome> =>
  runTool(image, [], command);

export async function fileIn(image: string, path: string): Promise<string> {
  const { ok, output } = await runTool(image, ['--user', '0'], ['cat', path]);
  if (!ok) throw new Error(output);
  return output;
}

interface ImageConfig {
  readonly User: string;
  readonly Healthcheck?: {
    readonly Test: readonly string[];
    /** Nanoseconds. */
    readonly Interval?: number;
    readonly Timeout?: number;
    readonly StartPeriod?: number;
    readonly Retries?: number;
  };
}

export const imageConfig = async (image: string): Promise<ImageConfig> =>
  JSON.parse(await docker('image', 'inspect', '--format', '{{json .Config}}', image));

interface Health {
  readonly Status: 'starting' | 'healthy' | 'unhealthy';
  readonly Log: readonly { readonly Start: string; readonly ExitCode: number; readonly Output: string }[];
}

const healthOf = async (container: string): Promise<Health | null> =>
  JSON.parse(await docker('inspect', '--format', '{{json .State.Health}}', container));

/** Milliseconds for what takes a few seconds on a machine with nothing else to do. */
const patience = 60_000;

/** Waits until the engine calls the container so. */
export async function becomes(container: string, status: Health['Status']): Promise<void> {
  let last: Health | null = null;
  try {
    await until(`the container is ${status}`, patience, async () => {
      last = await healthOf(container);
      return last?.Status === status || undefined;
    });
  } catch (error) {
    const { output } = await tryDocker(['logs', container]);
    throw new Error(`${error}\nhealth: ${JSON.stringify(last, null, 1)}\nlogs:\n${tail(output)}`);
  }
}

/** Waits until so many checks that began after this moment have ended, and gives their exit codes. */
export function nextChecks(container: string, count: number): Promise<number[]> {
  const from = Date.now();
  return until(`${count} more checks`, patience, async () => {
    const log = (await healthOf(container))?.Log ?? [];
    const later = log.filter(({ Start }) => Date.parse(Start) > from);
    return later.length >= count ? later.map(({ ExitCode }) => ExitCode) : undefined;
  });
}
