// Compares with BuildKit's parser and with the peers' own tests, where their data lies beside the repository.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { peerIds } from './peers.ts';
import { inRepository } from './repository.ts';

const data = inRepository('..', 'shared', 'conformance');

/** The share of files that have to be read as BuildKit reads them. */
const parserBounds: Readonly<Record<string, number>> = { buildkit: 1, edge: 1, corpus: 1, mutants: 0.988 };

function run(script: string): string {
  const { stdout, status } = spawnSync(process.execPath, [`${data}/${script}`], {
    cwd: inRepository(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.stdout.write(stdout);
  if (status !== 0) throw new Error(`${script} ended with ${status}.`);
  return stdout;
}

function checkParser(table: string): void {
  for (const [set, bound] of Object.entries(parserBounds)) {
    const [, right, all] = new RegExp(`^${set}\\s+(\\d+) of (\\d+)`, 'm').exec(table) ?? [];
    if (right === undefined || Number(right) < bound * Number(all)) {
      throw new Error(
        `${set}: ${right ?? 0} of ${all ?? '?'} files are read as BuildKit reads them; ${bound * 100} % have to be.`,
      );
    }
  }
}

/** All rules that the tools' tables list: a line each, the id first. */
function checkPeerIds(): void {
  const tables = readdirSync(`${data}/rules`).filter(name => name.endsWith('.rules.tsv'));
  const missing = tables.flatMap(table => {
    const tool = table.replace('.rules.tsv', '');
    return readFileSync(`${data}/rules/${table}`, 'utf8')
      .split('\n')
      .map(line => line.split('\t'))
      .filter(([id = '']) => id !== '' && !peerIds[tool]?.includes(id))
      .map(([id]) => `${tool}:${id}`);
  });
  if (missing.length > 0) throw new Error(`scripts/data/peers.json lacks ${missing.join(', ')}.`);
}

if (existsSync(data)) {
  checkPeerIds();
  checkParser(run('parser/run.mjs'));
  run('run.mjs');
} else {
  console.log('No data to compare with beside the repository: nothing was compared.');
}
