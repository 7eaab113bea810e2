// The laboratory: an engine, a registry with the bases, and a builder, where nothing else is.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bases, basesVersion, imageOf, writeBaseContext } from './bases.ts';
import { type Builder, buildkitBuilder, engineBuilder } from './builder.ts';
import { cached } from './cache.ts';
import {
  buildkitAddress,
  engineAddress,
  registryAddress,
  startBuildkit,
  startEngine,
  startRegistry,
} from './daemons.ts';
import { placesOf } from './machine.ts';
import { buildkitVersion, type Materials } from './materials.ts';
import { must, type Running, run, tail } from './process.ts';

/** Where everything is: what a process of tests has to know. */
export interface LabAddress {
  /** A folder for whatever a test writes. */
  readonly work: string;
  readonly docker: string;
  /** Environment of every docker command. */
  readonly dockerEnv: Readonly<Record<string, string>>;
  /** Host and port. */
  readonly registry: string;
  /** Null where the engine builds. */
  readonly buildkit: { readonly buildctl: string; readonly address: string } | null;
  /** Docker's plugin for BuildKit; null where it cannot be made. */
  readonly buildx: string | null;
  /** A static binary that runs in any image. */
  readonly busybox: string;
}

/** The variable of the environment in which a process of tests finds the address, as JSON. */
export const addressVariable = 'BULKHEAD_LABORATORY';

export const builderAt = ({ buildkit, docker, dockerEnv }: LabAddress): Builder =>
  buildkit ? buildkitBuilder(buildkit.buildctl, buildkit.address) : engineBuilder(docker, dockerEnv);

export interface Laboratory {
  readonly address: LabAddress;
  /** What is real in it, with versions. */
  readonly components: readonly string[];
  close(): Promise<void>;
}

/** The client that came with the engine: another one may lack the build that this engine has. */
async function dockerClient(): Promise<string> {
  const major = (text: string): string | undefined => /version (\d+)/.exec(text)?.[1];
  const engine = major(await must('dockerd', ['--version']));
  const clients = placesOf('docker');
  for (const client of clients) {
    if (major((await run(client, ['--version'])).output) === engine) return client;
  }
  return clients[0] ?? 'docker';
}

/** A folder with the `storage` of a registry that holds all bases, made by the builder at the address. */
const basesStorage = (address: LabAddress, { busybox, debian }: Materials): Promise<string> =>
  cached('bases', basesVersion, async into => {
    const { work } = address;
    const context = await mkdtemp(join(work, 'context-'));
    await writeBaseContext(context, [busybox, debian]);
    const registry = await startRegistry(work, join(into, 'storage'));
    try {
      for (const base of bases) {
        const dockerfile = await mkdtemp(join(work, 'base-'));
        await writeFile(join(dockerfile, 'Dockerfile'), base.dockerfile);
        const { ok, output } = await builderAt(address).build({ context, dockerfile, image: imageOf(base) });
        if (!ok) throw new Error(`The base ${base.repository} cannot be built:\n${tail(output)}`);
      }
    } finally {
      await registry.stop();
    }
    await rm(context, { recursive: true });
  });

async function versions({ docker, dockerEnv: env, buildkit }: LabAddress): Promise<string[]> {
  const engine = await must(docker, ['version', '--format', '{{.Server.Version}}'], { env });
  const registry = (await run('docker-registry', ['--version'])).output.trim().split(' ').at(-1);
  const compose = await must('docker-compose', ['version', '--short']);
  return [
    `Docker Engine ${engine}`,
    buildkit ? `BuildKit ${buildkitVersion}` : "the engine's own BuildKit",
    `docker-registry ${registry}`,
    `docker-compose ${compose}`,
  ];
}

export async function openLaboratory(work: string, materials: Materials): Promise<Laboratory> {
  const { buildkit, busybox, buildx } = materials;
  const docker = await dockerClient();
  const address: LabAddress = {
    work,
    docker,
    // The person's own settings and credentials stay out of it.
    dockerEnv: { DOCKER_HOST: engineAddress(work), DOCKER_CONFIG: join(work, 'docker-config') },
    registry: registryAddress,
    buildkit:
      buildkit === null ? null : { buildctl: join(buildkit, 'buildctl'), address: buildkitAddress(work) },
    busybox: join(busybox, 'busybox'),
    buildx: buildx && join(buildx, 'docker-buildx'),
  };
  const running: Running[] = [];
  const close = async (): Promise<void> => {
    for (const daemon of running.reverse()) await daemon.stop();
  };
  try {
    running.push(await startEngine(work, docker, address.dockerEnv));
    if (buildkit) running.push(await startBuildkit(work, buildkit));
    const storage = join(work, 'registry');
    await cp(join(await basesStorage(address, materials), 'storage'), storage, { recursive: true });
    running.push(await startRegistry(work, storage));
    return { address, components: await versions(address), close };
  } catch (error) {
    await close();
    throw error;
  }
}
