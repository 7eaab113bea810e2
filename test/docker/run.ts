// Runs the tests on a real engine: all, or those of which the file name contains one of the given words.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runApart } from './support/apart.ts';
import { obstacle } from './support/machine.ts';
import { makeMaterials } from './support/materials.ts';

const folder = import.meta.dirname;

async function testFiles(words: readonly string[]): Promise<string[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.test.ts')).sort();
  return names
    .filter(name => words.length === 0 || words.some(word => name.includes(word)))
    .map(name => join(folder, name));
}

async function main(given: readonly string[]): Promise<number> {
  const flags = given.filter(word => word.startsWith('-'));
  const words = given.filter(word => !word.startsWith('-'));
  const files = await testFiles(words);
  if (files.length === 0) {
    console.error(`No test file has ${words.join(' or ')} in its name.`);
    return 2;
  }
  const reason = await obstacle();
  if (reason !== null) {
    console.error(`The tests on a real engine were not run: ${reason}.`);
    return process.env.CI ? 1 : 0;
  }
  const materials = await makeMaterials();
  const work = await mkdtemp(join(tmpdir(), 'bulkhead-docker-'));
  try {
    const args = ['--test', '--test-reporter=spec', '--test-concurrency=2', ...flags, ...files];
    return await runApart({ work, materials, args });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
