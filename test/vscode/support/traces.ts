// Traces: what somebody needs who asks why a test has failed.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from './editor.ts';

const folder = path.join(tmpdir(), 'bulkhead-vscode-failed');

/** What the window of a page has written so far. */
const written = new WeakMap<Page, string[]>();

export function listenTo(page: Page): void {
  const words: string[] = [];
  written.set(page, words);
  page.on('console', message => words.push(message.text()));
}

export const forgetTraces = (): void => rmSync(folder, { recursive: true, force: true });

const fileFor = (name: string): string => path.join(folder, name.replace(/\W+/g, '-'));

/** Those of VS Code, that of our server among them. */
export function keepLogs(name: string, logs: string): void {
  const kept = `${fileFor(name)}-logs`;
  if (existsSync(logs)) cpSync(logs, kept, { recursive: true });
  console.log(`       The logs: ${kept}`);
}

/** A picture of the window, what it has written, and the logs. */
export async function keepTraces(page: Page, name: string, vscode: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const file = fileFor(name);
  await page.screenshot({ path: `${file}.png` });
  writeFileSync(`${file}.log`, (written.get(page) ?? []).join('\n'));
  console.log(`       The window: ${file}.png`);
  keepLogs(name, path.join(vscode, 'server', 'data', 'logs'));
}
