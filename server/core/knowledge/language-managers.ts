// The package managers of programming languages, in the terms of those of systems. Data only.
import {
  type PackageAction,
  type PackageManager,
  type PackageStore,
  verbs,
  words,
} from './package-managers.ts';

type Common = Pick<PackageManager, 'prefixes' | 'answers' | 'answer' | 'locksCaches'>;

const quiet: Common = { prefixes: new Set(), answers: null, answer: '', locksCaches: false };

const fetching = new Set<PackageAction>(['install', 'restore', 'upgrade', 'run']);
const never = /^(?!)/;

/** What lies there is shared with what is installed by hard links, or is not worth a clean-up. */
const keepsNothing: PackageStore = {
  folders: [],
  filledBy: new Set(),
  option: null,
  clean: '',
  cleanedBy: never,
};

const pipOptions =
  '-c --constraint -r --requirement -e --editable -t --target --platform --python-version --prefix --root --src -i --index-url --extra-index-url -f --find-links --trusted-host --proxy --timeout --retries --cache-dir --no-binary --only-binary --progress-bar -p --python --build --root-user-action --abi --implementation --upgrade-strategy --log --cert --client-cert --exists-action --report --config-settings -C --global-option --install-option --group --use-feature --use-deprecated --keyring-provider';

const pip: Omit<PackageManager, 'name'> = {
  ...quiet,
  family: 'pip',
  actions: verbs({ install: 'install', restore: 'download wheel', remove: 'uninstall', clean: 'cache' }),
  valued: words(pipOptions),
  store: {
    folders: ['~/.cache/pip'],
    location: 'PIP_CACHE_DIR',
    locationOption: '--cache-dir',
    off: 'PIP_NO_CACHE_DIR',
    filledBy: fetching,
    option: '--no-cache-dir',
    clean: 'pip cache purge',
    cleanedBy: /^cache purge/,
  },
  caches: ['~/.cache/pip'],
  pin: 'name==version',
  revision: 'git+url@commit',
};

const uv: PackageManager = {
  ...pip,
  name: 'uv',
  family: 'python',
  actions: verbs({ install: 'install add', restore: 'sync', upgrade: 'upgrade', clean: 'cache' }),
  prefixes: words('pip tool python self'),
  valued: words(
    `${pipOptions} --extra --no-extra --group --no-group --only-group --package --with --directory --project --index --default-index --link-mode --color --config-file --from`,
  ),
  store: {
    folders: ['~/.cache/uv'],
    location: 'UV_CACHE_DIR',
    locationOption: '--cache-dir',
    off: 'UV_NO_CACHE',
    filledBy: fetching,
    option: '--no-cache',
    clean: 'uv cache clean',
    cleanedBy: /^cache clean/,
  },
  caches: ['~/.cache/uv'],
};

const python: readonly PackageManager[] = [
  { ...pip, name: 'pip' },
  { ...pip, name: 'pip2' },
  { ...pip, name: 'pip3' },
  {
    ...pip,
    name: 'pipx',
    family: 'pipx',
    actions: verbs({ install: 'install inject', run: 'run', upgrade: 'upgrade upgrade-all' }),
    valued: words('--python --pip-args --index-url -i --suffix --preinstall --backend'),
    store: keepsNothing,
  },
  uv,
  { ...uv, name: 'uvx', only: 'run', pin: 'name@version' },
  {
    ...pip,
    name: 'poetry',
    family: 'python',
    actions: verbs({ install: 'add', restore: 'install sync', upgrade: 'update', clean: 'cache' }),
    prefixes: words('self'),
    valued: words(
      '-C --directory -P --project -G --group -E --extras --with --without --only --source --python',
    ),
    store: {
      folders: ['~/.cache/pypoetry'],
      location: 'POETRY_CACHE_DIR',
      filledBy: fetching,
      option: '--no-cache',
      clean: 'poetry cache clear --all .',
      cleanedBy: /^cache clear/,
    },
    caches: ['~/.cache/pypoetry'],
    pin: 'name@version',
  },
  {
    ...pip,
    name: 'pipenv',
    family: 'python',
    actions: verbs({ install: 'install', restore: 'sync', upgrade: 'update upgrade' }),
    valued: words('-r --requirements -e --editable -i --index --python --categories --extra-pip-args'),
    store: keepsNothing,
    caches: ['~/.cache/pipenv', '~/.cache/pip'],
  },
];

