// Runs the tests: all files, or those of which the path contains one of the given words. Flags go on to the test runner.
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { filesBelow, inRepository } from './repository.ts';

/** Tests that need a real component: each has a script of its own. */
const apart = /^test\/(?:docker|vscode)\//;

const flags = process.argv.slice(2).filter(word => word.startsWith('-'));
const words = process.argv.slice(2).filter(word => !word.startsWith('-'));
const files = filesBelow('test', path => path.endsWith('.test.ts') && !apart.test(path)).filter(
  path => words.length === 0 || words.some(word => path.includes(word)),
);
if (files.length === 0) {
  console.error(`No test file has ${words.join(' or ')} in its path.`);
  process.exit(2);
}
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', '--test', `--test-concurrency=${availableParallelism()}`, ...flags, ...files],
  { cwd: inRepository(), stdio: 'inherit' },
);
process.exit(status ?? 1);
