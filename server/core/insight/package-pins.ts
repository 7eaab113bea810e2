// Packages that an install names without a version.
import { isMovingName } from '../knowledge/moving-names.ts';
import type { PackageFamily } from '../knowledge/package-managers.ts';
import type { ShellWord } from '../model/shell/script.ts';
import { hasOption, isFileOperand, isOfOtherKind, type PackageWork } from './package-work.ts';

/** Behind the name `-version`, or `-version-release`: their first character is a digit. */
const rpmVersion = /-\d[^-]*(?:-[^-]*\d[^-]*)?$/;

/** A group (`@development`) has no version, and neither has what some package provides (`dnf-command(copr)`). */
const isRpmPinned = (name: string): boolean => /[=<>]|^@|\(.*\)/.test(name) || rpmVersion.test(name);

const isPythonPinned = (name: string): boolean => /[=<>~@]/.test(name);

/** A tag of a revision that moves is none. */
const isNodePinned = (name: string): boolean => name.includes('@', 1);

/** Without a dot in its first part a path is one of the module at hand, or of Go itself. */
const isGoPinned = (path: string): boolean =>
  /@(?!latest$|upgrade$|patch$|main$|master$|HEAD$)|^(?:std|cmd)$|\.go$/.test(path);

/** Whether a written-out package says which version it wants. */
const isPinned: Readonly<Record<PackageFamily, (name: string) => boolean>> = {
  // `curl/bookworm-backports` names a release of the distribution, `curl-` removes.
  apt: name => /[=/]|-$/.test(name),
  apk: name => /[=<>~]|^!/.test(name),
  yum: isRpmPinned,
  dnf: isRpmPinned,
  zypper: name => /[=<>]|^[-!]/.test(name) || rpmVersion.test(name),
  pacman: () => true,
  pip: isPythonPinned,
  pipx: isPythonPinned,
  python: isPythonPinned,
  npm: isNodePinned,
  node: isNodePinned,
  gem: name => name.includes(':'),
  go: isGoPinned,
  cargo: isNodePinned,
  composer: name => /[:= ]/.test(name) || !name.includes('/'),
  nuget: isNodePinned,
  conda: name => /[=<>~]/.test(name),
};

/** Options that say for all packages of the call which versions they have. */
const pinningOptions: Partial<Readonly<Record<PackageFamily, RegExp>>> = {
  pip: /^(?:-[cr]|--(?:constraint|requirement)(?:=|$))/,
  python: /^(?:-[cr]$|--(?:constraint|requirements?)(?:=|$)|--(?:rev|tag)(?:=|$))/,
  gem: /^(?:-v|--version(?:=|$))/,
  cargo: /^--(?:vers|version|tag|rev|path)(?:=|$)/,
  nuget: /^--version(?:=|$)/,
  conda: /^(?:-f$|--file(?:=|$))/,
};

const isPattern = ({ options }: PackageWork): boolean =>
  options.some(({ value }) => value === 'pattern' || value === '--type=pattern' || value === 'product');

/** A repository: `git+https://…`, `git://…`, and `owner/name` where npm reads that as one. */
export const isRepository = ({ manager }: PackageWork, name: string): boolean =>
  /^(?:git|hg|svn|bzr)(?:\+[a-z]+)?:/.test(name) ||
  (manager.family === 'cargo' && name.includes('://')) ||
  (/^(?:npm|node)$/.test(manager.family) && /^(?:github:)?[\w-][\w.-]*\/[\w.-]+(?:#|$)/.test(name));

/** A revision stands behind `#` for npm, and behind the `@` of the path for pip. */
function hasRevision(url: string): boolean {
  const [address = '', fragment = ''] = url.split('#', 2);
  const [, revision = ''] = /\/[^/@]+@([^/]+)$/.exec(address) ?? [];
  const named = revision || (/^(?:egg|subdirectory)=/.test(fragment) ? '' : fragment);
  return named !== '' && !isMovingName(named);
}

/** Options that name a package: a working copy for pip (`-e git+https://…`), a repository for Cargo. */
const namingOptions: Partial<Readonly<Record<PackageFamily, RegExp>>> = {
  pip: /^(?:-e|--editable)$/,
  python: /^(?:-e|--editable|--from)$/,
  node: /^(?:-p|--package)$/,
  cargo: /^--git$/,
};

function named({ manager: { family }, options }: PackageWork): readonly ShellWord[] {
  const naming = namingOptions[family];
  return naming ? options.filter((_, index) => naming.test(options[index - 1]?.value ?? '')) : [];
}

/** Of `go run` and the like the first word is the package, unless an option names it; the others its program is given. */
function packagesOf(work: PackageWork): readonly ShellWord[] {
  const { action, operands, manager } = work;
  const byOption = named(work);
  if (action === 'run') return byOption.length > 0 ? byOption : operands.slice(0, 1);
  return manager.family === 'cargo' && byOption.length > 0 ? byOption : [...operands, ...byOption];
}

/** The words of an install that name a package, or a module, and no version of it. */
export function unpinnedPackages(work: PackageWork): readonly ShellWord[] {
  const { family } = work.manager;
  if (work.prefix !== 'module' && isOfOtherKind(work)) return [];
  const pinning = pinningOptions[family];
  if (isPattern(work) || (pinning && hasOption(work, pinning))) return [];
  return packagesOf(work).filter(({ value }) => {
    if (value === null) return false;
    if (isRepository(work, value)) return !hasRevision(value);
    if (isFileOperand(value)) return false;
    return work.prefix === 'module' ? !value.includes(':') : !isPinned[family](value);
  });
}

/** A package of npm with a tag that is moved to every new release: `npm@latest`. */
export const movingPackages = (work: PackageWork): readonly ShellWord[] =>
  work.manager.family === 'npm' || work.manager.family === 'node'
    ? packagesOf(work).filter(({ value }) => /.@(?:latest|next|beta|canary|rc|nightly)$/.test(value ?? ''))
    : [];

/** How a version is written behind the name of a package. */
const pinSigns: Partial<Readonly<Record<PackageFamily, string>>> = {
  apt: '=',
  apk: '=',
  yum: '-',
  dnf: '-',
  zypper: '=',
  pip: '==',
  pipx: '==',
  python: '==',
  npm: '@',
  node: '@',
  gem: ':',
};

/** Null where no word of the call can hold one. */
export function pinSign({ manager: { family, name, pin } }: PackageWork): string | null {
  if (name.startsWith('bundle')) return null;
  return pin === 'name@version' ? '@' : (pinSigns[family] ?? null);
}

/** The name that an index knows: `b` of `b[extra]`. */
export const packageNameOf = ({ value }: ShellWord): string => (value ?? '').replace(/\[[^\]]*\]$/, '');
