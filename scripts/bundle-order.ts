// The order of modules in a bundle. What packs it looks 32 KB back for what it has seen before: like is to stand beside like.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BuildOptions, Plugin, PluginBuild } from 'esbuild';
import { inRepository } from './repository.ts';

/** Tables and prose before code; of code, what is alike in sequence. */
const parts: readonly RegExp[] = [
  /^(?!.*\/rules\/).*\.generated\.ts$/,
  /^server\/core\/knowledge\//,
  /^server\/core\/text\//,
  /^server\/core\/model\//,
  /^server\/core\/engine\//,
  /^server\/core\/insight\//,
  /^server\/core\/repairs\//,
  /^server\/core\/language\//,
  /^server\/core\/rules\//,
  /^server\/core\//,
];

/** Rules of a category use the same words, and so do those on the same thing, which their names begin with. */
function placeOf(file: string): string {
  const part = parts.findIndex(pattern => pattern.test(file));
  const { dir, name } = path.posix.parse(file);
  const category = /\/rules\/\w+\//.test(file)
    ? /^ {2}category: '(\w+)',$/m.exec(readFileSync(inRepository(file), 'utf8'))?.[1]
    : '';
  const at = part < 0 ? parts.length : part;
  return [String(at).padStart(2, '0'), dir, category, name].join('\n');
}

const own = /^server\/.*\.ts$/;
const name = 'like beside like';

/** Our modules that the bundle holds, each once. */
async function heldModules({ esbuild, initialOptions }: PluginBuild, entry: string): Promise<string[]> {
  const { entryPoints, plugins = [], ...options }: BuildOptions = initialOptions;
  const { metafile } = await esbuild.build({
    ...options,
    stdin: { contents: entry, resolveDir: inRepository() },
    plugins: plugins.filter(plugin => plugin.name !== name),
    write: false,
    metafile: true,
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) =>
      own.test(file) && bytesInOutput > 0 ? [file] : [],
    ),
  );
}

/**
 * Gives the entry, whatever its name, these modules to export: each module that belongs to them is imported beforehand, in an
 * order in which it finds its like.
 */
export const likeBesideLike = (exported: readonly string[]): Plugin => ({
  name,
  setup: bundle => {
    bundle.onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'entry-point' ? { path, namespace: 'ordered' } : undefined,
    );
    bundle.onLoad({ filter: /./, namespace: 'ordered' }, async () => {
      const entry = exported.map(file => `export * from './${file}';\n`).join('');
      const places = (await heldModules(bundle, entry)).map(file => ({ file, place: placeOf(file) }));
      places.sort((one, other) => (one.place < other.place ? -1 : 1));
      const imports = places.map(({ file }) => `import './${file}';\n`).join('');
      return { contents: `${imports}${entry}`, resolveDir: inRepository() };
    });
  },
});
