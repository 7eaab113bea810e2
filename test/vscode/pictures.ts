// Takes the pictures of docs/images in a real VS Code, as a person sees it, and tells how long the extension takes to start.
// Usage: npm run pictures [-- SCENE...], as in takeReport
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRepository } from '../../scripts/repository.ts';
import { pick, quiet, run, seen, widget } from './support/by-hand.ts';
import { type Editor, type Page, startEditor } from './support/editor.ts';
import { dockerfile, programsFor } from './support/pictured-image.ts';
import { packageExtension } from './support/vsix.ts';

const pictures = inRepository('docs', 'images');

type Take = (name: string) => Promise<unknown>;

/** A file with findings, and what is offered for one of them. */
async function takeFindings(page: Page, take: Take): Promise<void> {
  await page.keyboard.press('Control+p');
  await pick(page, 'Dockerfile');
  await seen(page, widget.squiggle);
  await run(page, 'Problems: Focus on Problems View');
  await seen(page, widget.problem);
  await take('problems');
  await run(page, 'View: Hide Panel');

  await page.locator('.view-line span:text-is("FROM")').first().click();
  await page.keyboard.press('End');
  await page.keyboard.press('Control+.');
  await seen(page, widget.action);
  await take('lightbulb');
  await page.keyboard.press('Escape');
}

async function takeHardening(page: Page, take: Take): Promise<void> {
  await page.keyboard.press('Control+p');
  await pick(page, 'Dockerfile');
  await seen(page, widget.squiggle);
  await page.locator('.view-line span:text-is("FROM")').first().click();
  await page.keyboard.press('End');
  await run(page, 'Show or Focus Hover');
  await seen(page, widget.hover);
  await take('hover');
  await page.keyboard.press('Escape');
  await run(page, 'View: Toggle Primary Side Bar Visibility');
  await run(page, 'Bulkhead: Harden This File');
  await seen(page, widget.toast);
  await take('harden');

  await run(page, 'Developer: Show Running Extensions');
  await seen(page, widget.runningExtension);
  const rows = await page.locator(widget.runningExtension).allInnerTexts();
  console.log(rows.find(row => row.includes('Bulkhead'))?.replace(/\s+/g, ' '));
}

async function takeSettings(page: Page, take: Take): Promise<void> {
  await run(page, 'Preferences: Open Settings (UI)');
  await seen(page, widget.setting);
  await page.keyboard.type('@ext:bulkhead.bulkhead');
  await seen(page, `${widget.setting}:has-text("Bulkhead")`);
  await take('settings');
}

async function takeWalkthrough(page: Page, take: Take): Promise<void> {
  await run(page, 'View: Toggle Primary Side Bar Visibility');
  await run(page, 'Welcome: Open Walkthrough');
  await seen(page, '.quick-input-list .monaco-list-row:has-text("Harden Your Containers")');
  await pick(page, 'Harden Your Containers');
  await seen(page, widget.step);
  // A webview is a document in a document.
  const webview = page.frameLocator('iframe.webview').frameLocator('#active-frame');
  await webview.locator('svg').first().waitFor();
  await take('walkthrough');
}

/** What VS Code says of itself below a walkthrough. */
const hidden = '.getting-started-footer { visibility: hidden }';

/** The report beside the Compose file that it is about. */
async function takeReport(page: Page, take: Take): Promise<void> {
  await page.keyboard.press('Control+p');
  await pick(page, 'compose.yaml');
  await seen(page, widget.squiggle);
  await run(page, 'View: Toggle Primary Side Bar Visibility');
  await run(page, 'Bulkhead: Show Production Report');
  const report = page.frameLocator('iframe.webview').frameLocator('#active-frame');
  await report.locator('h2').first().waitFor();
  await take('report');
}

async function openBuilt(page: Page): Promise<void> {
  await page.keyboard.press('Control+p');
  await pick(page, 'built.Dockerfile');
  await seen(page, '.view-line span:text-is("WORKDIR")');
  await run(page, 'View: Toggle Primary Side Bar Visibility');
}

