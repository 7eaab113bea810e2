// A container of an image, to ask questions in. Images are never pulled.
import { type Engine, lastLine, seconds } from '../engines.ts';
import type { Printed } from '../programs.ts';

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
