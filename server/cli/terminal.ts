// The terminal: the streams, colours and width that a command sees of the process.
import { buffer } from 'node:stream/consumers';

import { printable } from '../core/report/drawn-line.ts';

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  input(): Promise<Uint8Array>;
  /** Columns, within what is pleasant to read. */
  readonly width: number;
  readonly hasColors: boolean;
}

const widest = 110;
const narrowest = 40;
const unknownWidth = 100;

/** https://no-color.org; a set FORCE_COLOR asks for colours where there is no terminal. */
function wantsColors({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return isTerminal && TERM !== 'dumb';
}

/** One line on standard error, whatever the names in it hold. */
export const tell = (terminal: Terminal, message: string): void =>
  terminal.err(`bulkhead: ${printable(message).replaceAll('\n', ' ')}\n`);

export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  // A reader that has seen enough, such as `head`, is no failure.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    out: text => void stdout.write(text),
    err: text => void stderr.write(text),
    input: () => buffer(stdin),
    width: Math.min(Math.max(stdout.columns ?? unknownWidth, narrowest), widest),
    hasColors: wantsColors(env, stdout.isTTY === true),
  };
}
