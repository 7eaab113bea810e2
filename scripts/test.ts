// Runs the tests: all files, or those of which the path contains one of the given words. Flags go on to the test runner.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filesBelow, inRepository } from './repository.ts';

/** Tests that need a real component: each has a script of its own. */
const apart = /^test\/(?:docker|vscode)\//;

/** They change nothing of their process. Most of the time of a small file goes into loading what it tests. */
const canShare =
  /^test\/(?:build|checklist|engine|insight|knowledge|language|model|repairs|report|rules|snippets|support|syntaxes|text)\//;

/** The one file that takes as long as all others of its kind together. */
const isLong = (path: string): boolean => path === 'test/rules/contract.test.ts';

/** Modules that import several files of tests: the runner starts a process for each. */
function grouped(files: readonly string[], groups: number): string[] {
  const folder = inRepository('node_modules', '.cache', 'unit');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: Math.min(groups, files.length) }, (_, index) => {
    const imports = files
      .filter((_, position) => position % groups === index)
      .map(file => `import ${JSON.stringify(pathToFileURL(inRepository(file)).href)};\n`);
    const group = join(folder, `group-${index}.test.mjs`);
    writeFileSync(group, imports.join(''));
    return group;
  });
}

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
const shared = files.filter(path => canShare.test(path) && !isLong(path));
const { status } = spawnSync(
  process.execPath,
  [
    '--import',
    'tsx',
    '--test',
    `--test-concurrency=${cores}`,
    ...flags,
    ...files.filter(path => !shared.includes(path)),
    ...grouped(shared, cores * 2),
  ],
  { cwd: inRepository(), stdio: 'inherit' },
);
process.exit(status ?? 1);
