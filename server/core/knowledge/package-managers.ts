// The package managers of systems: how each is called, what it leaves behind, and how it is told otherwise. Data only.

/**
 * `index` fetches the list of what can be installed; of `yum` and its kind `update` is an upgrade. `restore` installs
 * what files of a project ask for, `run` starts a program of a package.
 */
export type PackageAction = 'install' | 'remove' | 'index' | 'upgrade' | 'clean' | 'restore' | 'run';

/** `dnf` and its kind, and `yum`, read the same repositories. */
export type SystemFamily = 'apt' | 'apk' | 'yum' | 'dnf' | 'zypper' | 'pacman';

/** By what a package with a version looks like: `yarn` and its kind are `node`, what writes a lock file for Python `python`. */
export type LanguageFamily =
  | 'pip'
  | 'pipx'
  | 'python'
  | 'npm'
  | 'node'
  | 'gem'
  | 'go'
  | 'cargo'
  | 'composer'
  | 'nuget'
  | 'conda';

export type PackageFamily = SystemFamily | LanguageFamily;

/** What is left in the layer, unless it is removed in the same one. */
export interface PackageStore {
  /** The folders that hold it: what is mounted or removed there is not left. `~` is the home of any account. */
  readonly folders: readonly string[];
  /** The variable that moves it elsewhere, and the one that switches it off. */
  readonly location?: string;
  /** The option that does so for one call. */
  readonly locationOption?: string;
  readonly off?: string;
  /** How else a word that is deleted may name it. */
  readonly alias?: RegExp;
  readonly filledBy: ReadonlySet<PackageAction>;
  /** The option with which a call leaves nothing in the first place; null where there is none. */
  readonly option: string | null;
  /** The command that removes it, where there is no such option. */
  readonly clean: string;
  /** Calls of the manager that remove it: the verb and its operands. */
  readonly cleanedBy: RegExp;
}

export interface PackageManager {
  readonly name: string;
  readonly family: PackageFamily;
  /** `install`; or `-S` and the like, for those that write the action as an option. */
  readonly actions: readonly (readonly [verb: RegExp, action: PackageAction])[];
  /** What it does without any verb. */
  readonly bare?: PackageAction;
  /** The only thing that it does, so that it needs no verb. */
  readonly only?: PackageAction;
  /** Verbs that stand before another verb: `module install`. */
  readonly prefixes: ReadonlySet<string>;
  /** Options whose value is the next word. */
  readonly valued: ReadonlySet<string>;
  /** What stands behind `--` is for somebody else: the build of a gem. */
  readonly passesOn?: true;
  /** Installs without asking: one of these options is given. Null: it never asks. */
  readonly answers: RegExp | null;
  /** The option that a person would write for that. */
  readonly answer: string;
  readonly store: PackageStore;
  /** The folders to mount so that the next build need not download all again. */
  readonly caches: readonly string[];
  /** Only one build at a time may use them. */
  readonly locksCaches: boolean;
  /** How a package with a version is written, for people. */
  readonly pin: string;
  /** The same of a repository. */
  readonly revision?: string;
}

export const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
export const verbs = (
  table: Partial<Record<PackageAction, string>>,
): readonly (readonly [RegExp, PackageAction])[] =>
  Object.entries(table).map(([action, names]) => [
    new RegExp(`^(?:${names.replaceAll(' ', '|')})$`),
    action as PackageAction,
  ]);

const none: ReadonlySet<string> = new Set();
const fetching = new Set<PackageAction>(['install', 'upgrade', 'index']);

const apt: Omit<PackageManager, 'name'> = {
  family: 'apt',
  actions: verbs({
    install: 'install reinstall satisfy build-dep',
    remove: 'remove purge autoremove autopurge',
    index: 'update',
    upgrade: 'upgrade dist-upgrade full-upgrade safe-upgrade dselect-upgrade',
    clean: 'clean autoclean auto-clean distclean dist-clean',
  }),
  prefixes: none,
  valued: words('-t --target-release --default-release -o --option -c --config-file -a --host-architecture'),
  // Twice quiet means yes.
  answers:
    /^(?:--yes|--assume-yes|-[a-zA-Z]*y[a-zA-Z]*|-[a-zA-Z]*q[a-zA-Z]*q[a-zA-Z]*|-q=[2-9]|--quiet=[2-9]|(?:-o=?|--option=)?APT::Get::Assume-Yes=.+)$/i,
  answer: '-y',
  store: {
    folders: ['/var/lib/apt/lists'],
    filledBy: new Set<PackageAction>(['index']),
    option: null,
    clean: 'rm -rf /var/lib/apt/lists/*',
    cleanedBy: /^dist-?clean/,
  },
  caches: ['/var/cache/apt', '/var/lib/apt'],
  locksCaches: true,
  pin: 'name=version',
};

