// What is shipped: the bundles, what goes into each, and what they share.
import type { BuildOptions } from 'esbuild';
import { likeBesideLike } from './bundle-order.ts';
import {
  apart,
  fewChapters,
  fewFeatures,
  fewNodes,
  fewTypes,
  heldBy,
  plainGlobs,
  protocol,
  protocolApart,
  withoutPages,
  yamlParser,
} from './bundle-plugins.ts';
import { usedTypes } from './bundle-types.ts';

/** With `require` for `import()`, for which Node would read a file twice, to find the names: of the session, 50 to 100 ms. */
const onNode = {
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  supported: { 'dynamic-import': false },
} as const;
const inBrowser = { platform: 'browser', target: 'es2022' } as const;

/** A script for both worlds: a module on Node, a global variable in a worker. */
const both = (name: string): BuildOptions => ({
  format: 'iife',
  target: 'es2022',
  globalName: name,
  footer: { js: `if(typeof module==="object")module.exports=${name};` },
});

/** What is the same in every VS Code: a small entry on the desktop, another in a browser, loads it. */
const clientApart = apart(/\/main\.ts$/, 'client.cjs');

/**
 * The language server answers its client before it reads its larger part: a file of its own, since V8 goes through the
 * whole of a file before running any of it. At 0.8 MB that was 12 ms, or a sixth of the time to the first answer. The
 * server on Node and that in a worker load the same one.
 */
const sessionApart = apart(/\/session\.ts$/, 'session.js');
/** What asks programs of the machine, as the first findings do. */
const localApart = apart(/\/local\.ts$/, 'local.cjs');
/** What asks registries, reads images and builds them: in most sessions nobody does. */
const onDemandApart = apart(/\/on-demand\.ts$/, 'on-demand.cjs');
/** What both need and the session holds anyway: 4 KB, packed. */
const heldBySession = [
  'server/core/engine/image-questions.ts',
  'server/core/image/attribution.ts',
  'server/core/image/config.ts',
  'server/core/image/json.ts',
  'server/core/image/steps.ts',
  'server/core/knowledge/tag-parts.ts',
  'server/core/model/dockerignore.ts',
  'server/core/model/image-reference.ts',
  'server/core/report/html.ts',
  'server/core/report/links.ts',
  'server/core/text/bytes.ts',
  'server/core/text/globs.ts',
  'server/core/text/lines.ts',
];
/** What the one for registries needs and `local.cjs` holds anyway. */
const heldByLocal = [
  'server/node/engines.ts',
  'server/node/image/engine-problem.ts',
  'server/node/programs.ts',
  'server/node/text-file.ts',
];
const connectionApart = apart(/\/connection\.ts$/, 'connection.js');

const session: BuildOptions = {
  entryPoints: ['session'],
  ...both('bulkheadSession'),
  platform: 'neutral',
  mainFields: ['module', 'main'],
  plugins: [
    likeBesideLike(['server/lsp/session.ts', ...heldBySession]),
    withoutPages,
    fewNodes,
    fewTypes,
    plainGlobs,
    yamlParser,
  ],
};

export const bundles: Readonly<Record<string, BuildOptions>> = {
  'dist/protocol.js': {
    ...both('bulkheadProtocol'),
    platform: 'browser',
    stdin: protocol,
    plugins: [usedTypes],
  },
  'dist/client.cjs': {
    ...inBrowser,
    format: 'cjs',
    entryPoints: ['client/main.ts'],
    external: ['vscode', './protocol.js'],
    plugins: [protocolApart, fewFeatures],
  },
  'dist/browser.cjs': {
    ...inBrowser,
    format: 'cjs',
    entryPoints: ['client/extension.web.ts'],
    external: ['vscode'],
  },
  'dist/desktop.cjs': {
    ...onNode,
    entryPoints: ['client/extension.ts'],
    plugins: [clientApart],
  },
  'dist/server.cjs': {
    ...onNode,
    entryPoints: ['server/node/stdio.ts'],
    plugins: [sessionApart, localApart, onDemandApart],
  },
  'dist/session.js': session,
  'dist/connection.js': {
    ...both('bulkheadConnection'),
    platform: 'browser',
    entryPoints: ['server/lsp/connection.ts'],
    external: ['./protocol.js'],
    plugins: [protocolApart, fewChapters],
  },
  'dist/worker.js': { ...inBrowser, format: 'iife', entryPoints: ['server/web/worker.ts'] },
  'dist/channel.cjs': {
    ...onNode,
    entryPoints: ['server/node/channel.ts'],
    plugins: [sessionApart, connectionApart, localApart, onDemandApart],
  },
  'dist/local.cjs': {
    ...onNode,
    entryPoints: ['local'],
    plugins: [likeBesideLike(['server/node/local.ts', ...heldByLocal]), heldBy('session.js', heldBySession)],
  },
  'dist/on-demand.cjs': {
    ...onNode,
    entryPoints: ['on-demand'],
    plugins: [
      likeBesideLike(['server/node/on-demand.ts']),
      heldBy('session.js', heldBySession),
      heldBy('local.cjs', heldByLocal),
    ],
  },
  'dist/cli.cjs': {
    ...onNode,
    entryPoints: ['server/cli/main.ts'],
    plugins: [plainGlobs, yamlParser],
    banner: { js: '#!/usr/bin/env node' },
  },
};

/** For outside of it: the command line, and the server for editors that start one themselves. */
const apartFromExtension = ['dist/cli.cjs', 'dist/server.cjs'];

export const shippedWithExtension = (bundle: string): boolean => !apartFromExtension.includes(bundle);
