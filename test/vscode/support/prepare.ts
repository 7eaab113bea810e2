// What every runner needs: the packaged extension, the suites as bundles, and somebody who takes down how the tests end.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { inRepository } from '../../../scripts/repository.ts';
import { writeImageEngine } from '../../support/image-engine.ts';
import { oldArchive, tar } from '../../support/tar.ts';
import { comparisons, keyOf } from '../suite/texts.ts';
import type { Facts, Outcome } from './facts.ts';
import { packageExtension } from './vsix.ts';

const onMachine = ['trusted', 'untrusted', 'virtual'] as const;
const inBrowser = 'browser';

export type Suite = (typeof onMachine)[number] | typeof inBrowser;

export interface Prepared {
  readonly vsix: string;
  /** The extension that VS Code takes to be under development, with the suites in it. */
  readonly companion: string;
  suiteOf(suite: Suite): string;
  /** For what VS Code is started with. */
  readonly env: Readonly<Record<string, string>>;
  readonly extensions: string;
  /** Before each suite: the outcomes that follow are of it. */
  begin(heard: () => void, failed: (outcome: Outcome) => Promise<unknown>): void;
  /** How many tests there were since, and how many of them failed. */
  counts(): { readonly all: number; readonly failed: number };
  close(): void;
}

const cli = inRepository('dist', 'cli.cjs');

