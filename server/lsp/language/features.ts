// What editors offer in a document beyond findings, put together.
import { type CompleteAt, type CompletionOptions, completionWith } from './completion.ts';
import { type LinksIn, linksWith } from './links.ts';
import { definitionWith, highlightsWith, referencesWith } from './names.ts';
import type { LanguageContext, ReadFor } from './place.ts';
import { readFor } from './place.ts';
import { type Rename, renameWith } from './rename.ts';
import { type FoldsIn, foldsWith, type SymbolsIn, symbolsWith } from './structure.ts';

export interface LanguageFeatures {
  readonly read: ReadFor;
  readonly complete: CompleteAt;
  readonly definition: ReturnType<typeof definitionWith>;
  readonly references: ReturnType<typeof referencesWith>;
  readonly highlights: ReturnType<typeof highlightsWith>;
  readonly rename: Rename;
  readonly links: LinksIn;
  readonly symbols: SymbolsIn;
  readonly folds: FoldsIn;
}

export function createLanguageFeatures(
  context: LanguageContext,
  options: CompletionOptions,
): LanguageFeatures {
  const read = readFor(context);
  return {
    read,
    complete: completionWith(context, read, options),
    definition: definitionWith(context, read),
    references: referencesWith(context, read),
    highlights: highlightsWith(read),
    rename: renameWith(context, read),
    links: linksWith(context, read),
    symbols: symbolsWith(context, read),
    folds: foldsWith(read),
  };
}