const npm: Omit<PackageManager, 'name'> = {
  ...quiet,
  family: 'npm',
  actions: verbs({
    install: 'install i add in',
    restore: 'ci clean-install install-clean',
    remove: 'uninstall remove rm un',
    upgrade: 'update up upgrade',
    clean: 'cache',
  }),
  valued: words(
    '-C --prefix --registry --tag --omit --include --cache --loglevel -w --workspace --only --userconfig --fetch-retries --fetch-timeout --network-timeout --script-shell --maxsockets --cpu --os --libc --depth --before --install-strategy --location --node-options --proxy --https-proxy --cafile --globalconfig',
  ),
  store: {
    folders: ['~/.npm'],
    location: 'npm_config_cache',
    locationOption: '--cache',
    filledBy: fetching,
    option: null,
    clean: 'npm cache clean --force',
    cleanedBy: /^cache (?:clean|clear|rm)/,
  },
  caches: ['~/.npm'],
  pin: 'name@version',
  revision: 'url#commit',
};

/** They run what the project has installed; only what it has not is fetched. */
const npx: PackageManager = {
  ...npm,
  name: 'npx',
  family: 'node',
  actions: [],
  only: 'run',
  valued: words('-p --package -c --call --registry --cache --userconfig'),
  store: keepsNothing,
  caches: [],
};

const node: readonly PackageManager[] = [
  { ...npm, name: 'npm' },
  {
    ...npm,
    name: 'yarn',
    family: 'node',
    actions: verbs({ install: 'add', restore: 'install', run: 'dlx', upgrade: 'upgrade up', clean: 'cache' }),
    bare: 'restore',
    prefixes: words('global'),
    valued: words(
      '--cwd --cache-folder --registry --network-timeout --network-concurrency --modules-folder --mutex',
    ),
    store: {
      folders: ['~/.cache/yarn', '/usr/local/share/.cache/yarn', '~/.yarn/berry/cache'],
      location: 'YARN_CACHE_FOLDER',
      locationOption: '--cache-folder',
      filledBy: fetching,
      option: null,
      clean: 'yarn cache clean',
      cleanedBy: /^cache clean/,
    },
    caches: ['/usr/local/share/.cache/yarn'],
  },
  {
    ...npm,
    name: 'pnpm',
    family: 'node',
    actions: verbs({
      install: 'install i add',
      restore: 'fetch ci',
      run: 'dlx',
      upgrade: 'update up upgrade',
    }),
    valued: words('-C --dir --filter -F --registry --store-dir --reporter --loglevel --network-concurrency'),
    store: keepsNothing,
    caches: ['~/.local/share/pnpm/store'],
  },
  {
    ...npm,
    name: 'bun',
    family: 'node',
    actions: verbs({ install: 'install i add', restore: 'ci', run: 'x', upgrade: 'update' }),
    valued: words('--cwd --registry --cache-dir --backend --filter -c --config'),
    store: keepsNothing,
    caches: ['~/.bun/install/cache'],
  },
  npx,
  { ...npx, name: 'pnpx' },
  { ...npx, name: 'bunx' },
];

const gem: Omit<PackageManager, 'name'> = {
  ...quiet,
  family: 'gem',
  actions: verbs({ install: 'install i', upgrade: 'update', remove: 'uninstall', clean: 'cleanup' }),
  valued: words(
    '-v --version -i --install-dir -n --bindir -s --source -p --http-proxy -P --trust-policy --platform --use-system-libraries',
  ),
  passesOn: true,
  store: {
    folders: ['/usr/local/bundle/cache'],
    alias: /(?:BUNDLE_PATH|GEM_HOME|bundle|gems?).*\/cache/,
    filledBy: fetching,
    option: null,
    clean: 'rm -rf "$(gem env gemdir)/cache"',
    cleanedBy: never,
  },
  caches: ['/usr/local/bundle/cache'],
  pin: 'name:version',
};

const bundle: Omit<PackageManager, 'name'> = {
  ...gem,
  actions: verbs({ install: 'add', restore: 'install', upgrade: 'update', remove: 'remove' }),
  bare: 'restore',
  valued: words(
    '--without --with --path --gemfile --jobs -j --retry --binstubs --group -g --version -v --source',
  ),
  store: {
    folders: ['/usr/local/bundle/cache', '/usr/local/bundle/ruby'],
    alias: /(?:BUNDLE_PATH|GEM_HOME|bundle|gems?).*\/cache/,
    filledBy: fetching,
    option: null,
    clean: 'rm -rf "$(bundle exec gem env gemdir)/cache"',
    cleanedBy: never,
  },
  locksCaches: true,
};

