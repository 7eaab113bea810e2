// Of the protocol's types those that somebody names. Each is a check and a constructor, which cannot be shaken off as the
// library writes them.
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { filesBelow, inRepository } from './repository.ts';

const source = './node_modules/vscode-languageserver-types/lib/esm/main.js';

const libraries = ['vscode-languageclient', 'vscode-languageserver', 'vscode-languageserver-protocol'];
const alias = /const (\w+) = (?:__importStar\()?require\("vscode-languageserver-(?:protocol|types)[^"]*"\)/g;

/** What follows the names by which a file of a library calls the protocol. */
function membersIn(text: string): string[] {
  const aliases = [...text.matchAll(alias)].map(([, name]) => name);
  const member = new RegExp(`\\b(?:${aliases.join('|')})\\.(\\w+)`, 'g');
  return aliases.length > 0 ? [...text.matchAll(member)].map(([, name = '']) => name) : [];
}

/** What a file of ours imports, whether as a value or as a type. */
const importsIn = (text: string): string[] =>
  [...text.matchAll(/^import \{([^}]*)\} from 'vscode-language/gm)].flatMap(([, names = '']) =>
    names.split(/[\s,]+/),
  );

function namesUsed(): Set<string> {
  const read = (file: string): string => readFileSync(inRepository(file), 'utf8');
  const theirs = libraries.flatMap(name =>
    filesBelow(`node_modules/${name}/lib`, file => file.endsWith('.js')),
  );
  const ours = ['client', 'server/lsp'].flatMap(folder => filesBelow(folder, file => file.endsWith('.ts')));
  return new Set([
    ...theirs.flatMap(file => membersIn(read(file))),
    ...ours.flatMap(file => importsIn(read(file))),
  ]);
}

/** As TypeScript writes a namespace. */
const opened = /^(export )?var (\w+);\n\(function \(\2\) \{$/gm;
const closed = /^\}\)\((\w+) \|\| \(\1 = \{\}\)\);$/gm;

/** A namespace as what a call gives, which is left out where nobody uses it. */
const shakable = (text: string): string =>
  text
    .replace(opened, '$1const $2 = /* @__PURE__ */ (function ($2) {')
    .replace(closed, 'return $1;\n})({});');

export const usedTypes: Plugin = {
  name: 'used types',
  setup: ({ onResolve, onLoad }) => {
    const text = shakable(readFileSync(inRepository(source), 'utf8'));
    const used = namesUsed();
    const names = [...text.matchAll(/^export (?:const|var|class) (\w+)/gm)].map(([, name = '']) => name);
    onResolve({ filter: /^vscode-languageserver-types$/ }, () => ({ path: 'used', namespace: 'types' }));
    onLoad({ filter: /^used$/, namespace: 'types' }, () => ({
      resolveDir: inRepository(),
      contents: `export { ${names.filter(name => used.has(name)).join(', ')} } from '${source}';`,
    }));
    onLoad({ filter: /\/vscode-languageserver-types\/lib\/esm\/main\.js$/ }, () => ({ contents: text }));
  },
};
