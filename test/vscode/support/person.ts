// By mouse and keyboard, as a person: the palette, the lightbulb, the squiggles.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { run } from './by-hand.ts';
import type { Editor, Page } from './editor.ts';
import { keepTraces, listenTo } from './traces.ts';
import { openWindow } from './window.ts';

const commandsEverywhere = [
  'Create Configuration',
  'Inspect Image Size',
  'Lint the Workspace',
  'Pin the Images of the Workspace (Preview First)',
  'Restart Server',
  'Scan Image',
  'Scan the Images of the Workspace',
  'Show Log',
  'Show Rule',
];
const commandsForFiles = [
  'Build Image',
  'Build and Compare (Before and After the Repairs)',
  'Fix All (Safe)',
  'Harden This File (All Fixes, Preview First)',
  'Show Production Report',
];

const warning = '.squiggly-warning';

async function openFile(page: Page, name: string): Promise<void> {
  await page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`).first().click();
  await page.locator(`.tab.active:has-text("${name}")`).first().waitFor();
}

/** Our commands, as the palette lists them. */
async function paletteHere(page: Page): Promise<string[]> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill('>Bulkhead: ');
  await page.locator('.quick-input-list .monaco-list-row:has-text("Bulkhead: Show Rule")').first().waitFor();
  const rows = await page.locator('.quick-input-list .monaco-list-row .label-name').allInnerTexts();
  await page.keyboard.press('Escape');
  return rows
    .filter(row => row.startsWith('Bulkhead: '))
    .map(row => row.slice('Bulkhead: '.length))
    .sort();
}

/** VS Code learns some time after the start that the folder is trusted, and tells nobody: the palette is opened again. */
async function paletteLists(page: Page, expected: readonly string[]): Promise<void> {
  const sorted = [...expected].sort();
  const end = performance.now() + 60_000;
  let listed = await paletteHere(page);
  while (!isDeepStrictEqual(listed, sorted) && performance.now() < end) listed = await paletteHere(page);
  assert.deepEqual(listed, sorted);
}

async function tryPalette(page: Page): Promise<void> {
  await openFile(page, 'Dockerfile');
  await page.locator(warning).first().waitFor();
  await paletteLists(page, [...commandsEverywhere, ...commandsForFiles]);
  await openFile(page, 'notes.txt');
  await paletteLists(page, commandsEverywhere);
}

async function tryLightbulb(page: Page): Promise<void> {
  await openFile(page, 'Dockerfile');
  const squiggle = page.locator(warning).first();
  await squiggle.waitFor();
  await page.locator('.view-line span:text-is("USER")').first().click();
  await page.keyboard.press('End');
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row:has-text("node")').first().click();
  await squiggle.waitFor({ state: 'detached' });
}

/** Into a folder by a click and out again, then by the keyboard. */
async function tryMap(page: Page): Promise<void> {
  await openFile(page, 'built.Dockerfile');
  await run(page, 'Bulkhead: Inspect Image Size');
  const shown = page.frameLocator('iframe.webview').frameLocator('#active-frame');
  await shown.locator('#files rect').first().waitFor();
  const crumbs = (): Promise<string[]> => shown.locator('#crumbs button').allInnerTexts();
  assert.deepEqual(await crumbs(), ['/']);
  await shown.locator('#files').click();
  assert.deepEqual(await crumbs(), ['/', 'usr']);
  await page.keyboard.press('Escape');
  assert.deepEqual(await crumbs(), ['/']);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  assert.deepEqual(await crumbs(), ['/', 'usr']);
  assert.deepEqual(await shown.locator('#says').allInnerTexts(), ['/usr/: 5 MB, the base image']);
  await page.keyboard.press('Home');
  assert.deepEqual(await shown.locator('#says').allInnerTexts(), ['/usr/f0: 3 MB, the base image']);
}

const reportOf = (page: Page) => page.frameLocator('iframe.webview').frameLocator('#active-frame');

/** Without the mouse, and after the window was loaded once more. */
async function tryReport(page: Page): Promise<void> {
  await openFile(page, 'compose.yaml');
  await page.locator('.squiggly-error').first().waitFor();
  await run(page, 'Bulkhead: Show Production Report');
  await reportOf(page).locator('h2:text-is("web")').waitFor();

  await run(page, 'Developer: Reload Window');
  await page.locator('iframe.webview').first().waitFor({ state: 'detached' });

  const report = reportOf(page);
  await report.locator('h2:text-is("web")').waitFor();
  const repair = report.locator('button[aria-label*="Take privileged away"]').first();
  await repair.focus();
  await page.keyboard.press('Enter');
  await repair.waitFor({ state: 'detached' });
  // Who goes by keyboard is still on the page: where the button was, or at its heading.
  await report.locator('button:focus, h1:focus').waitFor();
  await run(page, 'View: Close All Editors');
}

const steps: readonly [name: string, run: (page: Page) => Promise<void>][] = [
  ['the palette lists the commands where they make sense', tryPalette],
  ['a repair is taken from the lightbulb, and the squiggle goes', tryLightbulb],
  ['the report is read and repaired by keyboard, also after a reload of the window', tryReport],
  ['the map of an image goes into a folder and back', tryMap],
];

export async function tryAsPerson(editor: Editor, folder: string): Promise<boolean> {
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'Dockerfile'), 'FROM node:22-slim\nUSER root\nCMD ["node", "server.js"]\n');
  writeFileSync(path.join(folder, 'built.Dockerfile'), 'FROM debian:13\nRUN make\n');
  writeFileSync(
    path.join(folder, 'compose.yaml'),
    'services:\n  web:\n    image: nginx:1.30\n    privileged: true\n',
  );
  writeFileSync(path.join(folder, 'notes.txt'), 'Nothing of ours.\n');
  const page = await openWindow(editor, { folder, trusted: true }, async shown => listenTo(shown));
  try {
    for (const [name, attempt] of steps) {
      const started = performance.now();
      try {
        await attempt(page);
      } catch (error) {
        console.log(`FAILED ${name}\n${String(error)}`);
        await keepTraces(page, name, editor.folder);
        return false;
      }
      console.log(`ok     ${name} (${Math.round(performance.now() - started)} ms)`);
    }
    return true;
  } finally {
    await page.close();
  }
}
