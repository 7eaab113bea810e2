// Builds what is shipped, into dist/.
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { bundles } from './bundles.ts';
import { licenceTexts } from './licences.ts';
import { inRepository } from './repository.ts';

const { version } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8')) as { version: string };

async function bundle(outfile: string, options: BuildOptions): Promise<Metafile> {
  const { metafile } = await build({
    ...options,
    absWorkingDir: inRepository(),
    define: { 'process.env.BULKHEAD_VERSION': JSON.stringify(version) },
    outfile,
    bundle: true,
    minify: true,
    charset: 'utf8',
    metafile: true,
    logLevel: 'warning',
    // What a bundle leaves to its surroundings is named in its options; a module that cannot be had is no mere warning.
    logOverride: { 'require-resolve-not-external': 'error', 'unsupported-require-call': 'error' },
  });
  const given = options.external ?? [];
  const missing = Object.values(metafile.outputs)
    .flatMap(output => output.imports.map(({ path }) => path))
    .filter(path => !given.includes(path));
  if (options.platform !== 'node' && missing.length > 0) {
    throw new Error(`${outfile} would load ${missing.join(', ')} at run time.`);
  }
  if (options.banner?.js?.startsWith('#!')) chmodSync(inRepository(outfile), 0o755);
  console.log(`${outfile}  ${Math.round(statSync(inRepository(outfile)).size / 1024)} KB`);
  return metafile;
}

const metafiles: Metafile[] = [];
for (const built of await Promise.allSettled(Object.entries(bundles).map(([to, from]) => bundle(to, from)))) {
  if (built.status === 'fulfilled') {
    metafiles.push(built.value);
  } else {
    console.error(String(built.reason));
    process.exitCode = 1;
  }
}
// Of the files that end in .js none is a module of today's kind, whatever the package around them says.
writeFileSync(inRepository('dist/package.json'), '{"type":"commonjs"}\n');
writeFileSync(inRepository('dist/licences.txt'), licenceTexts(metafiles));
