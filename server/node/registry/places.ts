// Places: the folders in which Docker and podman keep what they know of registries.
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
