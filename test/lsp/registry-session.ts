// The language server with registries of a test, for an editor that picks images.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ClientCapabilities, Position, Range } from 'vscode-languageserver';
import { bundleServer, temporaryFolder } from './bundle.ts';
import { modern } from './capabilities.ts';
import { startProcess } from './process.ts';
import { type Session, startSession } from './session.ts';

export const patience = { timeout: 60_000 };
const server = await bundleServer('product');

export interface Options {
  readonly lookups?: string;
  readonly initializationOptions?: object;
  readonly capabilities?: ClientCapabilities;
  readonly files?: Readonly<Record<string, string>>;
  /** Asked for images of Docker Hub. */
  readonly mirror?: string;
}

/** Each has its own cache, and its own account, who has none. */
export function start({
  lookups,
  initializationOptions,
  capabilities = modern,
  files = {},
  mirror,
}: Options = {}): Promise<Session> {
  const home = temporaryFolder();
  Object.assign(process.env, { XDG_CACHE_HOME: home, DOCKER_CONFIG: home, XDG_CONFIG_HOME: home });
  if (mirror !== undefined) {
    mkdirSync(path.join(home, 'docker'));
    const settings = JSON.stringify({ 'registry-mirrors': [`http://${mirror}`] });
    writeFileSync(path.join(home, 'docker', 'daemon.json'), settings);
  }
  const registry = lookups === undefined ? {} : { registry: { lookups } };
  return startSession(startProcess(server).channel, {
    initializationOptions: { picksImages: true, ...initializationOptions },
    capabilities,
    files,
    answers: { 'workspace/configuration': () => [{ profile: 'strict', engine: 'off', ...registry }] },
  });
}

export const at = (line: number, character: number): Range => ({
  start: { line, character },
  end: { line, character },
});

export const askFor = (client: Session, path: string, position: Position): Promise<null> =>
  client.request('workspace/executeCommand', {
    command: 'bulkhead.askRegistry',
    arguments: [{ uri: client.uriOf(path), position }],
  });
