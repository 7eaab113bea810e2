// How package managers are asked for versions: the commands, and how what they print is read. Words of a Dockerfile are
// arguments in them, and nothing else.
import {
  type Reading,
  readApkPolicy,
  readAptPolicy,
  readGemList,
  readNpmView,
  readPipIndex,
  readRpmList,
  readRpmNames,
  readZypperInfo,
} from './readings.ts';

type Words = readonly string[];

export interface ManagerQuery {
  /** What fetches the index; null where it is asked over the network each time. */
  readonly refresh: Words | null;
  /** What to run for these packages: the index is one that is there already. */
  ask(names: Words): readonly Words[];
  readonly read: Reading;
}

const apt: ManagerQuery = {
  refresh: ['apt-get', 'update'],
  ask: names => [['apt-cache', 'policy', ...names]],
  read: readAptPolicy,
};

/** `-C`: by what has been fetched alone. */
const rpm = (name: string): ManagerQuery => ({
  refresh: [name, '-y', 'makecache'],
  ask: names => [[name, '-C', 'list', ...names]],
  read: readRpmList,
});

const oneByOne =
  (words: (name: string) => Words): ManagerQuery['ask'] =>
  names =>
    names.map(words);

const pip: ManagerQuery = {
  refresh: null,
  ask: oneByOne(name => ['pip', '--disable-pip-version-check', 'index', 'versions', name]),
  read: readPipIndex,
};

const npm: ManagerQuery = {
  refresh: null,
  ask: oneByOne(name => ['npm', 'view', name, 'version']),
  read: readNpmView,
};

const queries: Readonly<Record<string, ManagerQuery>> = {
  'apt-get': apt,
  apt,
  aptitude: apt,
  apk: {
    refresh: ['apk', 'update'],
    ask: names => [['apk', '--no-network', 'policy', ...names]],
    read: readApkPolicy,
  },
  yum: rpm('yum'),
  dnf: rpm('dnf'),
  dnf5: rpm('dnf5'),
  tdnf: rpm('tdnf'),
  microdnf: {
    refresh: ['microdnf', '-y', 'makecache'],
    ask: names => [['microdnf', 'repoquery', ...names]],
    read: readRpmNames,
  },
  zypper: {
    refresh: ['zypper', '--non-interactive', 'refresh'],
    ask: names => [['zypper', '--non-interactive', '--no-refresh', 'info', ...names]],
    read: readZypperInfo,
  },
  pip,
  pip2: pip,
  pip3: pip,
  pipx: pip,
  uv: pip,
  poetry: pip,
  pipenv: pip,
  npm,
  yarn: npm,
  pnpm: npm,
  bun: npm,
  gem: {
    refresh: null,
    ask: oneByOne(name => ['gem', 'list', '--remote', '--exact', name]),
    read: readGemList,
  },
};

export const managerQuery = (manager: string): ManagerQuery | undefined =>
  Object.hasOwn(queries, manager) ? queries[manager] : undefined;
