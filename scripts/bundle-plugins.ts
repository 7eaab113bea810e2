// What goes into a bundle and what stays out: files that stand beside it, and parts that nothing of ours uses.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin, StdinOptions } from 'esbuild';
import { inRepository } from './repository.ts';

/** A file that a bundle loads at run time from beside it instead of holding it. */
export const apart = (file: RegExp, bundle: string): Plugin => ({
  name: `${bundle} apart`,
  setup: ({ onResolve }) => {
    onResolve({ filter: file }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: `./${bundle}`, external: true },
    );
  },
});

/** Modules that a bundle takes from another one, which holds them anyway, and by then is loaded. */
export const heldBy = (bundle: string, modules: readonly string[]): Plugin => ({
  name: `held by ${bundle}`,
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path: written, resolveDir }) => {
      const file = path.relative(inRepository(), path.resolve(resolveDir, written));
      return modules.includes(file.replaceAll('\\', '/'))
        ? { path: `./${bundle}`, external: true }
        : undefined;
    });
  },
});

const protocolLibrary = 'node_modules/vscode-languageserver-protocol/lib/browser/main.js';

/** The protocol's library and the documents that belong to it, as one module. */
export const protocol: StdinOptions = {
  contents: `
    module.exports = require('./${protocolLibrary}');
    module.exports.documents = require('vscode-languageserver-textdocument');
  `,
  resolveDir: inRepository(),
};

/**
 * The protocol's library, of which client and server each have a copy of their own in `node_modules`, stands beside both.
 * A worker has no `require`: there, the script has run before and left a global variable.
 */
export const protocolApart: Plugin = {
  name: 'protocol apart',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^vscode-(?:languageserver-protocol|jsonrpc)(?:\/|$)/ }, ({ path }) =>
      /^vscode-languageserver-protocol(?:\/browser)?$/.test(path)
        ? { path: 'protocol', namespace: 'apart' }
        : { errors: [{ text: `protocol.js does not hold ${path}.` }] },
    );
    onResolve({ filter: /^vscode-languageserver-textdocument$/ }, () => ({
      path: 'documents',
      namespace: 'apart',
    }));
    onResolve({ filter: /^protocol$/, namespace: 'apart' }, () => ({ path: 'protocol', namespace: 'apart' }));
    onResolve({ filter: /^\.\/protocol\.js$/, namespace: 'apart' }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /^protocol$/, namespace: 'apart' }, () => ({
      contents:
        'module.exports = typeof bulkheadProtocol === "undefined" ? require("./protocol.js") : bulkheadProtocol;',
    }));
    onLoad({ filter: /^documents$/, namespace: 'apart' }, () => ({
      contents: 'module.exports = require("protocol").documents;',
    }));
  },
};