/** What an image holds, on a page and at the lines that brought it. */
async function takeSize(page: Page, take: Take): Promise<void> {
  await openBuilt(page);
  await run(page, 'Bulkhead: Inspect Image Size');
  const sizes = page.frameLocator('iframe.webview').frameLocator('#active-frame');
  await sizes.locator('svg, table').first().waitFor();
  await take('size');
  await sizes.locator('#files').first().focus();
  await take('size-map');
}

/** What a scanner finds in it, among the problems and as a tree. */
async function takeScan(page: Page, take: Take): Promise<void> {
  await openBuilt(page);
  await run(page, 'Bulkhead: Scan Image');
  await page.locator(widget.input).first().waitFor();
  await pick(page, 'The image that was built from this file');
  await page.locator(widget.input).first().fill('app:1');
  await page.keyboard.press('Enter');
  await seen(page, widget.squiggle);
  await run(page, 'View: Toggle Primary Side Bar Visibility');
  await run(page, 'Explorer: Focus on Image Scan View');
  for (let depth = 0; depth < 3; depth++) {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
  }
  await run(page, 'Problems: Focus on Problems View');
  await seen(page, `${widget.problem}:has-text("vulnerabilit")`);
  await take('scan');
}

type Scene = (page: Page, take: Take) => Promise<void>;

/** Each in a window of its own. */
const looks: readonly [suffix: string, theme: string, scenes: readonly Scene[]][] = [
  [
    '',
    'Default Dark Modern',
    [takeFindings, takeHardening, takeSettings, takeWalkthrough, takeReport, takeSize, takeScan],
  ],
  ['-light', 'Default Light Modern', [takeFindings, takeReport, takeSize]],
  ['-contrast', 'Default High Contrast', [takeSize, takeScan]],
];

/** All of them, or those that are named. */
const isWanted = ({ name }: Scene): boolean => process.argv.length === 2 || process.argv.includes(name);

async function picturesOf(
  editor: Editor,
  folder: string,
  suffix: string,
  scenes: readonly Scene[],
): Promise<void> {
  const take =
    (page: Page): Take =>
    name =>
      page.screenshot({ path: path.join(pictures, `${name}${suffix}.png`), animations: 'disabled' });
  for (const scene of scenes.filter(isWanted)) {
    const page = await editor.open();
    try {
      await page.goto(editor.url({ folder }));
      await seen(page, '.explorer-folders-view .monaco-list-row');
      // The settings are read after the first picture of the window is made.
      await seen(
        page,
        `.monaco-workbench.${suffix === '' ? 'vs-dark' : suffix === '-light' ? 'vs' : 'hc-black'}`,
      );
      await page.addStyleTag({ content: hidden });
      await scene(page, take(page));
    } catch (error) {
      await page.screenshot({ path: path.join(tmpdir(), 'bulkhead-picture-failed.png') });
      throw error;
    }
    await page.close();
  }
}

async function main(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), 'bulkhead-pictures-'));
  const folder = path.join(work, 'examples');
  cpSync(inRepository('examples'), folder, { recursive: true });
  mkdirSync(path.join(folder, '.git'));
  writeFileSync(path.join(folder, 'built.Dockerfile'), dockerfile);
  const programs = path.join(work, 'bin');
  programsFor(programs);
  mkdirSync(pictures, { recursive: true });
  const vsix = path.join(work, 'bulkhead.vsix');
  packageExtension(vsix);
  try {
    for (const [suffix, theme, scenes] of looks) {
      const editor = await startEditor({
        folder: path.join(work, `vscode${suffix}`),
        vsix,
        env: { PATH: `${programs}${path.delimiter}${process.env.PATH}` },
        flags: ['--disable-workspace-trust'],
        settings: { ...quiet, 'workbench.colorTheme': theme },
      });
      try {
        await picturesOf(editor, folder, suffix, scenes);
      } finally {
        await editor.close();
      }
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

await main();
