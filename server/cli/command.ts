// A command: its usage, and what it does with the arguments that fit it.
import { type Arguments, helpOf, readArguments, type Usage } from './arguments.ts';
import type { Flags } from './flags.ts';
import type { Terminal } from './terminal.ts';

/** 0: nothing at or above the threshold. 1: findings. 2: the run itself failed. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  readonly name: string;
  readonly summary: string;
  run(words: readonly string[], terminal: Terminal): Promise<ExitCode>;
}

export const command = <F extends Flags>(
  usage: Usage<F>,
  run: (given: Arguments<F>, terminal: Terminal) => Promise<ExitCode>,
): Command => ({
  name: usage.name,
  summary: usage.summary,
  async run(words, terminal) {
    const flagsEnd = words.indexOf('--');
    const flags = flagsEnd < 0 ? words : words.slice(0, flagsEnd);
    if (flags.includes('--help') || flags.includes('-h')) {
      terminal.out(helpOf(usage));
      return 0;
    }
    return run(readArguments(usage, words), terminal);
  },
});