/** What only the page of a rule tells, and no server shows: a fifth of the bytes. Where it stands is Biome's doing. */
const examples = /^ {2}examples: \{\n(?:.*\n)*? {2}\},\n/gm;
const untold: readonly RegExp[] = [
  examples,
  /^ {4}(?:limits|remedy):\s+(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`),\n/gm,
  /^ {4}references: \[[^\]]*\],\n/gm,
  /(?<=^ {2}fix: \{[^}]*?)\bwhy:\s+'(?:[^'\\]|\\.)*',?/gm,
];

export const withoutPages: Plugin = {
  name: 'without pages',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/(?:rules\/(?:dockerfile|compose)\/[^/]+|engine\/meta-rules)\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const contents = untold.reduce((rest, pattern) => rest.replace(pattern, ''), text);
      if (text.search(examples) < 0 && !path.endsWith('meta-rules.ts')) {
        throw new Error(`${path} has its examples elsewhere.`);
      }
      return { contents, loader: 'ts' };
    });
  },
};

/** Of the protocol's types dockerfile-ast calls two functions; the other 30 KB cannot be shaken off. */
export const fewTypes: Plugin = {
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

/** The methods of its classes that lead to what the adapter asks; all others would be most of its bytes. */
const methodsAsked: Readonly<Record<string, readonly string[]>> = {
  'instruction.js': [
    'constructor',
    'getRangeContent',
    'getInstructionRange',
    'getArguments',
    'getRawArguments',
  ],
  'instructions/from.js': ['constructor', 'stopSearchingForFlags', 'getImageRange', 'getBuildStageRange'],
};

/** To the shell model globs are text: that they are taken apart, nobody asks. */
export const plainGlobs: Plugin = {
  name: 'plain globs',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\/unbash\/dist\/glob\.js$/ }, () => ({
      contents: `
        export const hasGlobCharacters = () => false;
        export const parseGlobParts = (source, start, end, parts) => parts;
      `,
    }));
  },
};

/** Of dockerfile-ast the two nodes that the adapter asks for: the file's own parser, and all other nodes, stay out. */
export const fewNodes: Plugin = {
  name: 'few nodes',
  setup: ({ onResolve, onLoad }) => {
    const library = inRepository('node_modules/dockerfile-ast/lib');
    const left = new Set<string>();
    const contents = new Map<string, string>();
    for (const [name, asked] of Object.entries(methodsAsked)) {
      const file = path.join(library, name);
      const method = /^ {4}(\w+)\(.*\) \{\n(?:.*\n)*? {4}\}\n/gm;
      const kept = readFileSync(file, 'utf8').replace(method, (text, called: string) => {
        if (asked.includes(called)) return text;
        left.add(called);
        return '';
      });
      contents.set(file, kept);
    }
    onResolve({ filter: /^dockerfile-ast$/ }, () => ({ path: 'dockerfile-ast', namespace: 'nodes' }));
    onLoad({ filter: /^dockerfile-ast$/, namespace: 'nodes' }, () => ({
      resolveDir: library,
      contents:
        "export { From } from './instructions/from.js'; export { Healthcheck } from './instructions/healthcheck.js';",
    }));
    // Nodes take the names of instructions and variables from the door of the library: for what nobody asks here.
    onResolve({ filter: /^\.\/main$/ }, ({ importer }) =>
      importer.startsWith(library) ? { path: 'main', namespace: 'nodes' } : undefined,
    );
    onLoad({ filter: /^main$/, namespace: 'nodes' }, () => ({
      contents: 'exports.Keyword = {}; exports.DefaultVariables = [];',
    }));
    // Flags are counted, to be left out of the arguments.
    onLoad({ filter: /\/dockerfile-ast\/lib\/flag\.js$/ }, () => ({ contents: 'exports.Flag = class {};' }));
    onLoad({ filter: /\/dockerfile-ast\/lib\/.*nstructions?(?:\/\w+)?\.js$/ }, ({ path: file }) => {
      const text = contents.get(file) ?? readFileSync(file, 'utf8');
      const missed = [...left].find(
        name => text.includes(`this.${name}(`) || text.includes(`super.${name}(`),
      );
      if (missed !== undefined) throw new Error(`${file} calls ${missed}, which the bundle leaves out.`);
      return { contents: text };
    });
  },
};

/**
 * Of `yaml` the parser of tokens, which nothing else of it is needed for. From the build for browsers: the one for Node asks
 * `process.env` at each token, which makes 4.7 ms for 1,000 lines of 3.3.
 */
export const yamlParser: Plugin = {
  name: 'yaml parser',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^yaml$/ }, () => ({ path: 'yaml', namespace: 'parser' }));
    onLoad({ filter: /^yaml$/, namespace: 'parser' }, () => ({
      resolveDir: inRepository('node_modules/yaml/browser/dist/parse'),
      contents: "export { Lexer } from './lexer.js'; export { Parser } from './parser.js';",
    }));
  },
};

/** Chapters of the protocol in the server's half of the library that nothing of ours answers: each only adds to a class. */
const chapters = {
  callHierarchy: 'CallHierarchy',
  inlayHint: 'InlayHint',
  inlineCompletion: 'InlineCompletion',
  inlineValue: 'InlineValue',
  linkedEditingRange: 'LinkedEditingRange',
  moniker: 'Moniker',
  notebook: 'NotebookSync',
  semanticTokens: 'SemanticTokens',
  typeHierarchy: 'TypeHierarchy',
};

export const fewChapters: Plugin = {
  name: 'few chapters',
  setup: ({ onLoad }) => {
    for (const [file, name] of Object.entries(chapters)) {
      const filter = new RegExp(`/vscode-languageserver/lib/common/${file}\\.js$`);
      onLoad({ filter }, () => ({ contents: `exports.${name}Feature = Base => Base;` }));
    }
  },
};

/** The files of vscode-languageclient for what our server offers, and for what a client does unasked. */
export const clientFeatures: readonly string[] = [
  'codeAction',
  'completion',
  'configuration',
  'definition',
  'diagnostic',
  'documentHighlight',
  'documentLink',
  'documentSymbol',
  'executeCommand',
  'fileSystemWatcher',
  'foldingRange',
  'hover',
  'notebook',
  'progress',
  'reference',
  'rename',
  'textSynchronization',
  'workspaceFolder',
];

/** The feature for diagnostics asks it what is open in notebooks, of which no server of ours knows: 20 KB for nothing. */
const noNotebooks = `
  const never = () => ({ dispose() {} });
  exports.NotebookDocumentSyncFeature = class {
    static CellScheme = 'vscode-notebook-cell';
    registrationType = { method: 'notebookDocument/sync' };
    onOpenNotificationSent = never;
    onChangeNotificationSent = never;
    onCloseNotificationSent = never;
    onSaveNotificationSent = never;
    getState() { return { kind: 'static' }; }
    fillClientCapabilities() {}
    preInitialize() {}
    initialize() {}
    register() {}
    unregister() {}
    clear() {}
    handles() { return false; }
    getProvider() { return undefined; }
  };
`;

const registration = /^\s*this\.registerFeature\(new (\w+)_1\.\w+\(this\)\);\n/gm;

/** The client registers a feature for each chapter of the protocol: two fifths of its bytes, for nothing. */
export const fewFeatures: Plugin = {
  name: 'few features',
  setup: ({ onResolve, onLoad }) => {
    const left = new Set<string>();
    onLoad({ filter: /\/vscode-languageclient\/lib\/common\/client\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(registration, (line, name: string) => {
        if (clientFeatures.includes(name)) return line;
        left.add(name);
        return '';
      }),
    }));
    onResolve({ filter: /^\.\/\w+$/ }, ({ path, importer }) => {
      const name = path.slice('./'.length);
      const isLeft = left.has(name) && importer.endsWith('/vscode-languageclient/lib/common/client.js');
      return isLeft ? { path: name, namespace: 'left' } : undefined;
    });
    onLoad({ filter: /./, namespace: 'left' }, () => ({ contents: '' }));
    onLoad({ filter: /\/vscode-languageclient\/lib\/common\/notebook\.js$/ }, () => ({
      contents: noNotebooks,
    }));
    // Tells of files that no document is open for whether they match; one that names a language never does. It needs 30 KB.
    onLoad({ filter: /\/vscode-languageclient\/lib\/common\/utils\/globPattern\.js$/ }, () => ({
      contents: 'exports.matchGlobPattern = () => false;',
    }));
  },
};
