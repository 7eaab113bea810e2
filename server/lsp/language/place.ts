// Places that are asked about: the newest version of a document, if it is one of ours and nobody else offers the feature.
import type { CancellationToken, TextDocumentIdentifier } from 'vscode-languageserver';
import type { Model } from '../../core/engine/rule.ts';
import type { Surroundings } from '../../core/language/surroundings.ts';
import type { LanguageFeature, Offered } from '../../core/protocol/settings.ts';
import type { FileSystem, Location } from '../../host/files.ts';
import type { Abilities } from '../abilities.ts';
import type { Documents, OpenDocument } from '../documents.ts';
import type { ModelOf } from '../models.ts';
import type { Projects } from '../projects.ts';
import { outdated, throwIfCancelled } from '../refusal.ts';
import type { Settings } from '../settings.ts';
import { lookAround } from './surroundings.ts';

export interface LanguageContext {
  readonly abilities: Abilities;
  readonly documents: Documents;
  readonly settings: Settings;
  readonly files: FileSystem;
  readonly modelOf: ModelOf;
  readonly projects: Projects;
  /** The folders that are open: nothing outside of them is looked at. */
  readonly folders: readonly Location[];
  /** What other extensions offer now. */
  offeredElsewhere(): Offered;
}

/** Of what is always ours nobody else offers anything. */
export type Asked = LanguageFeature | 'references' | 'rename';

export interface Read<M extends Model = Model> {
  readonly document: OpenDocument;
  readonly model: M;
}

export type ReadFor = (
  feature: Asked,
  textDocument: TextDocumentIdentifier,
  token: CancellationToken,
) => Promise<Read | null>;

/** Reads the newest version. Null: there is nothing that we would say. */
export const readFor =
  ({ documents, settings, modelOf, offeredElsewhere }: LanguageContext): ReadFor =>
  async (feature, { uri }, token) => {
    const document = documents.get(uri);
    if (!document) return null;
    const { enable, composeLanguageFeatures: wanted } = await settings.of(uri);
    throwIfCancelled(token);
    // Positions that were asked about are those of the version at that time.
    if (documents.get(uri) !== document) throw outdated();
    const model = enable ? modelOf(document) : null;
    if (model === null || (wanted === 'off' && model.language === 'compose')) return null;
    const offered: readonly Asked[] = wanted === 'on' ? [] : offeredElsewhere()[model.language];
    return offered.includes(feature) ? null : { document, model };
  };

export type Compose = Read<Extract<Model, { language: 'compose' }>>;

export const isCompose = (read: Read | null): read is Compose => read?.model.language === 'compose';

/** A document may be told of a place: that lies in the folders that are open, or in the document's own. */
export function isOpenTo(
  { files, folders }: Pick<LanguageContext, 'files' | 'folders'>,
  location: Location,
  target: Location,
): boolean {
  const isIn = (place: Location): boolean => folders.some(root => files.relative(root, place) !== null);
  // A document from elsewhere was opened by itself: its folder is all there is.
  return isIn(location) ? isIn(target) : files.relative(files.parent(location) ?? location, target) !== null;
}

/** Where a path that a document names leads; null outside of the folders that are open, or of the document's own. */
export function locationFrom(
  { files, folders }: Pick<LanguageContext, 'files' | 'folders'>,
  { location }: OpenDocument,
  path: string,
): Location | null {
  const folder = files.parent(location);
  if (folder === null) return null;
  const target = files.resolve(folder, path);
  return isOpenTo({ files, folders }, location, target) ? target : null;
}

/** An answer may lead to further questions; one that never ends asking is cut off here. */
const maximumRounds = 4;

/** Asks again until all that is around the document and asked for has been looked up. */
export async function askAround<Answer>(
  context: LanguageContext,
  { document }: Read,
  token: CancellationToken,
  ask: (around: Surroundings) => Answer,
): Promise<Answer> {
  const view = lookAround(context.files, path => locationFrom(context, document, path));
  let answer = ask(view.around);
  for (let round = 1; round < maximumRounds && (await view.lookUp()); round++) {
    throwIfCancelled(token);
    if (context.documents.get(document.uri) !== document) throw outdated();
    answer = ask(view.around);
  }
  return answer;
}
