// The life of the extension on a machine of its own: which one runs, what it starts, a server that is killed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { extensions } from 'vscode';
import { facts, findings, type Test } from '../support/suite.ts';
import { open } from './files.ts';

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly words: string;
}

function processes(): Process[] {
  const lines = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n');
  return lines.flatMap(line => {
    const [, id, parent, words = ''] = /^\s*(\d+)\s+(\d+)\s(.*)$/.exec(line) ?? [];
    return id === undefined ? [] : [{ id: Number(id), parent: Number(parent), words }];
  });
}

/** Our servers that this extension host has started. */
const servers = (): number[] =>
  processes()
    .filter(({ parent, words }) => parent === process.pid && words.includes('channel.cjs'))
    .map(({ id }) => id);

export const installed: Test = [
  'the extension is the installed one',
  async () => {
    const extension = extensions.getExtension('bulkhead.bulkhead') ?? assert.fail('It is not installed.');
    assert.ok(extension.isActive);
    assert.ok(extension.extensionPath.startsWith(facts.extensions), extension.extensionPath);
  },
];

export const killed: Test = [
  'a server that is killed comes back, and one alone runs',
  async () => {
    const [server = assert.fail('No server runs.')] = servers();
    process.kill(server, 'SIGKILL');
    const document = await open('again/Dockerfile', 'FROM node:22-slim\nCMD ["node", "server.js"]\n');
    await findings(document, 'root-user', rules => rules.includes('root-user'));
    assert.equal(servers().length, 1);
    assert.notEqual(servers()[0], server);
  },
];

const script = 'FROM debian:12-slim\nRUN cd $DIR && ls\nUSER root\n';

export const startsPrograms: Test = [
  'a program of the machine is asked where the folder is trusted',
  async () => {
    const document = await open('script/Dockerfile', script);
    await findings(document, 'what ShellCheck says', rules => rules.includes('shellcheck-finding'));
    assert.ok(existsSync(facts.asked));
  },
];

/** Comes last: whatever a suite does until then has had time to start something. */
export const startsNothing: Test = [
  'nothing is started but the server',
  async () => {
    const document = await open('script/Dockerfile', script);
    await findings(document, 'something of our own', rules => rules.length > 0);
    assert.ok(!existsSync(facts.asked), 'ShellCheck has been asked.');
    const [server] = servers();
    const started = processes().filter(({ parent }) => parent === server);
    assert.deepEqual(started, []);
  },
];
