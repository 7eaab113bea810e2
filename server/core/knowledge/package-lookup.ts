// The package managers of systems and of languages, by the name of the program.
import { languageManagers } from './language-managers.ts';
import { type PackageManager, systemManagers } from './package-managers.ts';

const namesOf = (managers: readonly PackageManager[]): readonly string[] => managers.map(({ name }) => name);

const all = [...systemManagers, ...languageManagers];
const systemNames = new Set(namesOf(systemManagers));
const byName: ReadonlyMap<string, PackageManager> = new Map(all.map(row => [row.name, row]));

export const packageManager = (name: string | null): PackageManager | undefined =>
  name === null ? undefined : byName.get(name);

/** Installs what other programs can be started as: `pip install curl` brings no `curl`. */
export const isSystemManager = ({ name }: PackageManager): boolean => systemNames.has(name);

export const systemManagerNames = namesOf(systemManagers);
export const languageManagerNames = namesOf(languageManagers);
export const packageManagerNames = namesOf(all);
