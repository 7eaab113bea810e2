// A session: what `lint` and `fix` have in common, from their flags to the exit code.
import type { Catalogue } from '../core/engine/catalogue.ts';
import { type Config, failOnWords } from '../core/engine/config/config.ts';
import { type Finding, severities } from '../core/engine/finding.ts';
import { profiles } from '../core/engine/rule.ts';
import type { ScriptChecker } from '../core/engine/shellcheck.ts';
import { parseDockerfile } from '../core/model/dockerfile/parse.ts';
import type { ReportFile } from '../core/report/report-file.ts';
import type { Configuration } from '../host/configuration.ts';
import type { FileSystem, Location } from '../host/files.ts';
import { type ImageSource, rememberImages } from '../host/local-images.ts';
import { createProject, type Project } from '../host/project.ts';
import type { VersionSource } from '../host/versions.ts';
import { findEngines } from '../node/engines.ts';
import { diskFiles, locationOf } from '../node/files.ts';
import { imageInspector } from '../node/image-inspector.ts';
import { findShellcheck, scriptChecker } from '../node/shellcheck.ts';
import { readTextFile } from '../node/text-file.ts';
import type { Arguments } from './arguments.ts';
import { filesAtOnce, mapBounded } from './bounded.ts';
import type { ExitCode } from './command.ts';
import { refuseUnknownSet } from './compose-sets.ts';
import { Failure } from './failure.ts';
import { flag } from './flags.ts';
import type { Input } from './inputs.ts';
import { loadCatalogue } from './product-rules.ts';
import { reportFlags } from './reports.ts';
import { rulesNamed } from './rule-names.ts';
import { type Terminal, tell } from './terminal.ts';

const defaultFailOn = 'warning';

/** What every command over files has. */
export const commonFlags = {
  target: flag.value('STAGE', 'The stage that ships, as for docker build; the last one by default'),
  'fail-on': flag.choice(failOnWords, `The severity from which the exit code is 1; default ${defaultFailOn}`),
  config: flag.value('FILE', 'This configuration in place of the nearest .bulkhead.yaml'),
  'no-config': flag.switch('No configuration files at all'),
  'stdin-filename': flag.value('PATH', 'What standard input (-) is taken for; default Dockerfile'),
};

/** Where Compose files are judged. */
export const setFlag = {
  set: flag.value('NAME', 'Of the sets of Compose files in .bulkhead.yaml that a file is in, this one'),
};

/** Where it is a choice which rules run. */
const ruleFlags = {
  profile: flag.choice(profiles, 'How much is checked; recommended where no configuration says otherwise'),
  rule: flag.values('ID', 'Only this rule, by our id or by that of another tool; may be repeated'),
  shellcheck: flag.switch('Also what the shellcheck in PATH finds in the scripts of Dockerfiles'),
  'shellcheck-path': flag.value('FILE', 'Also what this shellcheck finds'),
  engine: flag.switch(
    'Also what the container engine of this machine knows of images it has; none is pulled',
  ),
};

export const sessionFlags = { ...reportFlags, ...ruleFlags, ...setFlag, ...commonFlags };

type CommonFlags = Arguments<typeof commonFlags>['flags'];
export type SessionFlags = CommonFlags & Partial<Arguments<typeof ruleFlags & typeof setFlag>['flags']>;

export interface Session {
  readonly catalogue: Catalogue;
  readonly project: Project;
  /** The set of Compose files that was asked for. */
  readonly set: string | undefined;
}

async function configFile(flags: CommonFlags): Promise<Location | null | undefined> {
  if (flags.config === undefined) return flags['no-config'] ? null : undefined;
  if (flags['no-config'])
    throw new Failure('--config and --no-config exclude each other. Leave one of them out.');
  const file = await readTextFile(flags.config);
  if ('problem' in file) throw new Failure(`${flags.config} ${file.problem}. Name a configuration file.`);
  return locationOf(flags.config);
}

async function checkerOf(flags: SessionFlags): Promise<ScriptChecker | null> {
  const given = flags['shellcheck-path'];
  if (given === undefined && !flags.shellcheck) return null;
  const file = given ?? (await findShellcheck());
  if (file === null)
    throw new Failure('There is no shellcheck in PATH. Install it, or name it with --shellcheck-path.');
  return scriptChecker(file);
}

