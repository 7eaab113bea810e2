// Runs the tests: all files, or those of which the path contains one of the given words. Flags go on to the test runner.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { filesBelow, inRepository } from './repository.ts';
import { bundleForAll } from './test-bundles.ts';

/** Tests that need a real component: each has a script of its own. */
const apart = /^test\/(?:docker|vscode)\//;

/** They change nothing of their process. Most of the time of a small file goes into loading what it tests. */
const canShare =
  /^test\/(?:build|checklist|engine|insight|knowledge|language|model|repairs|report|rules|snippets|support|syntaxes|text)\//;

/** They take longest: each alone, and before all others, as the runner goes by the alphabet. */
const long = ['test/rules/contract.test.ts', 'test/corpus.test.ts', 'test/fuzz.test.ts'];
const nameOf = (file: string): string => `${long.includes(file) ? '0/' : ''}${file.replace(/\.ts$/, '')}`;

const folder = inRepository('node_modules', '.cache', 'unit');

/** Files of which the runner starts a process each. */
type Groups = ReadonlyMap<string, readonly string[]>;

function grouped(files: readonly string[], groups: number): Groups {
  const parts = Array.from({ length: Math.min(groups, files.length) }, (_, index) => index);
  return new Map(
    parts.map(part => [`group-${part}.test`, files.filter((_, position) => position % groups === part)]),
  );
}

/** A module knows by `import.meta` where it stands; bundled it would not. */
const atHome: Plugin = {
  name: 'at home',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/](?:scripts|server|test)[\\/].*\.ts$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      const contents = text
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href))
        .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)));
      return { contents, loader: 'ts' };
    });
  },
};

/**
 * The tests as plain JavaScript, what they share in files that they share: two to three seconds for all of them, where each of
 * the eighty processes took one to translate the several hundred modules of the rules.
 */
async function translated(groups: Groups): Promise<string[]> {
  rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints: [...groups.keys()].map(name => ({ in: `group:${name}`, out: name })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    absWorkingDir: inRepository(),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [groupsOf(groups), atHome],
  });
  return [...groups.keys()].map(name => path.join(folder, `${name}.mjs`));
}

const groupsOf = (groups: Groups): Plugin => ({
  name: 'groups',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^group:/ }, entry => ({
      path: entry.path.slice('group:'.length),
      namespace: 'group',
    }));
    onLoad({ filter: /./, namespace: 'group' }, entry => ({
      resolveDir: inRepository(),
      contents: (groups.get(entry.path) ?? []).map(file => `import './${file}';\n`).join(''),
    }));
  },
});

const flags = process.argv.slice(2).filter(word => word.startsWith('-'));
const words = process.argv.slice(2).filter(word => !word.startsWith('-'));
const files = filesBelow('test', path => path.endsWith('.test.ts') && !apart.test(path)).filter(
  path => words.length === 0 || words.some(word => path.includes(word)),
);
if (files.length === 0) {
  console.error(`No test file has ${words.join(' or ')} in its path.`);
  process.exit(2);
}
const cores = availableParallelism();
const shared = files.filter(path => canShare.test(path) && !long.includes(path));
const alone = files.filter(path => !shared.includes(path));
const groups = new Map([
  ...alone.map(file => [nameOf(file), [file]] as const),
  ...grouped(shared, cores * 2),
]);
// Tidying up memory in threads of their own takes more of the cores than it saves, where each is busy with tests.
const settings = ['--enable-source-maps', '--single-threaded-gc'];
// Some wait: for what never answers, or for a process.
const atOnce = `--test-concurrency=${cores + 1}`;
const translations = await translated(groups);
const started = await bundleForAll(path.join(folder, 'started'), files);
const { status } = spawnSync(process.execPath, [...settings, '--test', atOnce, ...flags, ...translations], {
  cwd: inRepository(),
  stdio: 'inherit',
  env: { ...process.env, ...started },
});
process.exit(status ?? 1);
