// Paths of a host: what a container gets hold of when one of them is mounted into it.

/** How a path of the host is written once dots, doubled slashes and `/var/run` are out of the way; null for others. */
export function canonicalHostPath(written: string): string | null {
  const path = written.replace(/^(?:\$HOME|\$\{HOME\})(?=\/|$)/, '~').replaceAll('\\', '/');
  if (isClimb(path)) return '/';
  if (!/^(?:\/|~(?:\/|$)|\$)/.test(path)) return null;
  const [root = '', ...segments] = path.startsWith('/') ? ['', ...path.split('/')] : path.split('/');
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if ((kept.pop() ?? root).includes('$')) return null;
  }
  const joined = [root, ...kept].join('/') || '/';
  return joined.replace(/^\/var\/run(?=\/|$)/, '/run');
}

/** No project lies so deep that this many steps up end anywhere but at the root. */
const climb = /^(?:\.\/)*(?:\.\.\/+){31,}\.\.\/*$/;
const isClimb = (path: string): boolean => climb.test(path);

const isBelow = (path: string, folder: string): boolean =>
  folder === '/' ? path !== '/' : path.startsWith(`${folder}/`);
const isAtOrBelow = (path: string, folder: string): boolean => path === folder || isBelow(path, folder);

/** Sockets through which programs of the host are started. */
const sockets: readonly (readonly [path: string, of: string])[] = [
  ['/run/docker.sock', 'Docker'],
  ['/run/containerd/containerd.sock', 'containerd'],
  ['/run/k3s/containerd/containerd.sock', 'containerd'],
  ['/run/crio/crio.sock', 'CRI-O'],
  ['/run/cri-dockerd.sock', 'Docker'],
  ['/run/podman/podman.sock', 'Podman'],
  ['/run/buildkit/buildkitd.sock', 'BuildKit'],
  ['/run/systemd/private', 'systemd'],
  // `//./pipe/docker_engine`, once its dots are gone: where the engine of Windows listens.
  ['/pipe/docker_engine', 'Docker'],
  ['/pipe/containerd-containerd', 'containerd'],
];
/** Rootless and desktop installations have them elsewhere. */
const socketNames: Readonly<Record<string, string>> = {
  'docker.sock': 'Docker',
  'podman.sock': 'Podman',
  'containerd.sock': 'containerd',
  'crio.sock': 'CRI-O',
};

const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whose control socket a path is. */
export function controlSocketAt(path: string): string | undefined {
  const name = lastSegment(path);
  return (
    sockets.find(([socket]) => socket === path)?.[1] ??
    (Object.hasOwn(socketNames, name) ? socketNames[name] : undefined)
  );
}

/** A folder that control sockets lie in, at any depth; `/var` leads to `/run`. */
export const holdsControlSockets = (path: string): boolean =>
  path === '/var' || sockets.some(([socket]) => isBelow(socket, path));

/** Whoever may write there is root of the host; the words go on from "of the host: ". */
const rootEquivalent: readonly (readonly [folder: string, how: string])[] = [
  ['/etc', 'its accounts, services and scheduled jobs are files there'],
  ['/root', 'the keys and the start-up files of root are there'],
  ['/boot', 'the kernel that starts next is there'],
  ['/proc', 'kernel settings that start programs are files there'],
  ['/var/lib/docker', 'the files of all containers are there'],
  ['/var/lib/containerd', 'the files of all containers are there'],
];
/** Below `/etc`: what the system itself takes its accounts, programs and start-up from. */
const systemSettings =
  /^\/etc(?:$|\/(?:passwd|group|g?shadow|sudoers(?:\.d)?|pam\.(?:d|conf)|security|ssh|systemd|init\.d|rc\w*(?:\.d)?|cron[\w.]*|anacrontab|profile(?:\.d)?|bash\.bashrc|environment|ld\.so[\w.]*|fstab|crypttab|modules(?:-load\.d)?|modprobe\.d|sysctl[\w.]*|udev|apt|yum[\w.]*|docker|containerd|kubernetes|NetworkManager|network|netplan|hosts|resolv\.conf|ssl|pki|ca-certificates[\w.]*|default|selinux|apparmor[\w.]*|polkit-1|dbus-1|alternatives|machine-id|hostname|nsswitch\.conf)(?:\/|$))/;
