// What is known about an image without asking a registry: types.

export type PackageManager =
  | 'apk'
  | 'apt'
  | 'apt-rpm'
  | 'dnf'
  | 'microdnf'
  | 'pacman'
  | 'swupd'
  | 'tdnf'
  | 'yum'
  | 'zypper'
  | 'none'
  | 'unknown';

export interface OperatingSystem {
  /** `debian`, `alpine`, `rhel`, `distroless-debian`, `ubuntu-chiseled`, `busybox`, `scratch`, ... or `unknown`. */
  readonly family: string;
  readonly packageManager: PackageManager;
}

export interface Account {
  readonly name: string;
  /** Null where the tool that created it chose the number. */
  readonly uid: number | null;
  readonly gid: number | null;
}

/** False says that nothing installed it by name: another package may have brought it along. */
export type Presence = boolean | 'unknown';

export interface ImageFacts {
  readonly os: OperatingSystem;
  /** Who runs the process, as USER says it; null is root. */
  readonly user: string | null;
  /** Those that the image adds to what its operating system has. */
  readonly accounts: readonly Account[];
  /** Those it declares, and those it is set up to listen on. */
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  /** It has a HEALTHCHECK. */
  readonly healthcheck: boolean;
  readonly entrypoint: readonly string[] | null;
  readonly cmd: readonly string[] | null;
  /** How its entrypoint gives up root, and for whom; lost where the entrypoint is replaced. */
  readonly drops: readonly { readonly tool: string; readonly to: string }[];
  /** The variables for which its entrypoint reads a file named by the variable with `_FILE` behind it. */
  readonly fileEnv: readonly string[];
  readonly shell: Presence;
  readonly curl: Presence;
  readonly wget: Presence;
  /** The images it is built from, without tags. */
  readonly base: readonly string[];
  /** The usual check of the service in it, as a Compose `test`. */
  readonly healthCommand: { readonly test: readonly string[]; readonly note: string | null } | null;
}

/** An image without anything but an operating system, as a start for others. */
export const bareImage = {
  user: null,
  accounts: [],
  ports: [],
  volumes: [],
  healthcheck: false,
  entrypoint: null,
  cmd: null,
  drops: [],
  fileEnv: [],
  shell: true,
  curl: false,
  wget: false,
  base: [],
  healthCommand: null,
} as const satisfies Omit<ImageFacts, 'os'>;
