// `bulkhead config`: the effective model of a Compose project, as Compose itself would merge and fill it in.
import { catalogueOf } from '../core/engine/catalogue.ts';
import type { FileSet } from '../core/model/compose/neighbours/partners.ts';
import { discoverFiles } from '../core/model/compose/project/discover.ts';
import { readEnvFile } from '../core/model/compose/project/environment.ts';
import { provenanceOf, toJson } from '../core/model/compose/project/json.ts';
import { folderOf, joinPath } from '../core/model/compose/project/paths.ts';
import { loadProject } from '../core/model/compose/project/project.ts';
import { type Environment, Refusal } from '../core/model/compose/project/value.ts';
import { findConfiguration } from '../host/configuration.ts';
import type { Location } from '../host/files.ts';
import { filesNamed, homeFolder, readText, shellEnvironment } from '../node/compose-files.ts';
import { diskFiles, locationOf } from '../node/files.ts';
import type { Arguments } from './arguments.ts';
import { command } from './command.ts';
import { refuseUnknownSet } from './compose-sets.ts';
import { Failure } from './failure.ts';
import { flag } from './flags.ts';
import { type Terminal, tell } from './terminal.ts';

const flags = {
  format: flag.choice(['json'], 'The form of the output; default json'),
  file: flag.values('FILE', 'A Compose file; each goes over those before it', 'f'),
  set: flag.value('NAME', 'The Compose files of this set in .bulkhead.yaml'),
  'env-file': flag.values('FILE', 'Variables in place of those of .env; may be repeated'),
  profile: flag.values('NAME', 'A profile whose services are in; * for all; may be repeated'),
  strict: flag.switch('Refuse what is told otherwise and Compose refuses: unknown keys, undeclared names'),
  provenance: flag.switch('Also the file, the range and the variables that each value came from'),
};

type ConfigFlags = Arguments<typeof flags>['flags'];

function withEnvFile(environment: Environment, path: Location): Environment {
  const text = readText(path);
  if (text === null) throw new Failure(`${path} cannot be read. Name an env file with --env-file.`);
  return new Map([...readEnvFile({ path, text }, environment), ...environment]);
}

const isSet = (environment: Environment, name: string): boolean =>
  /^(?:1|t|true)$/i.test(environment.get(name)?.value ?? '');

/** The shell's variables win over those of env files. */
function environmentIn(folder: Location, given: Environment, named: readonly string[]): Environment {
  if (named.length > 0) return named.map(file => locationOf(folder, file)).reduce(withEnvFile, given);
  const path = joinPath(folder, '.env');
  return isSet(given, 'COMPOSE_DISABLE_ENV_FILE') || readText(path) === null
    ? given
    : withEnvFile(given, path);
}

interface Found {
  readonly files: readonly Location[];
  readonly folder: Location;
  readonly environment: Environment;
}

/** The set of a name in the configuration of a folder. */
async function setNamed(start: Location, name: string): Promise<FileSet> {
  const document = joinPath(start, 'compose.yaml');
  const configuration = await findConfiguration(diskFiles, catalogueOf([]), {}, document);
  refuseUnknownSet(name, [configuration]);
  return configuration.composeSets.get(name) ?? { files: [], envFiles: [] };
}

/** As Compose looks for them: named ones, those of COMPOSE_FILE, the usual names here or above. */
async function findProject(start: Location, { set, ...given }: ConfigFlags): Promise<Found> {
  if (set !== undefined && given.file.length > 0)
    throw new Failure('--set and -f exclude each other. Leave one of them out.');
  const meant = set === undefined ? null : await setNamed(start, set);
  const file = meant?.files ?? given.file;
  const envFiles = given['env-file'].length > 0 ? given['env-file'] : (meant?.envFiles ?? []);
  const shell = shellEnvironment(envFiles.map(path => locationOf(start, path)));
  const early = environmentIn(start, shell, envFiles);
  const named = file.map(path => locationOf(start, path));
  const fromVariable = named.length > 0 ? named : filesNamed(early, start);
  const files =
    fromVariable.length > 0 ? fromVariable : discoverFiles(start, path => readText(path) !== null);
  const [first] = files;
  if (first === undefined) {
    throw new Failure(
      `There is no Compose file in ${start} or above. Name one with -f, or a set with --set.`,
    );
  }
  const folder = folderOf(first);
  return { files, folder, environment: environmentIn(folder, early, envFiles) };
}

function profilesIn(environment: Environment, given: readonly string[]): readonly string[] {
  if (given.length > 0) return given;
  return (environment.get('COMPOSE_PROFILES')?.value ?? '').split(',').map(name => name.trim());
}

function printConfig(found: Found, given: ConfigFlags, terminal: Terminal): void {
  const told = new Set<string>();
  const warn = (message: string): void => {
    if (!told.has(message)) tell(terminal, message);
    told.add(message);
  };
  const model = loadProject({
    ...found,
    home: homeFolder(),
    profiles: profilesIn(found.environment, given.profile),
    read: readText,
    warn,
    object(message) {
      if (given.strict) throw new Refusal(message);
      warn(message);
    },
  });
  const json = toJson(model);
  const shown = given.provenance ? { model: json, provenance: provenanceOf(model) } : json;
  terminal.out(`${JSON.stringify(shown, null, 2)}\n`);
}

export const configCommand = command(
  {
    name: 'config',
    operands: '[DIR]',
    summary: 'Print what the Compose files of a folder come to',
    notes: 'Files are merged, extended, included and filled in as Compose does it. Paths are seen from DIR.',
    flags,
  },
  async ({ flags: given, operands }, terminal) => {
    const [folder = '.', ...more] = operands;
    if (more.length > 0) throw new Failure('config takes one folder. Name Compose files with -f.');
    try {
      printConfig(await findProject(locationOf(folder), given), given, terminal);
      return 0;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Failure(error.message.replaceAll(/\s*\n\s*/g, ' '));
    }
  },
);
