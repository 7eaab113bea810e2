// Build, scan and size from the palette, as a person sees them: a real VS Code, a real engine, and a real scanner where one has
// been built (npm run scanners). In three themes, with pictures to look at. Started in a laboratory: npm run test:vscode -- engine
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { docker, dockerEnvironment, laboratory, provideImage } from '../docker/support/lab.ts';
import { placesOf } from '../docker/support/machine.ts';
import { until } from '../docker/support/process.ts';
import { realScanners } from '../docker/support/scanners.ts';
import { pick, quiet, run, seen, widget } from './support/by-hand.ts';
import { type Editor, type Page, startEditor } from './support/editor.ts';
import { keepTraces, listenTo } from './support/traces.ts';
import type { EngineTask } from './support/with-engine.ts';

const task: EngineTask = JSON.parse(process.argv[2] ?? '');
const at = (...parts: string[]): string => path.join(task.folder, ...parts);
const pictures = path.join(tmpdir(), 'bulkhead-vscode-pictures');

/** Milliseconds: two images are built in it. */
const patience = 150_000;

const themes = [
  ['dark', 'Default Dark Modern'],
  ['light', 'Default Light Modern'],
  ['contrast', 'Default High Contrast'],
] as const;

/** What its layers hold is weak, large, and partly gone again. */
const dockerfile = (look: string): string => `FROM debian:13-slim
ENV LOOK=${look}
WORKDIR /srv/shop
RUN apt-get update && apt-get install -y --no-install-recommends curl
COPY packages.lock.json ./
RUN echo "compiling the shop" && sleep 3 && head -c 27000000 /dev/urandom > shop.o
RUN cat *.o > shop && rm *.o
CMD ["./shop"]
`;
const lock = {
  version: 1,
  dependencies: {
    'net8.0': {
      'Newtonsoft.Json': { type: 'Direct', requested: '[12.0.1, )', resolved: '12.0.1', contentHash: 'x' },
    },
  },
};
const weak = [
  { ecosystem: 'deb', name: 'zlib', id: 'CVE-2026-0001', severity: 'critical', fixed: '9:99' },
  { ecosystem: 'deb', name: 'curl', id: 'CVE-2026-0002', severity: 'high', fixed: '9:99' },
  { ecosystem: 'dotnet', name: 'Newtonsoft.Json', id: 'CVE-2026-0003', severity: 'high', fixed: '13.0.1' },
] as const;

const [scanner] = realScanners;

/** With nothing in PATH but the engine, the scanner and the system's own. */
function environment(): Record<string, string> {
  const programs = at('bin');
  mkdirSync(programs);
  symlinkSync(laboratory.docker, path.join(programs, 'docker'));
  if (scanner) symlinkSync(scanner.program, path.join(programs, scanner.name));
  mkdirSync(at('database'));
  return {
    ...dockerEnvironment,
    ...scanner?.database(at('database'), weak),
    PATH: [programs, '/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin'].join(path.delimiter),
  };
}

interface Window {
  readonly page: Page;
  readonly look: string;
  readonly tag: string;
  take(name: string): Promise<unknown>;
}

/** Engines of the machine between which VS Code lets the person choose. */
const others = ['podman', 'nerdctl'];

const toast = (words: string): string => `${widget.toast}:has-text("${words}")`;
const scanView = '.pane:has-text("Image Scan") .monaco-list-row';

async function answer(page: Page, words: string): Promise<void> {
  await seen(page, widget.input);
  await page.locator(widget.input).first().fill(words);
  await page.keyboard.press('Enter');
}

const textsOf = (page: Page, selector: string): Promise<string[]> => page.locator(selector).allInnerTexts();

async function openDockerfile(page: Page): Promise<void> {
  await page.keyboard.press('Control+p');
  await pick(page, 'Dockerfile');
  await seen(page, '.view-line span:text-is("WORKDIR")');
}

