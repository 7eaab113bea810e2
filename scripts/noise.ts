// How much the recommended profile says about the official images and Docker's own examples of Compose, where they lie
// beside the repository: it goes into docs/noise.md, file by file. Of the images, the findings at warning or above must
// not be more than the bound on average.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { markdownTable } from './generate/markdown.ts';
import { between } from './generate/product.ts';
import { filesBelow, inRepository } from './repository.ts';

const corpus = '../shared/corpus';
const isOfficial = (path: string): boolean =>
  /\/(?:docker-library\+[^/]+|nginx\+docker-nginx|nodejs\+docker-node)\/.+\/Dockerfile(?:\.\w+)?$/.test(path);
const isExample = (path: string): boolean => /\/docker\+awesome-compose\/.+\.ya?ml$/.test(path);
const mostOnAverage = 1.5;
const page = inRepository('docs', 'noise.md');

interface Listing {
  readonly files: readonly {
    readonly path: string;
    readonly findings: readonly {
      readonly rule: string;
      readonly severity: string;
      readonly range: { readonly start: { readonly line: number } };
    }[];
  }[];
}

function lint(paths: readonly string[]): Listing {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'server/cli/main.ts', 'lint', '--format', 'json', ...paths],
    { cwd: inRepository(), encoding: 'utf8', maxBuffer: 1 << 30 },
  );
  if (status === null || status > 1) throw new Error(stderr);
  return JSON.parse(stdout);
}

function list(
  { files }: Listing,
  counts: (severity: string) => boolean,
): { readonly table: string; readonly average: number } {
  const rows = files.map(({ path, findings }) => {
    const counted = findings.filter(({ severity }) => counts(severity));
    return [
      path.slice(corpus.length + 1),
      counted.map(({ rule, range }) => `${rule} (${range.start.line + 1})`),
    ] as const;
  });
  const count = rows.reduce((sum, [, found]) => sum + found.length, 0);
  const average = count / rows.length;
  const table = markdownTable(
    ['file', 'findings (line)'],
    rows.map(([path, found]) => [path, found.join(', ')]),
  );
  return {
    table: `${count} findings in ${rows.length} files: ${average.toFixed(2)} a file.\n\n${table}`,
    average,
  };
}

if (existsSync(inRepository(corpus))) {
  const isSerious = (severity: string): boolean => severity === 'error' || severity === 'warning';
  const { table, average } = list(lint(filesBelow(corpus, isOfficial)), isSerious);
  const compose = list(lint(filesBelow(corpus, isExample)), () => true);
  const images = between(readFileSync(page, 'utf8'), 'list', `\n${table}\n`);
  writeFileSync(page, between(images, 'compose-list', `\n${compose.table}\n`));
  console.log(`${table}\n\n${compose.table}`);
  if (average > mostOnAverage)
    throw new Error(`${average.toFixed(2)} findings a file: ${mostOnAverage} are the most.`);
} else {
  console.log('No official images beside the repository: nothing was listed.');
}
