// The command line: from the arguments to a command and its exit code.
import { buildCommand } from './build.ts';
import type { Command, ExitCode } from './command.ts';
import { configCommand } from './config.ts';
import { explainCommand } from './explain.ts';
import { Failure, meant } from './failure.ts';
import { fixCommand } from './fix.ts';
import { initCommand } from './init.ts';
import { lintCommand } from './lint.ts';
import { lspCommand } from './lsp.ts';
import { parseCommand } from './parse.ts';
import { pinCommand } from './pin.ts';
import { reportCommand } from './report.ts';
import { rulesCommand } from './rules.ts';
import { scanCommand } from './scan.ts';
import { sizeCommand } from './size.ts';
import { tagsCommand } from './tags.ts';
import { processTerminal, type Terminal, tell } from './terminal.ts';
import { version } from './version.ts';

const commands: readonly Command[] = [
  lintCommand,
  fixCommand,
  pinCommand,
  tagsCommand,
  reportCommand,
  buildCommand,
  scanCommand,
  rulesCommand,
  explainCommand,
  initCommand,
  configCommand,
  sizeCommand,
  parseCommand,
  lspCommand,
];

function help(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return `\
Bulkhead hardens containers while they are being written: it finds what makes Dockerfiles and Compose files
weak, and repairs it.

Usage: bulkhead COMMAND [FLAGS] [PATH...]

${commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`).join('')}
  bulkhead COMMAND --help tells more about a command, bulkhead --version the version.
`;
}

function commandNamed(name: string): Command {
  const found = commands.find(command => command.name === name);
  if (found) return found;
  const names = commands.map(command => command.name);
  const hint = meant(name, names) || ' To check a path: bulkhead lint PATH.';
  throw new Failure(`There is no command ${name}.${hint} bulkhead --help lists the commands.`);
}

async function run([word, ...rest]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (word === undefined || word === '--help' || word === '-h' || (word === 'help' && rest.length === 0)) {
    terminal.out(help());
    return 0;
  }
  if (word === '--version' || word === '-V') {
    terminal.out(`${version}\n`);
    return 0;
  }
  if (word === 'help') return commandNamed(rest[0] ?? '').run(['--help'], terminal);
  return commandNamed(word).run(rest, terminal);
}

/** One line for what a person can do something about; for a defect of ours, all there is to know. */
function tellEnd(error: unknown, terminal: Terminal): void {
  if (error instanceof Failure) {
    tell(terminal, error.message);
  } else {
    tell(terminal, 'A defect of Bulkhead ended the run. Please report it with what follows.');
    terminal.err(`${error instanceof Error ? error.stack : String(error)}\n`);
  }
}

async function main(): Promise<void> {
  const terminal = processTerminal();
  try {
    // Ending by itself, the process first writes out all that was printed.
    process.exitCode = await run(process.argv.slice(2), terminal);
  } catch (error) {
    tellEnd(error, terminal);
    process.exitCode = 2;
  }
}

void main();
