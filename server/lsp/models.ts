// Models: what open documents are read as, each version once for all features.
import { languageOf, parseNext } from '../core/engine/language.ts';
import type { Language, Model } from '../core/engine/rule.ts';
import { attached } from '../core/model/attached.ts';
import type { OpenDocument } from './documents.ts';

const languages: ReadonlyMap<string, Language> = new Map([
  ['dockerfile', 'dockerfile'],
  ['dockercompose', 'compose'],
  ['docker-compose', 'compose'],
  ['yaml.docker-compose', 'compose'],
]);

/** Undefined where it is none of ours. */
export const languageIn = ({ languageId, location }: OpenDocument): Language | undefined =>
  languages.get(languageId) ?? languageOf(location);

/** `target` names the stage of a Dockerfile that ships. Null where the language is none of ours. */
export type ModelOf = (document: OpenDocument, target?: string | null) => Model | null;

export function createModels(): ModelOf {
  const models = attached<OpenDocument, { readonly model: Model; readonly target: string | null }>();
  const latest = attached<object, Model>();
  return (document, wanted) => {
    const known = models.get(document);
    if (known && (wanted === undefined || known.target === wanted)) return known.model;
    const language = languageIn(document);
    if (language === undefined) return null;
    const target = wanted ?? null;
    const model = parseNext(document.text, language, target, latest.get(document.source));
    latest.set(document.source, model);
    models.set(document, { model, target });
    return model;
  };
}