const rpm: Omit<PackageManager, 'name' | 'family' | 'store' | 'caches'> = {
  actions: verbs({
    install: 'install in localinstall reinstall rei downgrade builddep groupinstall',
    remove: 'remove rm erase autoremove groupremove',
    index: 'makecache mc',
    upgrade:
      'update up upgrade localupdate upgrade-minimal up-min update-minimal distro-sync dsync groupupdate',
    clean: 'clean',
  }),
  prefixes: words('module group groups environment'),
  valued: words(
    '-c --config -d -e -x --exclude --enablerepo --disablerepo --repo --repoid --from -r --releasever --installroot --setopt -t --type --advisory --forcearch',
  ),
  answers: /^(?:--assumeyes|-[a-zA-Z]*y[a-zA-Z]*|(?:--setopt=)?(?:assume|default)yes=(?:1|yes|true))$/i,
  answer: '-y',
  locksCaches: true,
  pin: 'name-version',
};

const rpmFolders = ['/var/cache/dnf', '/var/cache/libdnf5', '/var/cache/yum', '/var/cache/tdnf'];
const rpmManager = (name: string, cache: string): PackageManager => ({
  ...rpm,
  name,
  family: name === 'yum' ? 'yum' : 'dnf',
  store: {
    folders: rpmFolders,
    filledBy: fetching,
    option: null,
    clean: `${name} clean all`,
    cleanedBy: /^clean (?:.* )?all\b/,
  },
  caches: [cache],
});

export const systemManagers: readonly PackageManager[] = [
  { ...apt, name: 'apt-get' },
  { ...apt, name: 'apt' },
  { ...apt, name: 'aptitude' },
  {
    name: 'apk',
    family: 'apk',
    actions: verbs({ install: 'add', remove: 'del', index: 'update', upgrade: 'upgrade', clean: 'cache' }),
    prefixes: none,
    valued: words(
      '-t --virtual -X --repository -p --root --keys-dir --repositories-file --arch --cache-dir --cache-max-age --wait --timeout --progress-fd',
    ),
    answers: null,
    answer: '',
    store: {
      folders: ['/var/cache/apk', '/etc/apk/cache'],
      filledBy: fetching,
      option: '--no-cache',
      clean: '',
      cleanedBy: /^cache (?:clean|purge)/,
    },
    caches: ['/etc/apk/cache'],
    locksCaches: true,
    pin: 'name=version',
  },
  rpmManager('yum', '/var/cache/yum'),
  rpmManager('dnf', '/var/cache/dnf'),
  rpmManager('dnf5', '/var/cache/libdnf5'),
  rpmManager('microdnf', '/var/cache/yum'),
  rpmManager('tdnf', '/var/cache/tdnf'),
  {
    name: 'zypper',
    family: 'zypper',
    actions: verbs({
      install: 'install in source-install si',
      remove: 'remove rm',
      index: 'refresh ref',
      upgrade: 'update up patch dist-upgrade dup',
      clean: 'clean cc',
    }),
    prefixes: none,
    valued: words(
      '-R --root --installroot -c --config -D --reposd-dir -C --cache-dir --raw-cache-dir --solv-cache-dir --pkg-cache-dir -t --type -r --repo --from -p --plus-repo --plus-content --releasever',
    ),
    answers: /^(?:--non-interactive|--no-confirm|-[a-zA-Z]*[yn][a-zA-Z]*)$/,
    answer: '-y',
    store: {
      folders: ['/var/cache/zypp'],
      // It looks at the repositories again before it removes, too.
      filledBy: new Set<PackageAction>([...fetching, 'remove']),
      option: null,
      clean: 'zypper clean --all',
      cleanedBy: /^(?:clean|cc)/,
    },
    caches: ['/var/cache/zypp'],
    locksCaches: true,
    pin: 'name=version',
  },
  {
    name: 'pacman',
    family: 'pacman',
    actions: [
      [/^(?:-S\w*c\w*)$/, 'clean'],
      [/^(?:-S\w*u\w*)$/, 'upgrade'],
      [/^(?:-Sy+)$/, 'index'],
      [/^(?:-[SU]\w*|--sync|--upgrade)$/, 'install'],
      [/^(?:-R\w*|--remove)$/, 'remove'],
    ],
    prefixes: none,
    valued: words('-b --dbpath -r --root --arch --cachedir --config --hookdir --ignore --overwrite'),
    answers: /^--noconfirm$/,
    answer: '--noconfirm',
    store: {
      folders: ['/var/cache/pacman/pkg'],
      filledBy: new Set<PackageAction>(['install', 'upgrade']),
      option: null,
      clean: 'rm -rf /var/cache/pacman/pkg/*',
      cleanedBy: /^-S\w*c/,
    },
    caches: ['/var/cache/pacman/pkg'],
    locksCaches: true,
    pin: 'name=version',
  },
];
