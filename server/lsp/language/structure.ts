// The structure of a document: its symbols, and what can be folded.
import type {
  CancellationToken,
  DocumentSymbol,
  DocumentSymbolParams,
  FoldingRange,
  FoldingRangeParams,
  SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import { composeOutline } from '../../core/language/compose/outline.ts';
import { dockerfileOutline } from '../../core/language/dockerfile/outline.ts';
import { composeFolds, dockerfileFolds } from '../../core/language/folding.ts';
import type { OutlineEntry, OutlineKind } from '../../core/language/outline.ts';
import type { LineIndex } from '../../core/text/lines.ts';
import { rangeOf } from '../convert.ts';
import type { LanguageContext, ReadFor } from './place.ts';

const kinds: { readonly [Kind in OutlineKind]: SymbolKind } = {
  section: 3,
  service: 5,
  resource: 19,
  key: 7,
  stage: 5,
  instruction: 6,
};

const symbolOf = (
  lines: LineIndex,
  { name, kind, detail, span, nameSpan, entries }: OutlineEntry,
): DocumentSymbol => ({
  name,
  kind: kinds[kind],
  ...(detail !== '' && { detail }),
  range: rangeOf(lines, span),
  selectionRange: rangeOf(lines, nameSpan),
  children: entries.map(entry => symbolOf(lines, entry)),
});

/** For clients that know no symbols within symbols. */
const flat = (uri: string, symbols: readonly DocumentSymbol[], containerName?: string): SymbolInformation[] =>
  symbols.flatMap(({ name, kind, range, children = [] }) => [
    { name, kind, location: { uri, range }, ...(containerName && { containerName }) },
    ...flat(uri, children, name),
  ]);

export type SymbolsIn = (
  params: DocumentSymbolParams,
  token: CancellationToken,
) => Promise<DocumentSymbol[] | SymbolInformation[] | null>;

export const symbolsWith =
  ({ abilities }: LanguageContext, read: ReadFor): SymbolsIn =>
  async ({ textDocument }, token) => {
    const found = await read('symbols', textDocument, token);
    if (found === null) return null;
    const { document, model } = found;
    const outline = model.language === 'compose' ? composeOutline(model) : dockerfileOutline(model);
    const symbols = outline.map(entry => symbolOf(document.lines, entry));
    return abilities.nestedSymbols ? symbols : flat(document.uri, symbols);
  };

export type FoldsIn = (
  params: FoldingRangeParams,
  token: CancellationToken,
) => Promise<FoldingRange[] | null>;

/** Null leaves it to the editor, which folds by indentation. */
export const foldsWith =
  (read: ReadFor): FoldsIn =>
  async ({ textDocument }, token) => {
    const found = await read('folding', textDocument, token);
    if (found === null) return null;
    const { document, model } = found;
    const folds = model.language === 'compose' ? composeFolds(model) : dockerfileFolds(model);
    const byStart = new Map<number, FoldingRange>();
    for (const { span, kind } of folds) {
      const startLine = document.lines.lineAt(span.start);
      const endLine = document.lines.lineAt(span.end);
      // Of those that begin on one line the outermost counts, which comes first.
      if (endLine <= startLine || byStart.has(startLine)) continue;
      byStart.set(startLine, { startLine, endLine, ...(kind === 'comment' && { kind }) });
    }
    return [...byStart.values()];
  };