const ownPrograms: readonly (readonly [folder: string, how: string])[] = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib64',
].map(folder => [folder, 'its programs and their libraries are there'] as const);
/** What is started or loaded from there, and the folders that hold it all. */
const programs =
  /^\/(?:usr|lib|lib64|usr\/lib)$|^\/(?:usr\/)?(?:local\/)?s?bin(?:\/|$)|^\/(?:usr\/)?lib\/modules(?:\/|$)/;
const ownStores: readonly (readonly [folder: string, how: string])[] = [
  ['/var/lib/containers', 'the files of all containers are there'],
  ['/var/lib/kubelet', 'the files of all containers are there'],
  ['/var/spool/cron', 'its scheduled jobs are files there'],
];

/** Known to everybody, or without any content of their own. */
const harmless =
  /^\/etc\/(?:localtime|timezone)$|^\/dev\/(?:null|zero|full|u?random|tty)$|^\/usr\/share\/zoneinfo(?:\/|$)/;
/** Data that packages bring along, not programs. */
const packageData = /^\/usr\/(?:share|src|local\/(?:share|src))(?:\/|$)/;
/** Harmless to read. */
const open =
  /^\/etc\/(?:hosts|hostname|machine-id|os-release|resolv\.conf|nsswitch\.conf|ssl\/certs|pki\/(?:tls\/certs|ca-trust)|ca-certificates)(?:\/|$)/;

export interface RootEquivalent {
  /** Goes on from "whoever writes there is root of the host: ". */
  readonly how: string;
  /**
   * What is written there: settings and data of the system, its programs, what these need, data of some systems, or
   * the settings of one service alone.
   */
  readonly kind: 'system' | 'programs' | 'libraries' | 'store' | 'settings';
}

export function rootEquivalentAt(path: string): RootEquivalent | undefined {
  if (harmless.test(path) || packageData.test(path)) return undefined;
  const by = (table: typeof rootEquivalent) => table.find(([folder]) => isAtOrBelow(path, folder))?.[1];
  if (path === '/var/lib') return { how: 'the files of all containers are there', kind: 'system' };
  const how = by(rootEquivalent);
  if (how !== undefined) {
    const isOneService = isBelow(path, '/etc') && !systemSettings.test(path);
    return { how, kind: isOneService ? 'settings' : 'system' };
  }
  const tree = by(ownPrograms);
  if (tree !== undefined) return { how: tree, kind: programs.test(path) ? 'programs' : 'libraries' };
  const store = by(ownStores);
  return store === undefined ? undefined : { how: store, kind: 'store' };
}

const home = /^(?:~|\/home|\/Users|\/(?:home|Users)\/[^/]+)$/;
const credentials =
  /^(?:~|\/root|\/(?:home|Users)\/[^/]+)\/\.(?:ssh|aws|azure|gnupg|kube|docker|password-store|netrc|git-credentials|pgpass|npmrc|pypirc|vault-token|terraform\.d|config\/(?:gcloud|gh|op|rclone))(?:\/|$)/;

export type Sensitive =
  /** Keys, tokens and passwords of a person. */
  | 'credentials'
  | 'home'
  | 'devices'
  | 'kernel'
  /** D-Bus, by which services of the host are started and stopped. */
  | 'bus'
  /** Sockets and locks of running services. */
  | 'runtime'
  /** What would make root of whoever may write there. */
  | 'system'
  /** The same on some systems only. */
  | 'store';

/** What a path gives away, even where it is only read. */
export function sensitiveAt(path: string, readOnly: boolean): Sensitive | undefined {
  if (harmless.test(path) || (readOnly && open.test(path))) return undefined;
  if (credentials.test(path)) return 'credentials';
  if (home.test(path)) return 'home';
  if (isAtOrBelow(path, '/dev')) return 'devices';
  if (isAtOrBelow(path, '/sys')) return 'kernel';
  if (isAtOrBelow(path, '/run/dbus')) return 'bus';
  if (isBelow(path, '/run')) return 'runtime';
  const kind = rootEquivalentAt(path)?.kind;
  if (kind === undefined || kind === 'store') return kind;
  // Programs are packages that everybody may read.
  return readOnly && (kind === 'programs' || kind === 'libraries') ? undefined : 'system';
}

const systemFolders =
  'bin boot dev etc home lib lib64 media mnt opt proc root run sbin srv sys usr var Library System'.split(
    ' ',
  );

/** A folder that the operating system, not a project, lays out. */
export const isSystemFolder = (path: string): boolean =>
  path === '/' || systemFolders.some(name => isAtOrBelow(path, `/${name}`));
