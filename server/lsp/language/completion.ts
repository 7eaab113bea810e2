// Completion in Compose files, and of images in Dockerfiles.
import type {
  CancellationToken,
  CompletionItem,
  CompletionItemKind,
  CompletionList,
  CompletionParams,
} from 'vscode-languageserver';
import type { Completion, CompletionKind } from '../../core/language/completion.ts';
import { completionsAt } from '../../core/language/compose/completion.ts';
import { dockerfileCompletionsAt } from '../../core/language/dockerfile/completion.ts';
import { mostTags } from '../../core/language/images/completion.ts';
import { ageText } from '../../core/text/age.ts';
import type { LineIndex } from '../../core/text/lines.ts';
import { span } from '../../core/text/span.ts';
import { rangeOf } from '../convert.ts';
import type { RegistryFacts } from '../registry-facts.ts';
import { askAround, type LanguageContext, type Read, type ReadFor } from './place.ts';

const kinds: { readonly [Kind in CompletionKind]: CompletionItemKind } = {
  key: 10,
  value: 12,
  variable: 6,
  file: 17,
  folder: 19,
  anchor: 18,
  stage: 18,
  name: 18,
};

/** The texts are written with their own indentation. */
const asIs = 1;

export interface CompletionOptions {
  /** A command of the client that shows completions once more; null where it has none. */
  readonly completeCommand: string | null;
  /** Null where no registry can be asked. */
  readonly registries: RegistryFacts | null;
}

/** A reference in front of the cursor whose tag, or digest, is being typed: where an image is pulled, in either language. */
const typedImage =
  /^\s*(?:from\s+(?:--\S+\s+)*|copy\s.*--from=|image:\s*["']?|#\s*syntax\s*=\s*)([^\s"'$@]+?)(?::([\w.-]*)|@([\w:]*))$/i;

/** What the registry has beside what is offered already: tags, or digests, of all platforms together first. */
async function remoteImages(
  { document: { uri, text, lines } }: Read,
  offset: number,
  registries: RegistryFacts,
  token: CancellationToken,
): Promise<Completion[]> {
  const start = lines.startOf(lines.lineAt(offset));
  const [, image, tag, digest] = typedImage.exec(text.slice(start, offset).slice(-400)) ?? [];
  if (image === undefined) return [];
  const typed = tag ?? digest ?? '';
  const rest = /^[\w.-]*/.exec(text.slice(offset, offset + 128))?.[0] ?? '';
  const offered = (text: string, index: number, about: string): Completion => ({
    label: text,
    kind: 'value',
    span: span(offset - typed.length, offset + rest.length),
    text,
    about,
    rank: 2_000 + index,
  });
  if (digest === undefined) {
    const name = typed + rest === '' ? image : `${image}:${typed}${rest}`;
    const tags = await registries.tags(uri, name, token);
    return tags.map((tag, index) => offered(tag, index, 'In the registry.'));
  }
  const about = await registries.about(uri, image, token);
  const digests = about ? [{ platform: 'All platforms', digest: about.digest }, ...about.platforms] : [];
  return digests.map(({ platform, digest }, index) => ({
    ...offered(digest, index, `In the registry, ${ageText(Date.now() - (about?.askedAt ?? 0))}.`),
    detail: platform,
  }));
}

export type CompleteAt = (
  params: CompletionParams,
  token: CancellationToken,
) => Promise<CompletionList | null>;

export function completionWith(
  context: LanguageContext,
  read: ReadFor,
  { completeCommand, registries }: CompletionOptions,
): CompleteAt {
  const { insertTextModes, completionMarkdown } = context.abilities;
  const itemOf = (
    lines: LineIndex,
    { label, kind, span, text, detail, about, rank = 0, goesOn }: Completion,
  ): CompletionItem => ({
    label,
    kind: kinds[kind],
    textEdit: { range: rangeOf(lines, span), newText: text },
    ...(detail && { detail }),
    ...(about && {
      documentation: completionMarkdown ? { kind: 'markdown' as const, value: about } : about,
    }),
    ...(rank > 0 && { sortText: `~${rank}${label}` }),
    ...(insertTextModes && { insertTextMode: asIs }),
    ...(goesOn && completeCommand && { command: { title: '', command: completeCommand } }),
  });
  return async ({ textDocument, position }, token) => {
    const found = await read('completion', textDocument, token);
    if (found === null) return null;
    const { model, document } = found;
    const offset = document.lines.offsetAt(position);
    const remote = registries ? await remoteImages(found, offset, registries, token) : [];
    const local =
      model.language === 'dockerfile'
        ? dockerfileCompletionsAt(model, offset)
        : await askAround(context, found, token, around => completionsAt(model, offset, around));
    const offered = new Set(local.map(({ label }) => label));
    const completions = [...local, ...remote.filter(({ label }) => !offered.has(label))];
    return {
      isIncomplete: completions.length >= mostTags,
      items: completions.map(one => itemOf(document.lines, one)),
    };
  };
}
