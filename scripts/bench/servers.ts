// Measures the language server from outside, beside a bare one in the same run, where the harness lies beside the repository.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { markdownTable } from '../generate/markdown.ts';
import { inRepository } from '../repository.ts';

const harness = inRepository('..', 'shared', 'bench');

const inputs = [
  ['d40.Dockerfile', 'dockerfile'],
  ['d2000.Dockerfile', 'dockerfile'],
  ['compose-100.yaml', 'dockercompose'],
  ['compose-1000.yaml', 'dockercompose'],
] as const;

interface Figures {
  readonly spawn_to_initialize: { readonly median: number };
  readonly spawn_to_first_diagnostics: { readonly median: number };
  readonly edit_to_diagnostics: { readonly median: number; readonly p95: number };
  readonly peak_rss_mb_end: number;
}

function measure(server: string, file: string, language: string): Figures {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      path.join(harness, 'lspbench.mjs'),
      ...['--file', path.join(harness, 'inputs', file), '--language', language],
      ...['--', process.execPath, server, '--stdio'],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The harness ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

async function bareServer(folder: string): Promise<string> {
  const outfile = path.join(folder, 'bare-server.cjs');
  await build({
    ...{ absWorkingDir: inRepository(), entryPoints: ['scripts/bench/bare-server.ts'], outfile },
    ...{ bundle: true, minify: true, platform: 'node', format: 'cjs' },
  });
  return outfile;
}

/** A table, or null where there is nothing to measure with. */
export async function serverTable(): Promise<string | null> {
  const ours = inRepository('dist', 'server.cjs');
  if (!existsSync(harness) || !existsSync(ours)) return null;
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-bench-'));
  try {
    const servers = [
      ['bare', await bareServer(folder)],
      ['bulkhead', ours],
    ] as const;
    const rows = inputs.flatMap(([file, language]) =>
      servers.map(([name, server]) => {
        const figures = measure(server, file, language);
        const { median, p95 } = figures.edit_to_diagnostics;
        return [
          name,
          file,
          `${figures.spawn_to_initialize.median}`,
          `${figures.spawn_to_first_diagnostics.median}`,
          `${median} / ${p95}`,
          `${figures.peak_rss_mb_end}`,
        ];
      }),
    );
    const head = [
      'server',
      'file',
      'initialize',
      'first diagnostics',
      'edit to diagnostics, median / p95',
      'peak MB',
    ];
    return markdownTable(head, rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
