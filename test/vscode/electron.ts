// Runs the suites in VS Code on the desktop, which is downloaded, or is where VSCODE says. On Linux and macOS, with a screen.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { type Prepared, prepare, type Suite } from './support/prepare.ts';
import { forgetTraces, keepLogs } from './support/traces.ts';

const work = mkdtempSync(path.join(tmpdir(), 'bulkhead-vscode-'));
const at = (...parts: string[]): string => path.join(work, ...parts);

/** How it ends. */
async function start(program: string, words: readonly string[], env: Prepared['env']): Promise<unknown> {
  const child = spawn(program, words, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return code;
}

/** A folder that nobody has been asked about is not trusted, and nobody is asked. */
function writeSettings(): void {
  mkdirSync(at('user', 'User'), { recursive: true });
  writeFileSync(
    at('user', 'User', 'settings.json'),
    JSON.stringify({
      'security.workspace.trust.startupPrompt': 'never',
      'workbench.startupEditor': 'none',
      'telemetry.telemetryLevel': 'off',
    }),
  );
}

interface Place {
  readonly suite: Suite;
  readonly folder: string;
  readonly flags: readonly string[];
}

async function runSuite(
  program: string,
  prepared: Prepared,
  { suite, folder, flags }: Place,
): Promise<boolean> {
  console.log(`\n${suite}`);
  prepared.begin(
    () => {},
    async ({ name }) => keepLogs(`${suite} ${name}`, at('user', 'logs')),
  );
  const common = ['--user-data-dir', at('user'), '--extensions-dir', prepared.extensions];
  const tests = [
    `--extensionDevelopmentPath=${prepared.companion}`,
    `--extensionTestsPath=${prepared.suiteOf(suite)}`,
  ];
  const quiet = ['--no-sandbox', '--disable-updates', '--skip-welcome', '--skip-release-notes'];
  const code = await start(
    program,
    [...quiet, ...common, ...flags, ...tests, '--folder-uri', folder],
    prepared.env,
  );
  const { all, failed } = prepared.counts();
  if (code !== 0 && failed === 0) console.log(`FAILED It ended with ${code}.`);
  return code === 0 && all > 0 && failed === 0;
}

async function main(): Promise<number> {
  forgetTraces();
  const program = process.env.VSCODE ?? (await downloadAndUnzipVSCode('stable'));
  const prepared = await prepare(work);
  try {
    writeSettings();
    for (const folder of ['trusted', 'untrusted']) mkdirSync(at(folder, '.git'), { recursive: true });
    const [cli = program, ...words] = resolveCliArgsFromVSCodeExecutablePath(program, {
      reuseMachineInstall: true,
    });
    const where = ['--user-data-dir', at('user'), '--extensions-dir', prepared.extensions];
    await start(cli, [...words, ...where, '--install-extension', prepared.vsix], {});
    const places: readonly Place[] = [
      { suite: 'trusted', folder: `file://${at('trusted')}`, flags: ['--disable-workspace-trust'] },
      { suite: 'untrusted', folder: `file://${at('untrusted')}`, flags: [] },
      { suite: 'virtual', folder: 'memory:/work', flags: ['--disable-workspace-trust'] },
    ];
    const outcomes: boolean[] = [];
    for (const place of places) outcomes.push(await runSuite(program, prepared, place));
    return outcomes.every(isGood => isGood) ? 0 : 1;
  } finally {
    prepared.close();
    rmSync(work, { recursive: true, force: true });
  }
}

process.exitCode = await main();