async function tryBuild({ page, tag, take }: Window): Promise<void> {
  await openDockerfile(page);
  await run(page, 'Bulkhead: Build Image');
  await answer(page, tag);
  if (others.some(name => placesOf(name).length > 0)) await pick(page, 'docker');
  await seen(page, toast('RUN echo'));
  await run(page, 'Terminal: Focus on Terminal View');
  await seen(page, '.terminal-wrapper.active .xterm-screen');
  await take('build-progress');
  await seen(page, toast(`Built ${tag}`));
  await take('build-end');
  const [told = ''] = await textsOf(page, toast(`Built ${tag}`));
  const bytes = Number(await docker('image', 'inspect', '--format', '{{.Size}}', tag));
  assert.match(told, new RegExp(`Built ${tag}, ${Math.round(bytes / 1_000_000)} MB in \\d+ layers`));
  await run(page, 'Notifications: Clear All Notifications');
  await run(page, 'View: Hide Panel');
}

async function tryStop({ page, tag }: Window): Promise<void> {
  await openDockerfile(page);
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('# changed\n');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('RUN echo waiting && sleep 4711\n');
  await run(page, 'Bulkhead: Build Image');
  await seen(page, toast('sleep 4711'));
  await page
    .locator(`${toast('sleep 4711')} .monaco-button:has-text("Cancel")`)
    .first()
    .click();
  await page.locator(toast('sleep 4711')).first().waitFor({ state: 'detached' });
  await until('its container is gone', 20_000, async () => {
    const left = await docker('ps', '--all', '--quiet', '--no-trunc');
    return left === '' || undefined;
  });
  const images = await docker('image', 'ls', '--quiet', tag);
  assert.notEqual(images, '', 'The image of the build before is gone.');
  await run(page, 'File: Revert File');
}

async function tryScan({ page, tag, take }: Window): Promise<void> {
  await openDockerfile(page);
  await run(page, 'Bulkhead: Scan Image');
  await seen(page, widget.input);
  await pick(page, 'The image that was built from this file');
  await answer(page, tag);
  await seen(page, `${scanView}:has-text("${tag}")`);
  for (const words of [tag, 'debian:13-slim', 'zlib1g']) {
    const row = `${scanView}:has-text("${words}")`;
    await seen(page, row);
    await page.locator(`${row} .monaco-tl-twistie`).first().click();
  }
  await seen(page, `${scanView}:has-text("CVE-2026-0001")`);
  await run(page, 'Problems: Focus on Problems View');
  await seen(page, `${widget.problem}:has-text("vulnerabilit")`);
  await take('scan');
  const rows = await textsOf(page, scanView);
  for (const words of ['debian:13-slim', 'RUN apt-get', 'COPY packages', 'zlib1g', 'CVE-2026-0001'])
    assert.ok(
      rows.some(row => row.includes(words)),
      `${words} is not in the tree: ${rows.join(' | ')}`,
    );
  await run(page, 'View: Hide Panel');
}

const size = (page: Page) => page.frameLocator('iframe.webview').frameLocator('#active-frame');

/** Into a folder by a click and out again, then by the keyboard. */
async function tryMap(shown: ReturnType<typeof size>, page: Page): Promise<void> {
  const crumbs = (): Promise<string[]> => shown.locator('#crumbs button').allInnerTexts();
  assert.deepEqual(await crumbs(), ['/']);
  await shown.locator('#files').click();
  assert.ok((await crumbs()).length > 1);
  while ((await crumbs()).length > 1) await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  assert.deepEqual(await crumbs(), ['/', 'usr']);
  assert.match((await shown.locator('#says').allInnerTexts()).join(''), /^\/usr\/: [\d.]+ MB, /);
}

async function trySize({ page, tag, take }: Window): Promise<void> {
  await openDockerfile(page);
  await run(page, 'View: Toggle Primary Side Bar Visibility');
  await run(page, 'Bulkhead: Inspect Image Size');
  await size(page).locator('svg.bar').first().waitFor();
  await seen(page, '.view-line:has-text("+27 MB")');
  await take('size');
  // Also where the line is long, in sight.
  await seen(page, '.view-line:has-text("gone by line 7")');
  const [title] = await size(page).locator('h1').allInnerTexts();
  assert.equal(title, tag);
  await size(page).locator('#files').first().focus();
  await take('size-map');
  await tryMap(size(page), page);
  await take('size-zoom');
  await run(page, 'View: Close All Editor Groups');
}

const triesOfMenu = 3;

