// Image pins: the images that a file pulls, and what each is looked up by and written as, once its registry has been asked.
import type { FactReader } from '../engine/facts.ts';
import type { Fix, LookUp } from '../engine/finding.ts';
import { imageQuestionText, isDigest, isTag, type PinAsk } from '../engine/image-questions.ts';
import { fix, type Model } from '../engine/rule.ts';
import { imageOf } from '../model/compose/image.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { contentSpan } from '../model/compose/pairs.ts';
import type { DockerfileModel, FromInstruction } from '../model/dockerfile/model.ts';
import { type ImageReference, parseImageReference, registryName } from '../model/image-reference.ts';
import { type Edit, insert, replace } from '../text/edit.ts';
import { type Span, span, spanText } from '../text/span.ts';
import { type StatedReference, statedReference } from './pin-from.ts';

export interface PulledImage {
  readonly reference: ImageReference;
  /** Where it is named. */
  readonly at: Span;
  /** Null where its tag cannot be written anew. */
  readonly stated: StatedReference | null;
}

const literal = (text: string, at: Span): PulledImage => {
  const reference = parseImageReference(text, at.start);
  return { reference, at, stated: { reference, tagOnly: null } };
};

/** Null where it is a stage, or nobody knows which image. */
export function pulledByFrom(model: DockerfileModel, from: FromInstruction): PulledImage | null {
  const { image, reference, stage } = from;
  if (!image || !reference.known || stage?.base.kind !== 'image') return null;
  const { value } = reference;
  return { reference: value, at: image.span, stated: statedReference(model, from, value) };
}

/** Images that are no base: files are taken from them. */
function copiedFrom(model: DockerfileModel): PulledImage[] {
  const isStage = (name: string): boolean =>
    /^\d+$/.test(name) || model.stages.some(stage => stage.name === name.toLowerCase());
  const named = (text: string, at: Span): PulledImage[] =>
    text.includes('$') || isStage(text) || at.end - at.start !== text.length ? [] : [literal(text, at)];
  return model.instructions.flatMap(instruction => {
    if (instruction.keyword === 'COPY') {
      const { value = null, valueSpan = null } = instruction.from?.flag ?? {};
      return value === null || valueSpan === null || instruction.from?.stage ? [] : named(value, valueSpan);
    }
    if (instruction.keyword !== 'RUN') return [];
    return instruction.mounts.flatMap(({ options }) => {
      const from = options.get('from');
      return from ? named(from.value, span(from.span.end - from.value.length, from.span.end)) : [];
    });
  });
}

/** Null where the service is built, another file names the image, or nobody knows it. */
export function pulledByService(model: ComposeModel, service: Service): PulledImage | null {
  const image = imageOf(model, service);
  if (!image?.reference.known || image.entry.elsewhere || service.get('build')) return null;
  const { value: reference } = image.reference;
  const { tagSpan, digest, digestSpan, tag } = reference;
  const { node } = image.entry;
  const at = node?.kind === 'scalar' ? contentSpan(node, model.text) : reference.span;
  const isLiteral = spanText(model.text, reference.span) === reference.text;
  const behind = tagSpan && span(tagSpan.start, digestSpan?.end ?? tagSpan.end);
  const isTagLiteral =
    behind !== null && spanText(model.text, behind) === (digest === null ? tag : `${tag}@${digest}`);
  const stated = isLiteral
    ? { reference, tagOnly: null }
    : isTagLiteral
      ? { reference, tagOnly: behind }
      : null;
  return { reference, at, stated };
}

/** It is no base either: it reads the file. */
function readBy({ directives }: DockerfileModel): PulledImage[] {
  const { value, valueSpan } = directives.find(({ name }) => name === 'syntax') ?? {};
  const [image] = value?.match(/^\S+/) ?? [];
  return image && valueSpan ? [literal(image, span(valueSpan.start, valueSpan.start + image.length))] : [];
}

/** In order of the text, each place once. */
export function pulledImages(model: Model): PulledImage[] {
  const found =
    model.language === 'compose'
      ? model.services.map(service => pulledByService(model, service))
      : [
          ...readBy(model),
          ...model.stages.map(({ from }) => pulledByFrom(model, from)),
          ...copiedFrom(model),
        ];
  const seen = new Set<number>();
  return found
    .flatMap(image => image ?? [])
    .filter(
      ({ reference, at: { start } }) => reference.name !== 'scratch' && !seen.has(start) && seen.add(start),
    )
    .sort((a, b) => a.at.start - b.at.start);
}

/** Without its digest. */
export const taggedName = ({ reference: { text } }: PulledImage): string => text.split('@', 1)[0] ?? '';

/** The question behind a pin; null for what no registry can be asked for. */
export const pinQuestion = (image: PulledImage, ask: PinAsk, platform?: string): string | null =>
  imageQuestionText({
    ask,
    image: taggedName(image),
    ...(ask === 'digest' && platform !== undefined && { platform }),
  });

/** Writes what was answered; null where the text leaves no place for it, or says so already. */
export function pinEdit(
  text: string,
  { reference, stated }: PulledImage,
  ask: PinAsk,
  answer: string,
): Edit | null {
  const { digest, digestSpan } = reference;
  if (ask === 'digest' ? !isDigest(answer) || answer === digest : !isTag(answer) || digest !== null)
    return null;
  if (ask === 'digest' && digestSpan && spanText(text, digestSpan) === digest)
    return replace(digestSpan, answer);
  if (!stated) return null;
  const { reference: written, tagOnly } = stated;
  const place = tagOnly ?? span(written.nameSpan.end, written.span.end);
  const tail = ask === 'exact' ? answer : `${written.tag || 'latest'}@${answer}`;
  const wanted = tagOnly ? tail : `:${tail}`;
  const current = spanText(text, place);
  if (wanted === current) return null;
  return wanted.startsWith(current)
    ? insert(place.end, wanted.slice(current.length))
    : replace(place, wanted);
}

/** Enough of it to tell it from others. */
export const shortDigest = (digest: string): string => `${digest.slice(0, 'sha256:'.length + 12)}...`;

function titleOf({ reference }: PulledImage, ask: PinAsk, answer: string | null): string {
  if (answer === null) {
    const what =
      ask === 'exact'
        ? 'Pin to the exact version'
        : reference.digest === null
          ? 'Pin to digest'
          : 'Update digest';
    return `${what} (asks ${registryName(reference)})`;
  }
  if (ask === 'exact') return `Pin to the exact version ${answer}`;
  return `${reference.digest === null ? 'Pin to digest' : 'Update digest to'} ${shortDigest(answer)}`;
}

/** What has been looked up as a fix, what could be as a question. */
export interface PinOffer {
  readonly fixes: readonly Fix[];
  readonly lookUp?: LookUp;
}

/** A digest without a tag is that of nobody knows which. */
const hasPlaceFor = ({ reference: { tag, digest }, stated }: PulledImage, ask: PinAsk): boolean =>
  digest === null ? stated !== null : ask === 'digest' && tag !== null;

export function pinOffer(
  text: string,
  image: PulledImage,
  ask: PinAsk,
  facts: FactReader<'registry'>,
): PinOffer {
  const question = pinQuestion(image, ask);
  if (question === null || !hasPlaceFor(image, ask)) return { fixes: [] };
  const answer = facts.get('registry', question) ?? null;
  if (answer === null)
    return {
      fixes: [],
      lookUp: { kind: 'registry', title: titleOf(image, ask, null), questions: [question] },
    };
  const edit = pinEdit(text, image, ask, answer);
  return { fixes: edit ? [fix(titleOf(image, ask, answer), 'suggestion', [edit])] : [] };
}