/** What the command line makes of the texts. */
function repairedTexts(cwd: string): Record<string, string> {
  const repaired = comparisons.map(([repair, input]): [string, string] => {
    const flags = repair === 'unsafe' ? ['--unsafe'] : [];
    const output = execFileSync(process.execPath, [cli, 'fix', ...flags, '--fail-on', 'never', '-'], {
      ...{ input, cwd, encoding: 'utf8' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    return [keyOf(repair, input), output];
  });
  return Object.fromEntries(repaired);
}

/** Of `cd $DIR`. */
const comment = {
  ...{ file: '-', line: 1, endLine: 1, column: 4, endColumn: 8, level: 'info', code: 2086 },
  message: 'Double quote to prevent globbing and word splitting.',
};

function standInForShellcheck(folder: string, asked: string): void {
  mkdirSync(folder);
  const answer = JSON.stringify({ comments: [comment] });
  const file = path.join(folder, 'shellcheck');
  writeFileSync(file, `#!/bin/sh\necho asked >>'${asked}'\ncat >/dev/null\necho '${answer}'\n`);
  chmodSync(file, 0o755);
}

const reportOf = (ArtifactName: string, Vulnerabilities: readonly object[]): string =>
  JSON.stringify({
    ...{ SchemaVersion: 2, ArtifactName },
    Results: [{ Class: 'os-pkgs', Type: 'debian', Vulnerabilities }],
  });

const scanReport = reportOf(
  'example/scanned:1',
  ['CVE-2026-0001', 'CVE-2026-0002'].map(id => ({
    VulnerabilityID: id,
    PkgName: 'openssl',
    InstalledVersion: '3.0.9-1',
    FixedVersion: '3.0.11-1',
    Severity: 'CRITICAL',
  })),
);

/** In 500 packages. */
const largeReport = reportOf(
  'example/large:1',
  Array.from({ length: 5_000 }, (_, at) => ({
    VulnerabilityID: `CVE-2025-${10_000 + at}`,
    PkgName: `package-${at % 500}`,
    InstalledVersion: '1.2.3-1',
    FixedVersion: at % 3 === 0 ? '1.2.3-2' : '',
    Severity: ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'][at % 4],
    Title: `package-${at % 500}: a weakness of some length, as they have them, number ${at}`,
    PrimaryURL: `https://example.com/CVE-2025-${10_000 + at}`,
  })),
);

function standInForScanner(folder: string): void {
  const [file, large] = [path.join(folder, 'trivy'), path.join(folder, 'large.json')];
  const script = `case "$1" in --version) echo 'Version: 0.74.0'; exit ;; esac
for word in "$@"; do case "$word" in --output=*) file="\${word#*=}" ;; esac; done
case "$*" in *large:1*) cat '${large}' >"$file"; exit ;; esac
cat >"$file" <<'END'
${scanReport}
END
`;
  writeFileSync(large, largeReport);
  writeFileSync(file, `#!/bin/sh\n${script}`);
  chmodSync(file, 0o755);
}

/**
 * An engine that has one image. It repeats what Docker has said of a build that fails, goes on until it is stopped, or makes
 * an image to compare, which is smaller once the file is repaired.
 */
function standInForDocker(folder: string, state: string): void {
  const said = inRepository('test/build/recorded/buildkit/failrun.txt');
  const file = path.join(folder, 'docker');
  const script = `case "$*" in
*slow:1*) trap "echo stopped >'${state}'; exit 130" INT
echo started >'${state}'
while :; do sleep 0.05; done ;;
build*compared:1*) case "$*" in *-repaired*) id=aaaaaaaaaaaa ;; *) id=bbbbbbbbbbbb ;; esac
for word in "$@"; do case "$word" in --iidfile=*) echo "$id" >"\${word#*=}" ;; esac; done ;;
'image inspect aaaaaaaaaaaa') echo '[{"Size":90000000,"RootFS":{"Layers":["a"]},"Config":{"User":"node"}}]' ;;
'image inspect bbbbbbbbbbbb') echo '[{"Size":182000000,"RootFS":{"Layers":["a"]},"Config":{"User":""}}]' ;;
'image inspect --format {{.Id}} compared:1'*) echo sha256:1 ;;
build*) cat '${said}' >&2; exit 1 ;;
--version) echo 'Docker version 20.10.24' ;;
'image inspect --format {{.Id}} example/scanned:1'|'image inspect --format {{.Id}} example/large:1') echo sha256:1 ;;
*) echo 'Error: No such image' >&2; exit 1 ;;
esac
`;
  writeFileSync(file, `#!/bin/sh\n${script}`);
  chmodSync(file, 0o755);
}

/** An engine with one image, built from `FROM debian:13` and `RUN make`. */
function standInForEngine(folder: string): void {
  const image = {
    layers: [3, 2].map((megabytes, at) =>
      tar({ path: `usr/f${at}`, data: Buffer.alloc(megabytes * 1_000_000) }),
    ),
    history: [{ created_by: '# debian.sh' }, { created_by: 'RUN /bin/sh -c make # buildkit' }],
  };
  const archive = path.join(folder, 'image.tar');
  writeImageEngine(folder, image, `exec /bin/cat '${archive}'`, 'nerdctl');
  writeFileSync(archive, oldArchive(image));
}

async function bundleCompanion(folder: string, facts: Facts): Promise<void> {
  mkdirSync(folder);
  const manifest = {
    ...{ name: 'companion', publisher: 'bulkhead', version: '0.0.0', engines: { vscode: '^1.91.0' } },
    ...{ main: './node/companion.js', browser: './web/companion.js' },
    activationEvents: ['onFileSystem:memory'],
    capabilities: { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  const external = ['vscode'];
  const common = {
    absWorkingDir: inRepository(),
    bundle: true,
    format: 'cjs',
    external,
    entryNames: '[name]',
    define: { BULKHEAD_FACTS: JSON.stringify(facts) },
  } as const;
  const entries = (names: readonly string[]): string[] => [
    'test/vscode/support/companion.ts',
    ...names.map(name => `test/vscode/suite/${name}.ts`),
  ];
  await build({
    ...{ ...common, platform: 'node', outdir: path.join(folder, 'node') },
    entryPoints: entries(onMachine),
  });
  await build({
    ...{ ...common, platform: 'browser', outdir: path.join(folder, 'web') },
    entryPoints: entries([inBrowser]),
    alias: { 'node:assert/strict': './test/vscode/support/assert.ts' },
  });
}

function show({ name, milliseconds, error }: Outcome): void {
  console.log(`${error === null ? 'ok    ' : 'FAILED'} ${name} (${milliseconds} ms)`);
  if (error !== null) console.log(error.replace(/^/gm, '       '));
}

export async function prepare(work: string): Promise<Prepared> {
  const at = (...parts: string[]): string => path.join(work, ...parts);
  let outcomes: Outcome[] = [];
  let heard = (): void => {};
  let failed = async (_: Outcome): Promise<unknown> => undefined;
  const runner = createServer(async (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    const outcome = JSON.parse(await text(request)) as Outcome;
    outcomes.push(outcome);
    show(outcome);
    heard();
    if (outcome.error !== null) await failed(outcome);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(runner, 'listening');
  const address = runner.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  packageExtension(at('bulkhead.vsix'));
  mkdirSync(at('empty'));
  standInForShellcheck(at('bin'), at('asked'));
  standInForScanner(at('bin'));
  standInForDocker(at('bin'), at('build'));
  standInForEngine(at('bin'));
  await bundleCompanion(at('companion'), {
    runner: `http://127.0.0.1:${port}/`,
    repaired: repairedTexts(at('empty')),
    cli,
    extensions: at('extensions'),
    asked: at('asked'),
    build: at('build'),
  });
  return {
    vsix: at('bulkhead.vsix'),
    companion: at('companion'),
    suiteOf: suite => at('companion', suite === inBrowser ? 'web' : 'node', `${suite}.js`),
    env: { PATH: `${at('bin')}${path.delimiter}${process.env.PATH}` },
    extensions: at('extensions'),
    begin(listener, failureListener) {
      outcomes = [];
      heard = listener;
      failed = failureListener;
      if (existsSync(at('asked'))) rmSync(at('asked'));
    },
    counts: () => ({ all: outcomes.length, failed: outcomes.filter(({ error }) => error !== null).length }),
    close: () => runner.close(),
  };
}