const conda = (name: string): PackageManager => ({
  ...quiet,
  name,
  family: 'conda',
  actions: verbs({
    install: 'install create',
    upgrade: 'update upgrade',
    remove: 'remove uninstall',
    clean: 'clean',
  }),
  prefixes: words('env'),
  answers: /^(?:--yes|-[a-z]*y[a-z]*)$/,
  answer: '-y',
  valued: words(
    '-n --name -p --prefix -c --channel -f --file --solver --clone --repodata-fn -r --root-prefix --revision --subdir --platform',
  ),
  store: {
    folders: ['/opt/conda/pkgs'],
    location: 'CONDA_PKGS_DIRS',
    filledBy: fetching,
    option: null,
    clean: `${name} clean -afy`,
    cleanedBy: /^clean/,
  },
  caches: ['/opt/conda/pkgs'],
  locksCaches: true,
  pin: 'name=version',
});

export const languageManagers: readonly PackageManager[] = [
  ...python,
  ...node,
  { ...gem, name: 'gem' },
  { ...bundle, name: 'bundle' },
  { ...bundle, name: 'bundler' },
  {
    ...quiet,
    name: 'go',
    family: 'go',
    actions: verbs({ install: 'install get', run: 'run', restore: 'download build', clean: 'clean' }),
    prefixes: words('mod'),
    valued: words(
      '-C -p -o -tags -ldflags -gcflags -asmflags -mod -modfile -buildmode -overlay -pkgdir -exec',
    ),
    store: {
      folders: ['/go/pkg/mod', '~/go/pkg/mod', '~/.cache/go-build'],
      location: 'GOMODCACHE',
      filledBy: new Set<PackageAction>(['install']),
      option: null,
      clean: 'go clean -cache -modcache',
      cleanedBy: /^clean/,
    },
    caches: ['/go/pkg/mod', '~/.cache/go-build'],
    pin: 'path@version',
  },
  {
    ...quiet,
    name: 'cargo',
    family: 'cargo',
    actions: verbs({ install: 'install binstall add', restore: 'fetch build b', upgrade: 'update' }),
    valued: words(
      '--version --vers --git --branch --tag --rev --path --root --registry --index --profile --target --features -F --bin --example -j --jobs -p --package --manifest-path --color --config -Z --target-dir',
    ),
    store: {
      folders: ['/usr/local/cargo/registry', '~/.cargo/registry'],
      alias: /CARGO_HOME/,
      filledBy: new Set<PackageAction>(['install']),
      option: null,
      clean: 'rm -rf "${CARGO_HOME:-$HOME/.cargo}/registry"',
      cleanedBy: never,
    },
    caches: ['/usr/local/cargo/registry'],
    pin: 'name@version',
    revision: '--rev commit',
  },
  {
    ...quiet,
    name: 'composer',
    family: 'composer',
    actions: verbs({
      install: 'require req r',
      restore: 'install i',
      upgrade: 'update u upgrade',
      remove: 'remove rm',
      clean: 'clear-cache clearcache cc',
    }),
    prefixes: words('global'),
    valued: words('-d --working-dir --ignore-platform-req --apcu-autoloader-prefix --prefer-install'),
    store: {
      folders: ['~/.composer/cache', '~/.cache/composer', '/tmp/cache'],
      location: 'COMPOSER_CACHE_DIR',
      filledBy: fetching,
      option: '--no-cache',
      clean: 'composer clear-cache',
      cleanedBy: /^(?:clear-cache|clearcache|cc)/,
    },
    caches: ['~/.composer/cache'],
    pin: 'name:version',
  },
  {
    ...quiet,
    name: 'dotnet',
    family: 'nuget',
    // All but the first and the last restore first, unless they are told not to.
    actions: verbs({
      install: 'install',
      restore: 'restore build publish pack test',
      upgrade: 'update',
      clean: 'locals',
    }),
    prefixes: words('tool nuget'),
    valued: words(
      '-a --arch -c --configuration -f --framework -o --output -r --runtime -s --source -v --verbosity --add-source --artifacts-path --configfile --config-file --os --packages --tool-path --version --version-suffix --lock-file-path --filter -l --logger',
    ),
    store: {
      ...keepsNothing,
      folders: ['~/.nuget/packages', '~/.local/share/NuGet'],
      location: 'NUGET_PACKAGES',
      filledBy: new Set<PackageAction>(),
      clean: 'dotnet nuget locals all --clear',
      cleanedBy: /^locals/,
    },
    caches: ['~/.nuget/packages'],
    pin: 'name@version',
  },
  conda('conda'),
  conda('mamba'),
  conda('micromamba'),
];
