// What a command of a package manager installs and removes.

interface Command {
  readonly name: string | null;
  /** A value is null where it is computed. */
  readonly args: readonly { readonly value: string | null }[];
}

export interface PackageChange {
  readonly installs: readonly string[];
  readonly removes: readonly string[];
  /** The name under which `apk` can remove what it installs (`--virtual .build-deps`). */
  readonly group: string | null;
}

interface Manager {
  readonly install: ReadonlySet<string>;
  readonly remove: ReadonlySet<string>;
  /** Options whose value is the next word. */
  readonly valued: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const apt: Manager = {
  install: words('install reinstall'),
  remove: words('remove purge autoremove'),
  valued: words('-t --target-release --default-release -o --option -c --config-file -a --host-architecture'),
};
const rpm: Manager = {
  install: words('install reinstall localinstall in'),
  remove: words('remove erase rm autoremove'),
  valued: words(
    '-c --config -d -e -x --exclude --enablerepo --disablerepo --repo --repoid --from -r --releasever --installroot --setopt -t --type',
  ),
};

const managers: Readonly<Record<string, Manager>> = {
  apt,
  'apt-get': apt,
  aptitude: apt,
  apk: {
    install: words('add'),
    remove: words('del'),
    valued: words(
      '-t --virtual -X --repository -p --root --keys-dir --repositories-file --arch --cache-dir --wait',
    ),
  },
  dnf: rpm,
  dnf5: rpm,
  microdnf: rpm,
  tdnf: rpm,
  yum: rpm,
  zypper: rpm,
};

/** A package without version, architecture, repository and suite: `curl=8.1`, `curl:amd64`, `curl~=8`, `curl@edge`. */
const packageName = (argument: string): string => argument.replace(/[=<>~:@/].*$/, '');

/** Null for a command that changes no packages, or whose action is computed. */
export function packageChange({ name, args }: Command): PackageChange | null {
  const manager = name !== null && Object.hasOwn(managers, name) ? managers[name] : undefined;
  if (manager === undefined) return null;
  let group: string | null = null;
  const operands: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const value = args[index]?.value ?? null;
    if (value === null) continue;
    if (!value.startsWith('-')) {
      operands.push(value);
      continue;
    }
    if (value.startsWith('--virtual=')) group = value.slice('--virtual='.length);
    if (!manager.valued.has(value)) continue;
    index++;
    if (value === '--virtual' || (value === '-t' && name === 'apk')) group = args[index]?.value ?? null;
  }
  const [action = '', ...packages] = operands;
  const names = packages.map(packageName).filter(found => found !== '');
  if (manager.install.has(action)) return { installs: names, removes: [], group };
  return manager.remove.has(action) ? { installs: [], removes: names, group: null } : null;
}

/** The packages that the commands, one after the other, install by name and do not remove again. */
export function installedPackages(commands: Iterable<Command>): ReadonlySet<string> {
  const installed = new Set<string>();
  const groups = new Map<string, readonly string[]>();
  for (const command of commands) {
    const change = packageChange(command);
    if (change === null) continue;
    for (const name of change.installs) installed.add(name);
    if (change.group !== null) groups.set(change.group, change.installs);
    for (const name of change.removes.flatMap(removed => groups.get(removed) ?? [removed]))
      installed.delete(name);
  }
  return installed;
}
