// The daemons of a laboratory: engine, registry and BuildKit. All their files lie in its work folder.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Running, run, startDaemon } from './process.ts';

/** Nobody else is in the network of a laboratory, so its ports are always free. */
export const registryAddress = '127.0.0.1:5000';

export const engineAddress = (work: string): string => `unix://${join(work, 'docker.sock')}`;
export const buildkitAddress = (work: string): string => `unix://${join(work, 'buildkitd.sock')}`;

export async function startEngine(
  work: string,
  docker: string,
  dockerEnv: Readonly<Record<string, string>>,
): Promise<Running> {
  const at = (name: string): string => join(work, 'engine', name);
  await mkdir(at('.'));
  // Settings of the machine's own engine are none of ours.
  await writeFile(at('settings.json'), '{}');
  const places = ['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid')];
  const settings = ['--config-file', at('settings.json'), '--exec-opt', 'native.cgroupdriver=cgroupfs'];
  return startDaemon({
    program: 'dockerd',
    // Nothing leads out of the laboratory, so there is nothing to forward or to translate.
    args: [...places, ...settings, '--host', engineAddress(work), '--iptables=false', '--ip-forward=false'],
    log: at('log'),
    isReady: async () => (await run(docker, ['version'], { env: dockerEnv })).ok,
    limit: 60_000,
  });
}

/** Also one that first asks who we are. */
async function registryAnswers(address: string): Promise<boolean> {
  try {
    return [200, 401].includes((await fetch(`http://${address}/v2/`)).status);
  } catch {
    return false;
  }
}

export interface RegistryOptions {
  readonly address?: string;
  /** The part of its configuration that says who may do what. */
  readonly auth?: object;
}

export async function startRegistry(
  work: string,
  storage: string,
  { address = registryAddress, auth }: RegistryOptions = {},
): Promise<Running> {
  const config = join(work, `registry-${address.replace(':', '-')}.yml`);
  const filesystem = { rootdirectory: storage };
  // JSON is YAML.
  await writeFile(
    config,
    JSON.stringify({ version: 0.1, storage: { filesystem }, http: { addr: address }, auth }),
  );
  return startDaemon({
    program: 'docker-registry',
    args: ['serve', config],
    log: `${config}.log`,
    isReady: () => registryAnswers(address),
    limit: 20_000,
  });
}

/** From the folder that holds `buildkitd` and `buildctl`. */
export async function startBuildkit(work: string, programs: string): Promise<Running> {
  const config = join(work, 'buildkitd.toml');
  await writeFile(config, `[registry."${registryAddress}"]\nhttp = true\n`);
  const worker = ['--oci-worker-binary', 'runc', '--oci-worker-net', 'host', '--containerd-worker=false'];
  const address = buildkitAddress(work);
  const buildctl = join(programs, 'buildctl');
  return startDaemon({
    program: join(programs, 'buildkitd'),
    args: [...worker, '--root', join(work, 'buildkit'), '--addr', address, '--config', config],
    log: join(work, 'buildkitd.log'),
    isReady: async () => (await run(buildctl, ['--addr', address, 'debug', 'workers'])).ok,
    limit: 30_000,
  });
}
