// What is shipped: the bundles, what goes into each, and what they share.
import { readFileSync } from 'node:fs';
import type { BuildOptions, Plugin } from 'esbuild';

/**
 * The build of `yaml` for Node asks `process.env` at each token and cannot be shaken: the one for browsers reads 1,000
 * lines in 3.3 ms instead of 4.7, and starts 20 ms sooner.
 */
const alias = { yaml: './node_modules/yaml/browser/dist/index.js' };
const onNode = { platform: 'node', format: 'cjs', target: 'node20', alias } as const;
const inWorker = { platform: 'browser', format: 'iife', target: 'es2022', alias } as const;

/** A file that a bundle loads at run time from beside it instead of holding it. */
const apart = (file: RegExp, bundle: string): Plugin => ({
  name: `${bundle} apart`,
  setup: ({ onResolve }) => {
    onResolve({ filter: file }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: `./${bundle}`, external: true },
    );
  },
});

/** In a browser an extension is one file; on the desktop the same file does all but start a process. */
const clientApart = apart(/\/extension\.web\.ts$/, 'client.cjs');

/**
 * The language server answers its client before it reads its larger part: a file of its own, since V8 goes through the
 * whole of a file before running any of it. At 0.8 MB that was 12 ms, or a sixth of the time to the first answer. The
 * server on Node and that in a worker load the same one: a module there, a global variable here.
 */
const sessionApart = apart(/\/session\.ts$/, 'session.js');
/** The extension's server process takes the protocol's library out of the worker, which is needed for browsers anyway. */
const libraryApart = apart(/\/connection\.ts$/, 'worker.js');

/** What only the page of a rule tells, and no server shows: an eighth of the bytes. Where it stands is Biome's doing. */
const untold: readonly [pattern: RegExp, instead: string][] = [
  [/^ {2}examples: \{\n(?:.*\n)*? {2}\},$/m, '  examples: { bad: [], good: [] },'],
  [/^ {4}limits:\s+'(?:[^'\\]|\\.)*',$/m, ''],
  [/(?<=^ {2}fix: \{[^}]*?\bwhy:\s+)'(?:[^'\\]|\\.)*'/m, "''"],
];

const withoutPages: Plugin = {
  name: 'without pages',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/rules\/(?:dockerfile|compose)\/[^/]+\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const contents = untold.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
      if (!contents.includes(untold[0]?.[1] ?? '')) throw new Error(`${path} has its examples elsewhere.`);
      return { contents, loader: 'ts' };
    });
  },
};

/** Of the protocol's types dockerfile-ast calls two functions; the other 30 KB cannot be shaken off. */
const fewTypes: Plugin = {
  name: 'few types',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/vscode-languageserver-types\/lib\/umd\/main\.js$/ }, () => ({
      contents: `
        exports.Position = { create: (line, character) => ({ line, character }) };
        exports.Range = {
          create: (a, b, c, d) =>
            c === undefined ? { start: a, end: b } : { start: { line: a, character: b }, end: { line: c, character: d } },
        };
      `,
    }));
  },
};

const session: BuildOptions = {
  platform: 'neutral',
  format: 'iife',
  target: 'es2022',
  alias,
  mainFields: ['module', 'main'],
  plugins: [withoutPages, fewTypes],
  globalName: 'bulkheadSession',
  // The second half is never run: from it Node tells which names an `import()` gives.
  footer: {
    js: 'if(typeof module==="object")module.exports=bulkheadSession;0&&(module.exports={createSession});',
  },
};

export const bundles: Readonly<Record<string, BuildOptions>> = {
  'dist/client.cjs': {
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    alias,
    entryPoints: ['client/extension.web.ts'],
    external: ['vscode'],
  },
  'dist/desktop.cjs': {
    ...onNode,
    entryPoints: ['client/extension.ts'],
    plugins: [clientApart],
    // As a `require`, which gives the names of a module of yesterday's kind.
    supported: { 'dynamic-import': false },
  },
  'dist/server.cjs': { ...onNode, entryPoints: ['server/node/stdio.ts'], plugins: [sessionApart] },
  'dist/session.js': { ...session, entryPoints: ['server/lsp/session.ts'] },
  'dist/worker.js': {
    ...inWorker,
    entryPoints: ['server/web/worker.ts'],
    globalName: 'bulkheadServer',
    footer: { js: 'if(typeof module==="object")module.exports=bulkheadServer;' },
  },
  'dist/channel.cjs': {
    ...onNode,
    entryPoints: ['server/node/channel.ts'],
    plugins: [sessionApart, libraryApart],
  },
  'dist/cli.cjs': { ...onNode, entryPoints: ['server/cli/main.ts'], banner: { js: '#!/usr/bin/env node' } },
};
