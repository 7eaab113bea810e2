// Tokens as VS Code makes them: its own engine and grammars, with the grammars that package.json declares injected.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { inRepository } from '../../scripts/repository.ts';

export interface Token {
  readonly text: string;
  readonly start: number;
  /** Outermost first. */
  readonly scopes: readonly string[];
}

export type Tokenize = (text: string) => Token[];

interface Declared {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

interface Manifest {
  readonly contributes: { readonly grammars: readonly Declared[] };
}

const require = createRequire(import.meta.url);
const manifest = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8'));

/** The grammars that this extension brings. */
export const ownGrammars: readonly Declared[] = manifest(inRepository('package.json')).contributes.grammars;

/** The manifests of VS Code's own extensions for these languages; their grammars lie beside them. */
const builtIn = [
  require.resolve('@codingame/monaco-vscode-docker-default-extension/resources/package.json'),
  require.resolve('@codingame/monaco-vscode-shellscript-default-extension/resources/package.json'),
  require.resolve('@codingame/monaco-vscode-yaml-default-extension/resources/package.json'),
];

/** Scope name -> file. */
const files: ReadonlyMap<string, string> = new Map([
  ...builtIn.flatMap(file =>
    manifest(file).contributes.grammars.map(({ scopeName, path: grammar }): [string, string] => [
      scopeName,
      path.join(path.dirname(file), path.basename(grammar)),
    ]),
  ),
  ...ownGrammars.map(({ scopeName, path: file }): [string, string] => [scopeName, inRepository(file)]),
]);

/** A grammar that never lets go: what it opens, only the grammar around it can close. */
const greedy = (scopeName: string): string =>
  JSON.stringify({ scopeName, patterns: [{ begin: '(?=\\S)', end: '(?!)', name: `greedy.${scopeName}` }] });

const engine = oniguruma
  .loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')))
  .then(() => ({
    createOnigScanner: (sources: string[]) => oniguruma.createOnigScanner(sources),
    createOnigString: (text: string) => oniguruma.createOnigString(text),
  }));

/** Fails where a pattern is none. */
export async function compile(pattern: string): Promise<void> {
  (await engine).createOnigScanner([pattern]).dispose?.();
}

interface Setup {
  /** `false`: VS Code as it is without us. */
  readonly injected?: boolean;
  /** `true`: what is opened in the shell stays open. */
  readonly greedyShell?: boolean;
}

/** A tokenizer for documents whose grammar has that scope name. Embedded languages but the shell are greedy. */
export async function tokenizer(
  scopeName: string,
  { injected = true, greedyShell = false }: Setup = {},
): Promise<Tokenize> {
  const registry = new textmate.Registry({
    onigLib: engine,
    loadGrammar: async name => {
      const file = greedyShell && name === 'source.shell' ? undefined : files.get(name);
      const text = file === undefined ? greedy(name) : readFileSync(file, 'utf8');
      return textmate.parseRawGrammar(text, `${name}.json`);
    },
    getInjections: name =>
      injected
        ? ownGrammars.filter(({ injectTo }) => injectTo?.includes(name)).map(grammar => grammar.scopeName)
        : [],
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (!grammar) throw new Error(`no grammar ${scopeName}`);
  return text => tokensOf(grammar, text);
}

function tokensOf(grammar: textmate.IGrammar, text: string): Token[] {
  const tokens: Token[] = [];
  let state = textmate.INITIAL;
  let start = 0;
  for (const line of text.split('\n')) {
    const content = line.replace(/\r$/, '');
    const read = grammar.tokenizeLine(content, state);
    for (const { startIndex, endIndex, scopes } of read.tokens) {
      tokens.push({ text: content.slice(startIndex, endIndex), start: start + startIndex, scopes });
    }
    state = read.ruleStack;
    start += line.length + 1;
  }
  return tokens;
}
