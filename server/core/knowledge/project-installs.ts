// Installing what a project asks for: the lock files, and how an install is told to keep to them and to leave out what
// only developers need. Data only.

interface Locking {
  /** Files of the project that say which versions it has. */
  readonly files: readonly string[];
  /** Among the options: the install keeps to them already, or has nothing to do with them. */
  readonly means: RegExp;
  /** What is said instead of `install`, or added to it, or set before it. */
  readonly repair:
    | { readonly verb: string }
    | { readonly option: string }
    | { readonly variable: string; readonly value: string };
}

interface Production {
  readonly means: RegExp;
  /** Variables that say so, too, and the values with which they do. */
  readonly variables: Readonly<Record<string, RegExp>>;
  readonly repair: { readonly option: string } | { readonly variable: string; readonly value: string };
  /** A build in the stage needs them; what is installed for others to copy is not. */
  readonly builds: boolean;
}

export interface ProjectInstall {
  /** The verb that installs what the lock file says. */
  readonly restore: string;
  readonly locking: Locking | null;
  readonly production: Production | null;
}

const on = /^(?:1|true|yes|on)$/i;
const npmVariables = {
  NODE_ENV: /^production$/,
  NPM_CONFIG_OMIT: /dev/,
  NPM_CONFIG_PRODUCTION: on,
  npm_config_omit: /dev/,
};

const bundle: ProjectInstall = {
  restore: 'install',
  locking: {
    files: ['Gemfile.lock', 'gems.locked'],
    means: /--(?:deployment|frozen)\b/,
    repair: { variable: 'BUNDLE_FROZEN', value: '1' },
  },
  production: {
    means: /--without\b/,
    variables: { BUNDLE_WITHOUT: /development/, BUNDLE_ONLY: /production|default/ },
    repair: { variable: 'BUNDLE_WITHOUT', value: 'development' },
    builds: false,
  },
};

const installs: Readonly<Record<string, ProjectInstall>> = {
  npm: {
    restore: 'ci',
    locking: {
      files: ['package-lock.json', 'npm-shrinkwrap.json'],
      means: /--(?:no-package-lock|package-lock-only|package-lock=false)\b/,
      repair: { verb: 'ci' },
    },
    production: {
      means: /--(?:omit[= ]dev|production|prod|only[= ]prod)/,
      variables: npmVariables,
      repair: { option: '--omit=dev' },
      builds: true,
    },
  },
  yarn: {
    restore: 'install',
    locking: {
      files: ['yarn.lock'],
      means: /--(?:frozen-lockfile|immutable|pure-lockfile|no-lockfile)\b/,
      repair: { option: '--frozen-lockfile' },
    },
    production: {
      means: /--prod/,
      variables: { NODE_ENV: /^production$/ },
      repair: { option: '--production' },
      builds: true,
    },
  },
  pnpm: {
    restore: 'install',
    locking: {
      files: ['pnpm-lock.yaml'],
      means: /--(?:frozen-lockfile|no-lockfile|offline)\b/,
      repair: { option: '--frozen-lockfile' },
    },
    production: {
      means: /--prod| -P\b/,
      variables: { NODE_ENV: /^production$/ },
      repair: { option: '--prod' },
      builds: true,
    },
  },
  bun: {
    restore: 'install',
    locking: {
      files: ['bun.lock', 'bun.lockb'],
      means: /--(?:frozen-lockfile|no-save)\b/,
      repair: { option: '--frozen-lockfile' },
    },
    production: {
      means: /--(?:production|omit[= ]dev)| -p\b/,
      variables: { NODE_ENV: /^production$/ },
      repair: { option: '--production' },
      builds: true,
    },
  },
  uv: {
    restore: 'sync',
    locking: {
      files: ['uv.lock'],
      means: /--(?:locked|frozen|isolated)\b/,
      repair: { option: '--locked' },
    },
    production: {
      means: /--(?:no-dev|no-default-groups|only-group|no-group[= ]dev)\b/,
      variables: { UV_NO_DEV: on },
      repair: { option: '--no-dev' },
      builds: false,
    },
  },
  poetry: {
    restore: 'install',
    locking: null,
    production: {
      means: /--(?:only|without|no-dev)\b/,
      variables: {},
      repair: { option: '--only main' },
      builds: false,
    },
  },
  pipenv: {
    restore: 'sync',
    locking: {
      files: ['Pipfile.lock'],
      means: /--(?:deploy|ignore-pipfile|skip-lock)\b/,
      repair: { option: '--deploy' },
    },
    production: null,
  },
  composer: {
    restore: 'install',
    locking: null,
    production: {
      means: /--no-dev\b/,
      variables: { COMPOSER_NO_DEV: on },
      repair: { option: '--no-dev' },
      builds: false,
    },
  },
  cargo: {
    restore: 'fetch',
    locking: { files: ['Cargo.lock'], means: /--(?:locked|frozen)\b/, repair: { option: '--locked' } },
    production: null,
  },
  bundle,
  bundler: bundle,
};

export const projectInstall = (program: string): ProjectInstall | undefined => installs[program];
