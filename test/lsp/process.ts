// A server in a process of its own, spoken to over its standard streams or the channel that Node makes.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after } from 'node:test';
import { startFlags } from '../../scripts/test-bundles.ts';
import type { Channel, Message } from './client.ts';

export interface ServerProcess {
  readonly channel: Channel;
  closeInput(): void;
  /** The code the process ends with. */
  readonly exit: Promise<number | null>;
}

const framed = (message: object): string => {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

/** Takes whole messages out of a stream of bytes. */
function reader(listener: (message: Message) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return chunk => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = rest.indexOf('\r\n\r\n');
      const length = Number(
        /Content-Length: (\d+)/i.exec(rest.toString('latin1', 0, Math.max(head, 0)))?.[1],
      );
      if (head < 0 || rest.length < head + 4 + length) return;
      const body = rest.toString('utf8', head + 4, head + 4 + length);
      rest = rest.subarray(head + 4 + length);
      listener(JSON.parse(body));
    }
  };
}

/** Of a process that ends with the test, as where the editor is gone; one that does not is killed. */
function exitOf(child: ChildProcess, closeInput: () => void): Promise<number | null> {
  const exit = once(child, 'exit').then(([code]): number | null => code);
  after(async () => {
    closeInput();
    const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await exit;
    clearTimeout(late);
  });
  return exit;
}

/** As VS Code starts it. */
export function forkProcess(module: string, ...words: readonly string[]): ServerProcess {
  const child = fork(module, words, { execArgv: startFlags() });
  const closeInput = (): void => {
    if (child.connected) child.disconnect();
  };
  return {
    channel: {
      send: message => child.send({ jsonrpc: '2.0', ...message }),
      receive: listener => child.on('message', listener),
    },
    closeInput,
    exit: exitOf(child, closeInput),
  };
}

export function startProcess(module: string): ServerProcess {
  const child = spawn(process.execPath, [...startFlags(), module, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closeInput = (): void => void child.stdin.end();
  return {
    channel: {
      send: message => child.stdin.write(framed(message)),
      receive: listener => child.stdout.on('data', reader(listener)),
    },
    closeInput,
    exit: exitOf(child, closeInput),
  };
}
