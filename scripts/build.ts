// Builds what is shipped, into dist/.
import { chmodSync, readFileSync, statSync } from 'node:fs';
import { type BuildOptions, build } from 'esbuild';
import { bundles } from './bundles.ts';
import { inRepository } from './repository.ts';

const { version } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8')) as {
  readonly version: string;
};

async function bundle(outfile: string, options: BuildOptions): Promise<void> {
  const { metafile } = await build({
    ...options,
    absWorkingDir: inRepository(),
    outfile,
    bundle: true,
    minify: true,
    charset: 'utf8',
    define: { 'process.env.BULKHEAD_VERSION': JSON.stringify(version) },
    metafile: true,
    logLevel: 'warning',
    // What a bundle leaves to its surroundings is named above; a module that cannot be had must not pass as a warning.
    logOverride: { 'require-resolve-not-external': 'error', 'unsupported-require-call': 'error' },
  });
  const imports = Object.values(metafile.outputs).flatMap(output => output.imports);
  if (options.platform === 'browser' && imports.length > 0) {
    throw new Error(`${outfile} would load ${imports.map(({ path }) => path).join(', ')} at run time.`);
  }
  if (options.banner?.js?.startsWith('#!')) chmodSync(inRepository(outfile), 0o755);
  console.log(`${outfile}  ${Math.round(statSync(inRepository(outfile)).size / 1024)} KB`);
}

const built = await Promise.allSettled(Object.entries(bundles).map(([to, options]) => bundle(to, options)));
for (const { reason } of built.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[]) {
  console.error(String(reason));
  process.exitCode = 1;
}
