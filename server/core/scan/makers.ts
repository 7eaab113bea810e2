// Which programs bring packages of a kind into an image, and which files list packages.

/** By the type of package URLs. */
const programs: Readonly<Record<string, readonly string[]>> = {
  deb: ['apt-get', 'apt', 'aptitude', 'dpkg', 'debootstrap'],
  apk: ['apk'],
  rpm: ['dnf', 'microdnf', 'yum', 'tdnf', 'zypper', 'rpm'],
  alpm: ['pacman'],
  npm: ['npm', 'npx', 'yarn', 'pnpm', 'bun', 'corepack'],
  pypi: [
    'pip',
    'pip3',
    'pipx',
    'pipenv',
    'poetry',
    'pdm',
    'uv',
    'conda',
    'mamba',
    'micromamba',
    'python',
    'python3',
  ],
  gem: ['bundle', 'bundler', 'gem'],
  golang: ['go'],
  cargo: ['cargo'],
  composer: ['composer'],
  maven: ['mvn', 'mvnw', 'gradle', 'gradlew', 'sbt', 'ant', 'lein'],
  nuget: ['dotnet', 'nuget', 'msbuild'],
};

export const bringsPackages = (program: string, ecosystem: string): boolean =>
  programs[ecosystem]?.includes(program.slice(program.lastIndexOf('/') + 1)) ?? false;

const lists =
  /^(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock|requirements.*\.txt|Pipfile\.lock|poetry\.lock|uv\.lock|pdm\.lock|pylock.*\.toml|Gemfile\.lock|composer\.lock|go\.(?:mod|sum)|Cargo\.lock|pom\.xml|gradle\.lockfile|.*\.lock\.json|.*\.deps\.json|mix\.lock|pubspec\.lock|conan\.lock)$/;

/** A file of the project that asks for packages; one that a package brings itself, in a folder of packages, is none. */
export const listsPackages = (path: string): boolean =>
  lists.test(path.slice(path.lastIndexOf('/') + 1)) &&
  !/(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor|gems)\//.test(path);
