// The extension as it is shipped: one file, held to a size that is no burden to download.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { between } from './generate/product.ts';
import { inRepository } from './repository.ts';
import { packSmaller } from './zip.ts';

// Half a megabyte was wanted; pinning, sizes, scans and builds have brought it beyond.
const mostBytes = 595_500;

/** As the repository's, but for the table of rules, to which a link leads. */
function writeReadme(file: string): void {
  const text = readFileSync(inRepository('README.md'), 'utf8');
  const link =
    'The [list of rules](docs/rules/README.md) says what each reports, how severe that is, and how it is repaired.';
  writeFileSync(inRepository(file), between(text, 'rules', link));
}

/** Builds and packages the extension. */
export async function makePackage(file: string): Promise<void> {
  const readme = 'dist/extension.md';
  mkdirSync(inRepository('dist'), { recursive: true });
  writeReadme(readme);
  execFileSync('npx', ['vsce', 'package', '--no-dependencies', '--readme-path', readme, '--out', file], {
    cwd: inRepository(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const packed = await packSmaller(readFileSync(file));
  writeFileSync(file, packed);
  const size = packed.length;
  if (size > mostBytes) throw new Error(`${file} has ${size} bytes, and may have ${mostBytes}.`);
}
