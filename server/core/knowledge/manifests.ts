// Installing what a manifest asks for: the commands that do so, and the files that they read.

/** A command by its words; null for one that is computed. */
type Words = readonly (string | null)[];

interface Installer {
  readonly programs: readonly string[];
  /** Whether these arguments install by the manifest, and by nothing else of the sources. */
  installs(args: Words): boolean;
  /** The manifest first, then what goes with it where it exists. */
  readonly files: readonly string[];
}

const operands = (args: Words): Words => args.filter(word => word === null || !word.startsWith('-'));

const only =
  (...verbs: readonly string[]) =>
  (args: Words): boolean => {
    const words = operands(args);
    return words.length === 1 && verbs.includes(words[0] ?? '');
  };

const installers: readonly Installer[] = [
  {
    programs: ['npm'],
    installs: only('ci', 'clean-install', 'i', 'install'),
    files: ['package.json', 'package-lock.json'],
  },
  {
    programs: ['yarn'],
    installs: args => operands(args).length === 0 || only('install')(args),
    files: ['package.json', 'yarn.lock'],
  },
  { programs: ['pnpm'], installs: only('install', 'i', 'fetch'), files: ['package.json', 'pnpm-lock.yaml'] },
  { programs: ['bun'], installs: only('install'), files: ['package.json', 'bun.lock'] },
  { programs: ['bundle', 'bundler'], installs: only('install'), files: ['Gemfile', 'Gemfile.lock'] },
  {
    programs: ['composer'],
    installs: args => only('install')(args) && args.includes('--no-scripts'),
    files: ['composer.json', 'composer.lock'],
  },
  {
    programs: ['go'],
    installs: args => args[0] === 'mod' && args[1] === 'download',
    files: ['go.mod', 'go.sum'],
  },
  {
    programs: ['poetry'],
    installs: args => only('install')(args) && args.includes('--no-root'),
    files: ['pyproject.toml', 'poetry.lock'],
  },
  {
    programs: ['uv'],
    installs: args => only('sync')(args) && args.includes('--no-install-project'),
    files: ['pyproject.toml', 'uv.lock'],
  },
];

/** `pip install -r requirements.txt`, where it names nothing else. */
function requirementsIn(args: Words): readonly string[] | null {
  const at = args.findIndex(word => word === '-r' || word === '--requirement');
  const file = args[at + 1];
  const rest = operands(args).filter(word => word !== file && word !== 'install');
  return at < 0 || file == null || !args.includes('install') || rest.length > 0 ? null : [file];
}

/** The files that a command installs by; null where it does not, or needs other sources too. */
export function manifestsOf(program: string | null, args: Words): readonly string[] | null {
  if (program === 'pip' || program === 'pip3') return requirementsIn(args);
  const installer = installers.find(({ programs }) => programs.includes(program ?? ''));
  return installer?.installs(args) ? installer.files : null;
}

export const installingPrograms = ['pip', 'pip3', ...installers.flatMap(({ programs }) => programs)];
