// A trap for connections: a process of Node that is started with it can reach nobody, and every try is written down.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './fake-engine.ts';

const trap = (log: string): string => `
const { appendFileSync } = require('node:fs');
const net = require('node:net');
const dns = require('node:dns');
const dgram = require('node:dgram');
const refuse = what => (...given) => {
  appendFileSync(${JSON.stringify(log)}, what + ' ' + JSON.stringify(given[0]) + '\\n');
  throw Object.assign(new Error('trapped'), { code: 'ENETUNREACH' });
};
net.Socket.prototype.connect = refuse('connect');
for (const module of [dns, dns.promises])
  for (const name of Object.keys(module))
    if (/^(?:lookup|resolve)/.test(name)) module[name] = refuse(name);
dgram.createSocket = refuse('datagram');
`;

export interface ConnectionTrap {
  /** Of the environment of the process. */
  readonly nodeOptions: string;
  /** Whom it tried to reach, and how. */
  tries(): string[];
}

export function connectionTrap(): ConnectionTrap {
  const folder = temporaryFolder();
  const [module, log] = [path.join(folder, 'trap.cjs'), path.join(folder, 'tries')];
  writeFileSync(module, trap(log));
  writeFileSync(log, '');
  return {
    nodeOptions: `--require ${JSON.stringify(module)}`,
    tries: () =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter(line => line !== ''),
  };
}
