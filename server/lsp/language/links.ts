// Document links in Compose files: to files below the open folders, and to the pages of images.
import type { CancellationToken, DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { linksOf } from '../../core/language/compose/links.ts';
import { rangeOf } from '../convert.ts';
import { isCompose, type LanguageContext, locationFrom, type ReadFor } from './place.ts';

export type LinksIn = (
  params: DocumentLinkParams,
  token: CancellationToken,
) => Promise<DocumentLink[] | null>;

export const linksWith =
  (context: LanguageContext, read: ReadFor): LinksIn =>
  async ({ textDocument }, token) => {
    const found = await read('links', textDocument, token);
    if (!isCompose(found)) return null;
    const { document, model } = found;
    const hasImages = (await read('imageLinks', textDocument, token)) !== null;
    return linksOf(model).flatMap(({ span, target }) => {
      if ('url' in target && !hasImages) return [];
      const uri = 'url' in target ? target.url : locationFrom(context, document, target.path);
      return uri === null ? [] : [{ range: rangeOf(document.lines, span), target: uri }];
    });
  };
