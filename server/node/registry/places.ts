// Places: the folders in which Docker and podman keep what they know of registries.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

const home = (): string => process.env.HOME || homedir();

/** Of this person. */
const configurationFolder = (): string => process.env.XDG_CONFIG_HOME || path.join(home(), '.config');

const dockerHome = (): string => path.join(home(), '.docker');

/** Of the daemon, of one without root, and of Docker Desktop. */
export const dockerSettings = (): string[] => [
  process.platform === 'win32'
    ? path.join(process.env.ProgramData ?? 'C:\\ProgramData', 'docker')
    : '/etc/docker',
  path.join(configurationFolder(), 'docker'),
  dockerHome(),
];

/** Where podman keeps what it knows of registries; of several what comes later counts. Whatever is not there says nothing. */
export async function podmanSettings(): Promise<string[]> {
  const folders = ['/etc/containers', path.join(configurationFolder(), 'containers')];
  const own = folders.map(folder => path.join(folder, 'registries.conf'));
  const named = process.env.CONTAINERS_REGISTRIES_CONF;
  const main = named ? [named] : own.filter(file => existsSync(file)).slice(-1);
  const added = folders.map(async folder => {
    const names = await readdir(path.join(folder, 'registries.conf.d')).catch(() => []);
    const settings = names.filter(name => name.endsWith('.conf')).sort();
    return settings.map(name => path.join(folder, 'registries.conf.d', name));
  });
  return [...main, ...(await Promise.all(added)).flat()];
}

/** Where `docker login` and `podman login` leave accounts, in the order in which they count. */
export function accountFiles(): string[] {
  const { REGISTRY_AUTH_FILE, DOCKER_CONFIG, XDG_RUNTIME_DIR } = process.env;
  return [
    ...(REGISTRY_AUTH_FILE ? [REGISTRY_AUTH_FILE] : []),
    path.join(DOCKER_CONFIG || dockerHome(), 'config.json'),
    ...(XDG_RUNTIME_DIR ? [path.join(XDG_RUNTIME_DIR, 'containers', 'auth.json')] : []),
    path.join(configurationFolder(), 'containers', 'auth.json'),
  ];
}

/** Where certificates for a registry are, below a folder named like it. */
export const certificateFolders = (): string[] =>
  [...dockerSettings(), '/etc/containers', path.join(configurationFolder(), 'containers')].map(folder =>
    path.join(folder, 'certs.d'),
  );
