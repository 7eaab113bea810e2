// Places of a file system that hold what an image does not need, with the rule that knows the cure.
import { languageManagers } from '../knowledge/language-managers.ts';
import { type PackageManager, systemManagers } from '../knowledge/package-managers.ts';
import type { Place } from './account.ts';
import { removalRules } from './notices.ts';

function storesOf(managers: readonly PackageManager[], rule: string): Place[] {
  const names = new Map<string, string>();
  for (const { name, store } of managers)
    for (const folder of store.folders) if (!names.has(folder)) names.set(folder, name);
  return [...names].map(([folder, name]) => ({ folder, what: `what ${name} downloaded`, rule }));
}

const tools = (folders: string, rule: string): Place[] =>
  folders.split(' ').map(folder => ({ folder, what: 'tools of a build', rule }));

export const needlessPlaces: readonly Place[] = [
  ...storesOf(systemManagers, 'package-cache-left'),
  ...storesOf(languageManagers, 'dependency-cache-left'),
  { folder: '/var/cache/apt/archives', what: 'what apt-get downloaded', rule: 'package-cache-left' },
  ...tools('/usr/lib/gcc /usr/libexec/gcc', 'shipped-build-tools'),
  ...tools('/usr/local/go /usr/lib/go /usr/local/rustup ~/.rustup', 'single-stage-build'),
];

/** All rules that a notice may name. */
export const sizeRules: ReadonlySet<string> = new Set([
  ...needlessPlaces.map(({ rule }) => rule),
  ...Object.values(removalRules),
]);