/** What the last RUN removes, the one before it could do without: the lightbulb joins them. */
async function tryRepair({ page, take }: Window): Promise<void> {
  await openDockerfile(page);
  await run(page, 'Bulkhead: Inspect Image Size');
  const show = size(page).locator('button:has-text("Show Repair")').first();
  const repair = page.locator(`${widget.action}:has-text("Join them into one RUN")`).first();
  // A menu closes when the focus goes elsewhere: on a busy machine to the page, after the menu was shown beside it.
  for (let tries = 1; ; tries++) {
    await show.click();
    if (tries === triesOfMenu) await repair.waitFor();
    const isShown = await repair.waitFor({ timeout: 20_000 }).then(
      () => true,
      () => false,
    );
    if (isShown) break;
  }
  await take('size-repair');
  await page.keyboard.press('Escape');
  await run(page, 'View: Close All Editor Groups');
}

async function tryComparison({ page, tag, take }: Window): Promise<void> {
  await openDockerfile(page);
  await run(page, 'Bulkhead: Build and Compare');
  await pick(page, 'Also those that may change content');
  await seen(page, toast('With '));
  await size(page).locator('table').first().waitFor();
  await take('compare');
  const [text = ''] = await size(page).locator('table').allInnerTexts();
  const bytes = Number(await docker('image', 'inspect', '--format', '{{.Size}}', `${tag}-repaired`));
  assert.match(text, new RegExp(`^size\\s.*${Math.round(bytes / 1_000_000)} MB`, 'm'));
  if (scanner) assert.match(text, /^vulnerabilities\s+1 critical, 3 high\s/m);
}

type Step = readonly [name: string, run: (window: Window) => Promise<void>];

const steps: readonly Step[] = [
  ['Build Image tells its steps, and what was built', tryBuild],
  ...(scanner ? [[`Scan Image shows what ${scanner.name} finds at the lines`, tryScan] as const] : []),
  ['Inspect Image Size shows a page, and the sizes at the lines', trySize],
  ['Show Repair leads to the repair of the rule that knows the cure', tryRepair],
  ['Build and Compare shows both images', tryComparison],
  ['Build Image is stopped by its button', tryStop],
];

async function tryLook(editor: Editor, look: string, theme: string): Promise<boolean> {
  const folder = at(`shop-${look}`);
  const settings = { 'workbench.colorTheme': theme };
  for (const name of ['.git', '.vscode']) mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
  writeFileSync(path.join(folder, 'Dockerfile'), dockerfile(look));
  writeFileSync(path.join(folder, 'packages.lock.json'), JSON.stringify(lock));
  const page = await editor.open();
  listenTo(page);
  page.setDefaultTimeout(patience);
  // There is nothing but this machine here, and everything that is needed is on it.
  await page.addInitScript("Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true })");
  const take = (name: string): Promise<unknown> =>
    page.screenshot({ path: path.join(pictures, `${name}-${look}.png`), animations: 'disabled' });
  await page.goto(editor.url({ folder }));
  try {
    await seen(page, '.explorer-folders-view .monaco-list-row');
    for (const [name, attempt] of steps) {
      const started = performance.now();
      try {
        await attempt({ page, look, tag: `shop:${look}`, take });
      } catch (error) {
        console.log(`FAILED ${look}: ${name}\n${String(error)}`);
        page.setDefaultTimeout(5_000);
        await run(page, 'Notifications: Show Notifications').catch(() => {});
        await keepTraces(page, `engine ${look} ${name}`, editor.folder);
        return false;
      }
      console.log(`ok     ${look}: ${name} (${Math.round(performance.now() - started)} ms)`);
    }
    return true;
  } finally {
    await page.close();
  }
}

async function main(): Promise<number> {
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  if (!scanner) console.log('No real scanner is here (npm run scanners): nothing is scanned.');
  await provideImage('debian:13-slim');
  const editor = await startEditor({
    folder: at('vscode'),
    vsix: task.vsix,
    env: environment(),
    flags: ['--disable-workspace-trust'],
    settings: quiet,
  });
  try {
    for (const [look, theme] of themes) if (!(await tryLook(editor, look, theme))) return 1;
    console.log(`The pictures: ${pictures}`);
    return 0;
  } finally {
    await editor.close();
  }
}

process.exitCode = await main();
