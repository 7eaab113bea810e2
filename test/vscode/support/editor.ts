// A real VS Code: its server from the package code-server, its window in a browser without a screen.
import { type ChildProcess, execFileSync, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { cached } from '../../docker/support/cache.ts';

/** Holds VS Code 1.139. */
const version = '4.139.1';
const browser = '/usr/bin/chromium';
const packages = ['chromium', 'libkrb5-dev', 'libsecret-1-dev', 'pkg-config', 'fonts-dejavu-core'];

/** As far as it is used here. */
interface Answer {
  headers(): Record<string, string>;
  text(): Promise<string>;
}

interface Route {
  fetch(): Promise<Answer>;
  fulfill(answer: { response: Answer; headers: object; body: string }): Promise<void>;
}

export interface Page extends Frame {
  on(event: 'console', listener: (message: { text(): string }) => void): void;
  route(fits: (url: URL) => boolean, handle: (route: Route) => Promise<void>): Promise<void>;
  goto(url: string): Promise<unknown>;
  exposeFunction(name: string, callback: (...values: never[]) => unknown): Promise<void>;
  screenshot(options: { path: string; animations?: 'disabled' }): Promise<unknown>;
  setDefaultTimeout(milliseconds: number): void;
  addInitScript(script: string): Promise<unknown>;
  addStyleTag(style: { content: string }): Promise<unknown>;
  close(): Promise<void>;
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
}

interface Frame {
  frameLocator(selector: string): Frame;
  locator(selector: string): Locator;
}

export interface Locator {
  click(): Promise<void>;
  fill(text: string): Promise<void>;
  waitFor(options?: { state?: 'detached'; timeout?: number }): Promise<void>;
  first(): Locator;
  allInnerTexts(): Promise<string[]>;
  focus(): Promise<void>;
}

interface Browser {
  newPage(options: { viewport: { width: number; height: number } }): Promise<Page>;
  close(): Promise<void>;
}

export interface Editor {
  /** Where VS Code writes. */
  readonly folder: string;
  readonly port: number;
  url(query: Readonly<Record<string, string>>): string;
  /** A window that shows nothing yet. */
  open(): Promise<Page>;
  close(): Promise<void>;
}

const quietly: { readonly stdio: StdioOptions } = { stdio: ['ignore', 'ignore', 'inherit'] };

async function install(into: string): Promise<void> {
  await writeFile(path.join(into, 'package.json'), '{"private":true}');
  const npm = (words: readonly string[], env: NodeJS.ProcessEnv): unknown =>
    execFileSync('npm', ['install', '--no-audit', '--no-fund', ...words], { ...quietly, cwd: into, env });
  npm(['node@24', 'playwright-core'], process.env);
  // It is only installed by the Node that it is going to run on, with the headers that are on the machine. Which Node that is
  // it learns from what npm calls itself: where npm has started us, it would be the name of that one.
  const node = path.join(into, 'node_modules', 'node', 'bin');
  const { npm_config_user_agent: _, ...env } = process.env;
  npm([`code-server@${version}`], {
    ...env,
    PATH: `${node}${path.delimiter}${process.env.PATH}`,
    npm_config_nodedir: '/usr',
  });
}

/** Null where everything is there, or can be had. */
function obstacle(): string | null {
  if (existsSync(browser)) return null;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'Chromium is not installed';
  const apt = (...words: string[]): unknown => execFileSync('apt-get', words, quietly);
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
  return existsSync(browser) ? null : 'Chromium cannot be installed';
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Resolves when the server says that it listens. */
function listening(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    server.stdout?.on('data', chunk => {
      if (String(chunk).includes('Extension host agent listening')) resolve();
    });
    server.on('exit', code => reject(new Error(`VS Code ended with ${code}.`)));
  });
}

export interface Wishes {
  /** For everything that VS Code writes. */
  readonly folder: string;
  readonly extensions?: string;
  /** To be installed; null: nothing. */
  readonly vsix: string | null;
  readonly env: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Further ones for its server. */
  readonly flags: readonly string[];
}

/** Everything that comes from outside: after this no network is needed. */
export async function editorHome(): Promise<string> {
  const reason = obstacle();
  if (reason !== null) throw new Error(reason);
  return cached('code-server', version, install);
}

export async function startEditor(wishes: Wishes): Promise<Editor> {
  const { folder, vsix, env, settings, flags, extensions = path.join(folder, 'extensions') } = wishes;
  const home = await editorHome();
  const node = path.join(home, 'node_modules', 'node', 'bin', 'node');
  const main = path.join(home, 'node_modules', 'code-server', 'lib', 'vscode', 'out', 'server-main.js');
  const common = ['--server-data-dir', path.join(folder, 'server'), '--extensions-dir', extensions];
  const environment = { ...process.env, ...env };
  await mkdir(path.join(folder, 'server', 'data', 'Machine'), { recursive: true });
  await writeFile(path.join(folder, 'server', 'data', 'Machine', 'settings.json'), JSON.stringify(settings));
  if (vsix !== null) {
    execFileSync(node, [main, ...common, '--install-extension', vsix], { ...quietly, env: environment });
  }

  const port = await freePort();
  const server = spawn(
    node,
    [
      main,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      // The environment is ours, not that of a login shell.
      ...['--accept-server-license-terms', '--force-disable-user-env', ...flags],
      ...['--disable-telemetry', ...common],
    ],
    { env: environment, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  await listening(server);
  const { chromium } = createRequire(path.join(home, 'package.json'))('playwright-core') as {
    chromium: { launch(options: object): Promise<Browser> };
  };
  const window = await chromium.launch({
    executablePath: browser,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-sync',
      '--disable-features=LocalNetworkAccessChecks',
    ],
  });
  return {
    folder,
    port,
    url: query => `http://127.0.0.1:${port}/?${new URLSearchParams(query)}`,
    open: () => window.newPage({ viewport: { width: 1280, height: 800 } }),
    async close() {
      await window.close();
      server.kill('SIGTERM');
      await once(server, 'exit');
    },
  };
}
