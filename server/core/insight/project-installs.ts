// Installs of what a project asks for: whether one keeps to the lock file, and whether it leaves out what only
// developers need.
import { type ProjectInstall, projectInstall } from '../knowledge/project-installs.ts';
import type { DockerfileModel, RunInstruction } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { environmentValue, isOn } from './command-environment.ts';
import { runOf, runsBefore } from './package-index.ts';
import { hasOption, isRehearsal, type LanguageWork } from './package-work.ts';

/** Null for an install of packages by name, of programs for all projects, and of what is not known. */
export function projectInstallOf(work: LanguageWork): ProjectInstall | null {
  const isNamed = work.operands.length > 0 || (work.action !== 'install' && work.action !== 'restore');
  if (isNamed || work.prefix !== null || isRehearsal(work)) return null;
  if (hasOption(work, /^(?:-g|--global|--location=global)$/)) return null;
  return projectInstall(work.manager.name) ?? null;
}

/** All options as one text, a blank before each. */
const optionText = ({ options }: LanguageWork): string =>
  options.map(({ value, raw }) => ` ${value ?? raw}`).join('');

const configures = ({ name, args }: ShellCommand): boolean =>
  (name === 'bundle' || name === 'bundler') && args[0]?.value === 'config';

/** The RUNs that set something up for Bundler: mostly none. */
const configuring = rememberFor(
  ({ instructions }: DockerfileModel): ReadonlySet<RunInstruction> =>
    new Set(
      instructions
        .flatMap(instruction => runOf(instruction) ?? [])
        .filter(({ script }) => script.commands.some(configures)),
    ),
);

/** Bundler is told by `bundle config`, too, in the same RUN or one before. */
function isConfigured(model: DockerfileModel, run: RunInstruction, setting: RegExp): boolean {
  const runs = configuring(model);
  if (runs.size === 0) return false;
  return [run, ...runsBefore(model, run)]
    .filter(other => runs.has(other))
    .some(({ script }) =>
      script.commands.some(
        command => configures(command) && command.args.some(({ value }) => setting.test(value ?? '')),
      ),
    );
}

const lockingVariables = ['BUNDLE_DEPLOYMENT', 'BUNDLE_FROZEN'];

export function keepsToLock(model: DockerfileModel, run: RunInstruction, work: LanguageWork): boolean {
  const locking = projectInstall(work.manager.name)?.locking;
  if (!locking || locking.means.test(optionText(work))) return true;
  if (!('variable' in locking.repair)) return false;
  return (
    lockingVariables.some(name => isOn(environmentValue(run, work.command, name))) ||
    isConfigured(model, run, /^(?:deployment|frozen)$/)
  );
}

export function leavesOutDevelopment(
  model: DockerfileModel,
  run: RunInstruction,
  work: LanguageWork,
): boolean {
  const production = projectInstall(work.manager.name)?.production;
  if (!production || production.means.test(optionText(work))) return true;
  const isSet = Object.entries(production.variables).some(([name, means]) => {
    const value = environmentValue(run, work.command, name);
    return value === null || (value !== undefined && means.test(value));
  });
  return isSet || ('variable' in production.repair && isConfigured(model, run, /^(?:without|only)$/));
}
