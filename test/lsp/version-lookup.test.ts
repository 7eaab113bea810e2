// Versions in the editor: offered to be looked up where programs may run, asked for when chosen, and then in the text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver';
import { fakeEngine } from '../support/fake-engine.ts';
import { bundleServer } from './bundle.ts';
import { modern } from './capabilities.ts';
import { startProcess } from './process.ts';
import { applyEdit, type Session, startSession } from './session.ts';

const patience = { timeout: 60_000, skip: process.platform === 'win32' };
const server = await bundleServer();

const policy = (name: string, version: string): string =>
  `${name}:\n  Candidate: ${version}\n  Version table:\n     ${version} 500\n        500 http://a b/c amd64 Packages\n`;
const engine = fakeEngine('docker', {
  'debian:13': {
    programs: { 'apt-cache policy curl': policy('curl', '8.1-2'), 'apt-cache policy git': '' },
    fetched: { 'apt-cache policy git': policy('git', '1:2.4') },
  },
});
// Servers that are started from here on find it.
process.env.PATH = engine.folder;

interface Options {
  readonly initializationOptions?: object;
  readonly capabilities?: object;
  /** The button of a message that the person presses. */
  readonly pressed?: string;
}

const start = ({ pressed, ...options }: Options = {}): Promise<Session> =>
  startSession(startProcess(server).channel, {
    ...options,
    answers: {
      'workspace/configuration': () => [{ profile: 'strict', engine: 'off' }],
      'window/showMessageRequest': () => (pressed === undefined ? null : { title: pressed }),
    },
  });

const onPackage = { start: { line: 1, character: 20 }, end: { line: 1, character: 20 } };

async function lookUpAction(client: Session): Promise<CodeAction | undefined> {
  const actions = await client.actions('Dockerfile', onPackage, ['quickfix']);
  return actions.find(({ title }) => title.startsWith('Look up'));
}

async function choose(client: Session, text: string): Promise<string | undefined> {
  const action = await client.request<CodeAction>('codeAction/resolve', await lookUpAction(client));
  const uri = client.uriOf('Dockerfile');
  return action.edit && applyEdit(action.edit, { [uri]: text }, 1)[uri];
}

const curl = 'FROM debian:13\nRUN apt-get install curl\n';
const git = 'FROM debian:13\nRUN apt-get install git\n';

test('a version is looked up when somebody asks for it, and never before', patience, async () => {
  const client = await start();
  client.open('Dockerfile', curl);
  const [finding] = await client.diagnostics('Dockerfile');
  assert.equal(finding?.code, 'unpinned-package');
  assert.equal((await lookUpAction(client))?.title, 'Look up the version of curl in debian:13');
  assert.deepEqual(engine.calls(), []);
  assert.equal(await choose(client, curl), 'FROM debian:13\nRUN apt-get install curl=8.1-2\n');
  // From then on it is at hand.
  const actions = await client.actions('Dockerfile', onPackage, ['quickfix']);
  assert.equal(actions[0]?.title, 'Pin curl to 8.1-2');
  assert.equal(await lookUpAction(client), undefined);
});

test('the network is used only when somebody says so', patience, async () => {
  const fetched = () => engine.calls().some(call => call.includes('apt-get update'));
  const refusing = await start();
  refusing.open('Dockerfile', git);
  assert.equal(await choose(refusing, git), undefined);
  const [{ message } = { message: '' }] = refusing.received<{ message: string }>('window/showMessageRequest');
  assert.match(message, /^debian:13 holds no package index in which git could be looked up\./);
  assert.equal(fetched(), false);

  const agreeing = await start({ pressed: 'Fetch from the Network' });
  agreeing.open('Dockerfile', git);
  assert.equal(await choose(agreeing, git), 'FROM debian:13\nRUN apt-get install git=1:2.4\n');
  assert.equal(fetched(), true);
});

test('what is in the way is said', patience, async () => {
  const client = await start();
  const text = 'FROM debian:12\nRUN apt-get install curl\n';
  client.open('Dockerfile', text);
  assert.equal(await choose(client, text), undefined);
  const { message } = await client.next<{ message: string }>('window/showMessage');
  assert.equal(message, 'debian:12 is not on this machine. Fetch it first: docker pull debian:12');
});

const { codeAction: _, ...withoutActions } = modern.textDocument;
const silent: readonly [name: string, options: Options][] = [
  ['no program may be run', { initializationOptions: { runsPrograms: false } }],
  ['the client resolves no action', { capabilities: { ...modern, textDocument: withoutActions } }],
];
for (const [name, options] of silent) {
  test(`nothing is offered where ${name}`, patience, async () => {
    const client = await start(options);
    client.open('Dockerfile', curl);
    assert.equal(await lookUpAction(client), undefined);
  });
}
