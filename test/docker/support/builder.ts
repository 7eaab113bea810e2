// Builders: one way to build a Dockerfile, by the newest BuildKit that can be had or by the engine's own.
import { join } from 'node:path';
import { must, type Outcome, run } from './process.ts';

export interface BuildRequest {
  readonly context: string;
  /** The folder of a file named `Dockerfile`. */
  readonly dockerfile: string;
  /** In the registry of the tests; null where nobody looks at the image. */
  readonly image: string | null;
  /** The images that stand for others: what the Dockerfile names -> what is there. */
  readonly bases?: Readonly<Record<string, string>>;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** What follows `--secret`: `id=token,env=TOKEN`. */
  readonly secrets?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Takes nothing from the cache, which does not tell one secret from another. */
  readonly isFresh?: boolean;
}

export interface Builder {
  /** Knows `RUN --mount=type=secret,env=` and heredocs. */
  readonly isModern: boolean;
  build(request: BuildRequest): Promise<Outcome>;
}

const limit = 180_000;

const pairs = (option: string, prefix: string, values: Readonly<Record<string, string>> = {}): string[] =>
  Object.entries(values).flatMap(([name, value]) => [option, `${prefix}${name}=${value}`]);

/** The options that all builders spell alike. */
const commonArgs = ({ secrets = [], isFresh = false }: BuildRequest): string[] => [
  ...secrets.flatMap(secret => ['--secret', secret]),
  ...(isFresh ? ['--no-cache'] : []),
];

/** A BuildKit that is reached by its own client, and leaves what it built in the registry. */
export const buildkitBuilder = (buildctl: string, address: string): Builder => ({
  isModern: true,
  build(request) {
    const { context, dockerfile, image, bases = {}, buildArgs, env = {} } = request;
    const named = Object.entries(bases).map(([name, base]) => [
      name.replace(/:latest$/, ''),
      `docker-image://${base}`,
    ]);
    const place = ['--local', `context=${context}`, '--local', `dockerfile=${dockerfile}`];
    const args = [
      ...['--addr', address, 'build', '--progress', 'plain', '--frontend', 'dockerfile.v0', ...place],
      // Nothing that a test builds has to reach further than itself.
      ...['--opt', 'force-network-mode=none'],
      // So that `# syntax=` asks nobody for another frontend.
      ...['--opt', 'cmdline=built-in'],
      ...pairs('--opt', 'context:', Object.fromEntries(named)),
      ...pairs('--opt', 'build-arg:', buildArgs),
      ...commonArgs(request),
      ...(image === null ? [] : ['--output', `type=image,name=${image},push=true`]),
    ];
    return run(buildctl, args, { cwd: context, env, limit });
  },
});

/** The BuildKit inside the engine, where a base is another name for an image. */
export const engineBuilder = (docker: string, dockerEnv: Readonly<Record<string, string>>): Builder => ({
  isModern: false,
  async build(request) {
    const { context, dockerfile, image, bases = {}, buildArgs, env = {} } = request;
    for (const [name, base] of Object.entries(bases)) {
      await must(docker, ['pull', '--quiet', base], { env: dockerEnv });
      await must(docker, ['tag', base, name], { env: dockerEnv });
    }
    const args = [
      ...['build', '--progress', 'plain', '--network', 'none', '--file', join(dockerfile, 'Dockerfile')],
      ...(image === null ? [] : ['--tag', image]),
      ...pairs('--build-arg', '', buildArgs),
      ...commonArgs(request),
      context,
    ];
    const settings = { ...dockerEnv, ...env, DOCKER_BUILDKIT: '1' };
    const outcome = await run(docker, args, { cwd: context, env: settings, limit });
    if (outcome.ok && image !== null) await must(docker, ['push', '--quiet', image], { env: dockerEnv });
    return outcome;
  },
});
