// Runs the suites in a real VS Code, with the packaged extension installed.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { inRepository } from '../../scripts/repository.ts';
import { packageExtension } from '../../scripts/vsix.ts';
import { type Page, startEditor } from './support/editor.ts';
import { rulesInBrowser } from './support/in-browser.ts';

const work = mkdtempSync(path.join(tmpdir(), 'bulkhead-vscode-'));
const at = (...parts: string[]): string => path.join(work, ...parts);

interface Outcome {
  readonly name: string;
  readonly milliseconds: number;
  readonly error: string | null;
}

/** VS Code starts tests for an extension under development; this one is empty, ours is installed. */
function emptyExtension(): string {
  mkdirSync(at('empty'));
  const manifest = { name: 'empty', publisher: 'bulkhead', version: '0.0.0', engines: { vscode: '^1.91.0' } };
  writeFileSync(at('empty', 'package.json'), JSON.stringify(manifest));
  return at('empty');
}

async function bundleSuite(): Promise<string> {
  const outfile = at('suite.js');
  await build({
    ...{ absWorkingDir: inRepository(), entryPoints: ['test/vscode/suite/desktop.ts'], outfile },
    ...{ bundle: true, platform: 'node', format: 'cjs', external: ['vscode'] },
  });
  return outfile;
}

function tell(report: string): boolean {
  const lines = existsSync(report) ? readFileSync(report, 'utf8').trim().split('\n') : [];
  const outcomes = lines.map((line): Outcome => JSON.parse(line));
  for (const { name, milliseconds, error } of outcomes) {
    console.log(`${error === null ? 'ok    ' : 'FAILED'} ${name} (${milliseconds} ms)`);
    if (error !== null) console.log(error.replace(/^/gm, '       '));
  }
  return outcomes.length > 0 && outcomes.every(({ error }) => error === null);
}

/** What somebody needs who asks why a test has failed. */
async function keepTraces(page: Page): Promise<void> {
  const kept = path.join(tmpdir(), 'bulkhead-vscode-failed');
  rmSync(kept, { recursive: true, force: true });
  cpSync(at('vscode', 'server', 'data', 'logs'), kept, { recursive: true });
  await page.screenshot({ path: path.join(kept, 'window.png') });
  console.log(`The logs and a picture of the window are in ${kept}.`);
}

/** One look: whether the worker finds what the process finds. */
async function tryBrowser(vsix: string): Promise<boolean> {
  mkdirSync(at('small'));
  writeFileSync(at('small', 'Dockerfile'), 'FROM node\nUSER root\nCMD ["node", "x.js"]\n');
  const editor = await startEditor({
    ...{ folder: at('browser'), vsix: null, env: {}, flags: [] },
    settings: { 'workbench.startupEditor': 'none' },
  });
  try {
    const rules = await rulesInBrowser(editor, work, vsix, at('small'));
    const isGood = rules.some(rule => rule.includes('root-user'));
    console.log(`${isGood ? 'ok    ' : 'FAILED'} in a browser's extension host: ${rules.join(', ')}`);
    return isGood;
  } finally {
    await editor.close();
  }
}

async function main(): Promise<number> {
  const vsix = path.join(work, 'bulkhead.vsix');
  packageExtension(vsix);
  const [suite, empty] = [await bundleSuite(), emptyExtension()];
  mkdirSync(at('workspace', '.git'), { recursive: true });
  const report = at('report.jsonl');
  const editor = await startEditor({
    folder: at('vscode'),
    vsix,
    env: { BULKHEAD_TEST_REPORT: report, BULKHEAD_TEST_CLI: inRepository('dist', 'cli.cjs') },
    // Without it, a built VS Code runs no tests.
    flags: ['--enable-smoke-test-driver'],
    settings: { 'workbench.startupEditor': 'none' },
  });
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${editor.port}${file}`;
  try {
    const page = await editor.open();
    const ended = new Promise<number>(resolve => {
      void page.exposeFunction('codeAutomationLog', () => {});
      void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
    });
    await page.goto(
      editor.url({
        folder: at('workspace'),
        payload: JSON.stringify([
          ['extensionDevelopmentPath', remote(empty)],
          ['extensionTestsPath', remote(suite)],
          ['skipWelcome', 'true'],
        ]),
      }),
    );
    const code = await ended;
    const isGood = tell(report) && code === 0;
    if (!isGood) await keepTraces(page);
    return isGood && (await tryBrowser(vsix)) ? 0 : 1;
  } finally {
    await editor.close();
    rmSync(work, { recursive: true, force: true });
  }
}

process.exitCode = await main();
