// Names in Compose files: where they are declared, where they are used, and the same in the editor's highlights.
import type {
  CancellationToken,
  DefinitionParams,
  DocumentHighlight,
  DocumentHighlightParams,
  Location as Link,
  ReferenceParams,
} from 'vscode-languageserver';
import { definitionsAt } from '../../core/language/compose/definition.ts';
import { nameAt } from '../../core/language/compose/names.ts';
import { type ProjectPlace, projectNameAt } from '../../core/language/compose/project-names.ts';
import { lineIndex } from '../../core/text/lines.ts';
import { rangeOf } from '../convert.ts';
import { askAround, isCompose, type LanguageContext, locationFrom, type ReadFor } from './place.ts';
import { filesAround } from './project.ts';

type At<Params, Result> = (params: Params, token: CancellationToken) => Promise<Result | null>;

/** A place in any file of the project. */
function linkTo({ documents }: LanguageContext, { file: { location, model }, span }: ProjectPlace): Link {
  const uri = documents.at(location)?.uri ?? location;
  return { uri, range: rangeOf(lineIndex(model.text), span) };
}

export const definitionWith =
  (context: LanguageContext, read: ReadFor): At<DefinitionParams, Link[]> =>
  async ({ textDocument, position }, token) => {
    const found = await read('definition', textDocument, token);
    if (!isCompose(found)) return null;
    const { document, model } = found;
    const offset = document.lines.offsetAt(position);
    const here = nameAt(model, offset)?.named;
    if (here?.kind === 'anchor' && !(await read('aliases', textDocument, token))) return null;
    if (here && here.kind !== 'variable' && !here.places.some(({ declares }) => declares)) {
      const { file, files } = await filesAround(context, found, token, false);
      const places = projectNameAt(files, file, offset)?.places ?? [];
      return places.filter(({ declares }) => declares).map(place => linkTo(context, place));
    }
    const definitions = await askAround(context, found, token, around =>
      definitionsAt(model, offset, around),
    );
    return definitions.flatMap(({ path, text, span }) => {
      const uri = path === null ? document.uri : locationFrom(context, document, path);
      const lines = path === null ? document.lines : lineIndex(text);
      return uri === null ? [] : [{ uri, range: rangeOf(lines, span) }];
    });
  };

export const referencesWith =
  (context: LanguageContext, read: ReadFor): At<ReferenceParams, Link[]> =>
  async ({ textDocument, position, context: { includeDeclaration } }, token) => {
    const found = await read('references', textDocument, token);
    if (!isCompose(found)) return null;
    const { file, files } = await filesAround(context, found, token, true);
    const places = projectNameAt(files, file, found.document.lines.offsetAt(position))?.places ?? [];
    return places
      .filter(({ declares }) => includeDeclaration || !declares)
      .map(place => linkTo(context, place));
  };

export const highlightsWith =
  (read: ReadFor): At<DocumentHighlightParams, DocumentHighlight[]> =>
  async ({ textDocument, position }, token) => {
    const found = await read('highlight', textDocument, token);
    if (!isCompose(found)) return null;
    const { lines } = found.document;
    const here = nameAt(found.model, lines.offsetAt(position));
    // Null leaves it to the editor, which marks the same word elsewhere.
    return (
      here?.named.places.map(({ span, declares }) => ({
        range: rangeOf(lines, span),
        kind: declares ? 3 : 2,
      })) ?? null
    );
  };
