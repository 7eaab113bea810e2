// Builds what is shipped, into dist/.
import { appendFileSync, chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { minify } from '@swc/core';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { bundles, shippedWithExtension } from './bundles.ts';
import { licenceTexts } from './licences.ts';
import { inRepository } from './repository.ts';

const { version } = JSON.parse(readFileSync(inRepository('package.json'), 'utf8')) as { version: string };

/** Once more, by the tool that takes longer and finds more: a twentieth of what is downloaded. */
async function minifyAgain(file: string): Promise<void> {
  const { code } = await minify(readFileSync(file, 'utf8'), {
    // Unsafe only for a function that has no `this` and is called with `new` all the same.
    compress: { passes: 2, ecma: 2022, unsafe_arrows: true },
    mangle: true,
    ecma: 2022,
  });
  writeFileSync(file, code);
}

async function bundle(outfile: string, { footer, ...options }: BuildOptions): Promise<Metafile> {
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
  const file = inRepository(outfile);
  if (shippedWithExtension(outfile)) await minifyAgain(file);
  // What it says to Node is no code, and would be minified away.
  if (footer?.js !== undefined) appendFileSync(file, footer.js);
  const given = options.external ?? [];
  const missing = Object.values(metafile.outputs)
    .flatMap(output => output.imports.map(({ path }) => path))
    .filter(path => !given.includes(path));
  if (options.platform !== 'node' && missing.length > 0) {
    throw new Error(`${outfile} would load ${missing.join(', ')} at run time.`);
  }
  if (options.banner?.js?.startsWith('#!')) chmodSync(file, 0o755);
  console.log(`${outfile}  ${Math.round(statSync(file).size / 1024)} KB`);
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