async function imagesOf({ engine }: SessionFlags): Promise<ImageSource | null> {
  if (!engine) return null;
  const projects = [process.cwd()];
  if ((await findEngines(projects)).length === 0)
    throw new Failure('There is no docker, podman or nerdctl in PATH. Install one, or leave --engine out.');
  return rememberImages(imageInspector(projects));
}

/** The rule that pins packages; who wants pins wants it, whatever the profile. */
export const pinningRule = 'unpinned-package';

/** With a source of versions, packages are looked at too. */
export async function openSession(
  flags: SessionFlags,
  files: FileSystem,
  versions: VersionSource | null = null,
): Promise<Session> {
  const catalogue = await loadCatalogue();
  const named = (flags.rule ?? []).flatMap(name => rulesNamed(catalogue, name).map(({ id }) => id));
  const only = named.length > 0 && versions ? [...named, pinningRule] : named;
  const above: Config = {
    ...(versions ? { rules: new Map([[pinningRule, { severity: null, options: {} }]]) } : {}),
    ...(flags.profile ? { profile: flags.profile } : {}),
    ...(flags.set ? { set: flags.set } : {}),
    ...(flags.target ? { target: flags.target } : {}),
    ...(flags['fail-on'] ? { failOn: flags['fail-on'] } : {}),
    ...(only.length > 0 ? { only: new Set(only) } : {}),
  };
  const file = await configFile(flags);
  const layers = file === undefined ? { above } : { above, file };
  const images = await imagesOf(flags);
  const programs = {
    checkScript: await checkerOf(flags),
    ...(versions && { versions }),
    ...(images && { images }),
  };
  return { catalogue, project: createProject(files, catalogue, layers, programs), set: flags.set };
}

/** A stage that no Dockerfile has is a slip that nobody would notice: each goes by its last one then. */
export function tellUnknownTarget(
  { target }: CommonFlags,
  inputs: readonly Input[],
  terminal: Terminal,
): void {
  if (target === undefined) return;
  const stages = inputs
    .filter(({ language }) => language === 'dockerfile')
    .flatMap(({ text }) => parseDockerfile(text).stages);
  const isKnown = stages.some(
    ({ name, index }) => name?.toLowerCase() === target.toLowerCase() || String(index) === target,
  );
  if (!isKnown) tell(terminal, `No stage here is called ${target}: every file goes by its last one.`);
}

/** A file with the configuration that holds for it. */
export interface Configured {
  readonly configuration: Configuration;
  readonly file: ReportFile;
}

/** A location as it is shown where nobody has written it: from the current folder, where it is below. */
export const shownPath = (location: Location): string =>
  diskFiles.relative(locationOf('.'), location) ?? location;

/** The configuration files in which something is wrong, each once. */
export function configurationFiles(configurations: readonly Configuration[]): ReportFile[] {
  const files = new Map<Location, ReportFile>();
  for (const { location, text, findings } of configurations.flatMap(({ sources }) => sources)) {
    if (findings.length === 0) continue;
    files.set(location, {
      path: shownPath(location),
      language: 'config',
      text,
      findings,
      suppressed: [],
      sensitive: [],
    });
  }
  return [...files.values()];
}

const isFailing = ({ severity }: Finding, { failOn }: Configuration): boolean =>
  failOn !== 'never' && severities.indexOf(severity) <= severities.indexOf(failOn ?? defaultFailOn);

/** Every file counts by its own threshold, a configuration file by that of the files it rules. */
export function exitCodeOf(checked: readonly Configured[], problems: readonly string[]): ExitCode {
  if (problems.length > 0) return 2;
  const fails = checked.some(({ configuration, file }) =>
    [...file.findings, ...configuration.sources.flatMap(({ findings }) => findings)].some(finding =>
      isFailing(finding, configuration),
    ),
  );
  return fails ? 1 : 0;
}

/** The inputs that their configuration does not exclude. */
export async function notExcluded({ project, set }: Session, inputs: readonly Input[]): Promise<Input[]> {
  const configured = await mapBounded(inputs, filesAtOnce, async input => ({
    input,
    configuration: await project.configuration(input.location),
  }));
  refuseUnknownSet(
    set,
    configured.map(({ configuration }) => configuration),
  );
  return configured.flatMap(({ input, configuration }) => (configuration.excluded ? [] : [input]));
}
