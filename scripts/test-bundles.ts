// What tests start as processes: the bundles that are shipped, but readable, with the product's rules or with a few toys.
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundles } from './bundles.ts';
import { inRepository } from './repository.ts';

/** `toy`: those beside the tests, which do not change with the product's. */
export type Rules = 'toy' | 'product';

/** The folder of the tests that start them. */
type Tests = 'cli' | 'lsp';

const server = ['server.cjs', 'session.js', 'local.cjs', 'on-demand.cjs'];
const started: Readonly<Record<Tests, Readonly<Record<Rules, readonly string[]>>>> = {
  cli: { toy: ['cli.cjs'], product: ['cli.cjs'] },
  lsp: { toy: [...server, 'channel.cjs', 'protocol.js', 'connection.js', 'worker.js'], product: server },
};

const toyRules = (tests: Tests): Plugin => ({
  name: 'toy rules',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/rules\/index\.generated\.ts$/ }, () => ({
      path: inRepository(`test/${tests}/rules.ts`),
    })),
});

async function bundleInto(folder: string, tests: Tests, rules: Rules): Promise<void> {
  const made = started[tests][rules].map(name => {
    const options = bundles[`dist/${name}`];
    return build({
      ...options,
      absWorkingDir: inRepository(),
      define: { 'process.env.BULKHEAD_VERSION': '"1.2.3"' },
      outfile: path.join(folder, name),
      bundle: true,
      logLevel: 'error',
      plugins: [...(options?.plugins ?? []), ...(rules === 'toy' ? [toyRules(tests)] : [])],
    });
  });
  await Promise.all(made);
}

const shared = 'BULKHEAD_TEST_BUNDLES';
const compileCache = 'compile-cache.cjs';
const folderIn = (root: string, tests: Tests, rules: Rules): string => path.join(root, `${tests}-${rules}`);

/** Once for all files that start one; what tells their processes so. */
export async function bundleForAll(root: string, files: readonly string[]): Promise<Record<string, string>> {
  const wanted = (['cli', 'lsp'] as const).filter(tests =>
    files.some(file => file.startsWith(`test/${tests}/`)),
  );
  const all = wanted.flatMap(tests => [[tests, 'toy'] as const, [tests, 'product'] as const]);
  await Promise.all(all.map(([tests, rules]) => bundleInto(folderIn(root, tests, rules), tests, rules)));
  if (wanted.length > 0) copyFileSync(inRepository('scripts', compileCache), path.join(root, compileCache));
  return { [shared]: root };
}

/** For Node, in front of a bundle for all. */
export function startFlags(): string[] {
  const root = process.env[shared];
  return root === undefined ? [] : ['--require', path.join(root, compileCache)];
}

/** Where they are; in a folder of their own, if nobody has bundled them for all. */
export async function bundled(tests: Tests, rules: Rules, ownFolder: () => string): Promise<string> {
  const root = process.env[shared];
  if (root !== undefined) return folderIn(root, tests, rules);
  const folder = ownFolder();
  await bundleInto(folder, tests, rules);
  return folder;
}
