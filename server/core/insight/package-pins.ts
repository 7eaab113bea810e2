// Packages that an install names without a version.
import type { PackageFamily } from '../knowledge/package-managers.ts';
import type { ShellWord } from '../model/shell/script.ts';
import { isFileOperand, type PackageWork } from './package-work.ts';

/** Behind the name `-version`, or `-version-release`: their first character is a digit. */
const rpmVersion = /-\d[^-]*(?:-[^-]*\d[^-]*)?$/;

/** A group (`@development`) has no version. */
const isRpmPinned = (name: string): boolean => /[=<>]|^@/.test(name) || rpmVersion.test(name);

/** Whether a written-out package says which version it wants. */
const isPinned: Readonly<Record<PackageFamily, (name: string) => boolean>> = {
  // `curl/bookworm-backports` names a release of the distribution, `curl-` removes.
  apt: name => /[=/]|-$/.test(name),
  apk: name => /[=<>~]|^!/.test(name),
  yum: isRpmPinned,
  dnf: isRpmPinned,
  zypper: name => /[=<>]|^[-!]/.test(name) || rpmVersion.test(name),
  pacman: () => true,
};

const isPattern = ({ options }: PackageWork): boolean =>
  options.some(({ value }) => value === 'pattern' || value === '--type=pattern' || value === 'product');

/** The words of an install that name a package, or a module, and no version of it. */
export function unpinnedPackages(work: PackageWork): readonly ShellWord[] {
  const { manager, prefix, operands } = work;
  if (prefix === 'group' || prefix === 'groups' || prefix === 'environment' || isPattern(work)) return [];
  return operands.filter(({ value }) => {
    if (value === null || isFileOperand(value)) return false;
    return prefix === 'module' ? !value.includes(':') : !isPinned[manager.family](value);
  });
}
