// Runs the suites in a real VS Code, with the packaged extension installed: its server here, its windows in a browser.
// Usage: npm run test:vscode [-- SUITE...]
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Editor, startEditor } from './support/editor.ts';
import { tryAsPerson } from './support/person.ts';
import { type Prepared, prepare, type Suite } from './support/prepare.ts';
import { runSuite } from './support/run-suite.ts';
import { forgetTraces } from './support/traces.ts';
import { serve } from './support/web-server.ts';
import { tryWithEngine } from './support/with-engine.ts';

const work = mkdtempSync(path.join(tmpdir(), 'bulkhead-vscode-'));
const at = (...parts: string[]): string => path.join(work, ...parts);

const editorWith = (prepared: Prepared, folder: string, vsix: string | null): Promise<Editor> =>
  startEditor({
    ...{ folder: at(folder), vsix, env: prepared.env },
    extensions: vsix === null ? at('none') : prepared.extensions,
    // Without it, a built VS Code runs no tests.
    flags: ['--enable-smoke-test-driver'],
    settings: { 'workbench.startupEditor': 'none' },
  });

async function onMachine(prepared: Prepared, isWanted: (name: string) => boolean): Promise<boolean[]> {
  const editor = await editorWith(prepared, 'vscode', prepared.vsix);
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${editor.port}${file}`;
  const inWindow = (suite: Suite, folder: string, trusted: boolean): Promise<boolean> =>
    runSuite(editor, prepared, suite, {
      ...{ folder, trusted },
      tests: { extension: remote(prepared.companion), suite: remote(prepared.suiteOf(suite)) },
    });
  for (const folder of ['trusted', 'untrusted']) mkdirSync(at(folder, '.git'), { recursive: true });
  const parts: readonly [name: string, run: () => Promise<boolean>][] = [
    ['trusted', () => inWindow('trusted', at('trusted'), true)],
    ['untrusted', () => inWindow('untrusted', at('untrusted'), false)],
    ['virtual', () => inWindow('virtual', 'memory:/work', true)],
    ['person', () => tryAsPerson(editor, at('person'))],
  ];
  const outcomes: boolean[] = [];
  try {
    for (const [name, run] of parts.filter(([name]) => isWanted(name))) {
      console.log(`\n${name}`);
      outcomes.push(await run());
    }
    return outcomes;
  } finally {
    await editor.close();
  }
}

/** No extension is installed on the machine: a web server gives it, as vscode.dev gets it. */
async function inBrowser(prepared: Prepared): Promise<boolean> {
  execFileSync('unzip', ['-q', prepared.vsix, '-d', at('unpacked')]);
  const web = await serve({ installed: at('unpacked', 'extension'), companion: prepared.companion });
  const editor = await editorWith(prepared, 'browser', null);
  console.log('\nbrowser');
  try {
    return await runSuite(editor, prepared, 'browser', {
      ...{ folder: 'memory:/work', trusted: true },
      inBrowser: {
        authority: web.authority,
        installed: '/installed',
        extension: '/companion',
        suite: '/companion/web/browser.js',
      },
    });
  } finally {
    await editor.close();
    web.close();
  }
}

/** Null where it is passed over. */
function withEngine({ vsix }: Prepared): Promise<boolean | null> {
  console.log('\nengine');
  return tryWithEngine(vsix, at('engine'));
}

/** Those that need no window on the machine. */
const apart = ['browser', 'engine'];

async function main(wanted: readonly string[]): Promise<number> {
  const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
  forgetTraces();
  const prepared = await prepare(work);
  try {
    const outcomes = [
      ...(wanted.every(name => apart.includes(name)) && wanted.length > 0
        ? []
        : await onMachine(prepared, isWanted)),
      ...(isWanted('browser') ? [await inBrowser(prepared)] : []),
      ...(isWanted('engine') ? [await withEngine(prepared)] : []),
    ];
    return outcomes.length > 0 && outcomes.every(isGood => isGood !== false) ? 0 : 1;
  } finally {
    prepared.close();
    rmSync(work, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
