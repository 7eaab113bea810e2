// What configuration files that a file writes say to its package managers: to answer yes, to leave out recommendations.
import type { DockerfileModel, Instruction, RunInstruction } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { runsBefore } from './package-index.ts';

const configuration = /^\/etc\/(?:apt\/|dnf\/|yum\.conf|yum\/|zypp\/|pacman\.conf)/;

const touchesConfiguration = ({ args, redirects }: ShellCommand): boolean =>
  redirects.some(({ target }) => configuration.test(target?.value ?? '')) ||
  args.some(({ value }) => configuration.test(value ?? ''));

/** The words that may end up in the configuration: those of the command, and of the ones it gets its input from. */
const wordsOf = (command: ShellCommand): readonly string[] =>
  [command, ...(command.pipeline?.commands ?? [])].flatMap(part => part?.args.map(({ raw }) => raw) ?? []);

const writtenBy = rememberFor((run: RunInstruction): readonly string[] => {
  const writing = run.script.commands.filter(touchesConfiguration);
  if (writing.length === 0) return [];
  return [...writing.flatMap(wordsOf), ...run.heredocs.map(({ content }) => content)];
});

const files = /^\/etc\/(?:apt\/apt\.conf|dnf\/dnf\.conf|yum\.conf|zypp\/zypp\.conf)/;

/** Whether COPY brings configuration that says so, or that nobody here can see. */
function isCopied(instruction: Instruction, setting: RegExp): boolean {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return false;
  if (!files.test(instruction.destination?.value ?? '')) return false;
  return instruction.sources.length > 0 || instruction.heredocs.some(({ content }) => setting.test(content));
}

/** Whether the configuration, as written before a RUN or in it, says something, or may say it. */
export function isConfigured(model: DockerfileModel, run: RunInstruction, setting: RegExp): boolean {
  const instructions = run.stage?.chain.flatMap(stage => stage.instructions) ?? [];
  return (
    [run, ...runsBefore(model, run)].some(other => writtenBy(other).some(text => setting.test(text))) ||
    instructions.some(other => other.index < run.index && isCopied(other, setting))
  );
}
