// Pinning the image of a FROM: in the line itself, or in the default of the ARG that states it.
import type { Fix } from '../engine/finding.ts';
import { masked, maskReferences, referencesIn } from '../knowledge/variable-references.ts';
import type { DockerfileModel, FromInstruction } from '../model/dockerfile/model.ts';
import { type ImageReference, parseImageReference } from '../model/image-reference.ts';
import { type Span, span } from '../text/span.ts';
import { pinFixes } from './pin.ts';

/** A literal text and where it stands. */
interface Stated {
  readonly text: string;
  readonly at: Span;
}

interface Written {
  readonly raw: string;
  readonly span: Span;
}

const literal = ({ raw, span: { start, end } }: Written): Stated | null => {
  const [, quote = '', text = ''] = /^(["']?)([^"'\\`$]*)\1$/.exec(raw) ?? [];
  // A word that goes on in the next line is longer in the file.
  if (text === '' || end - start !== raw.length) return null;
  return { text, at: span(start + quote.length, end - quote.length) };
};

/** Where the default of the ARG stands that is in force at the FROMs, or, without one, that of the reference to it. */
function statedBy(model: DockerfileModel, written: Written, depth = 8): Stated | null {
  const direct = literal(written);
  const [reference, ...others] = referencesIn(written.raw);
  if (direct || !reference || others.length > 0 || depth === 0) return direct;
  if (reference.start !== 0 || reference.end !== written.raw.length) return null;
  const name = /\w+/.exec(written.raw)?.[0];
  const given = model.instructions
    .flatMap(arg => (arg.keyword === 'ARG' && arg.stage === null ? arg.pairs : []))
    .findLast(pair => pair.name === name)?.value;
  if (given) return isReadOnce(model, written.raw, name) ? statedBy(model, given, depth - 1) : null;
  const { fallback } = reference;
  const from = written.span.start + (fallback?.start ?? 0);
  return fallback && literal({ raw: fallback.text, span: span(from, from + fallback.text.length) });
}

/** A variable that stands for the tags of two images cannot hold a version of both. */
function isReadOnce(model: DockerfileModel, raw: string, name = ''): boolean {
  const images = model.stages.map(({ from }) => from.image?.raw ?? '').filter(image => image.includes(name));
  return images.every(image => image === images[0] && image.includes(raw));
}

/** A reference whose tag and digest can be written anew. */
export interface StatedReference {
  readonly reference: ImageReference;
  /** Where they stand apart from the name, as in the default of a variable; null: behind it. */
  readonly tagOnly: Span | null;
}

/** Null where the text does not state them, or states them for several images at once. */
export function statedReference(
  model: DockerfileModel,
  { image }: FromInstruction,
  reference: ImageReference,
): StatedReference | null {
  if (!image) return null;
  const whole = statedBy(model, image);
  if (whole) return { reference: parseImageReference(whole.text, whole.at.start), tagOnly: null };
  const { tag, tagSpan, digest, nameSpan, span: all } = reference;
  if (tag === null) {
    const isOpen = digest !== null || nameSpan.end !== all.end || endsInVariable(image.raw);
    return isOpen ? null : { reference, tagOnly: null };
  }
  if (tagSpan === null || tagSpan.start === all.start) return null;
  const behind = span(tagSpan.start, all.end);
  const stated = statedBy(model, { raw: model.text.slice(behind.start, behind.end), span: behind });
  const isWhole = stated?.text === (digest === null ? tag : `${tag}@${digest}`);
  return stated && isWhole ? { reference, tagOnly: stated.at } : null;
}

/** Of the image itself, or, with a place, of the tag that stands there. */
export type TagFixes = (reference: ImageReference, tagOnly: Span | null) => Fix[];

export function pinFromFixes(
  model: DockerfileModel,
  from: FromInstruction,
  reference: ImageReference,
  fixesFor: TagFixes = pinFixes,
): Fix[] {
  const stated = statedReference(model, from, reference);
  return stated ? fixesFor(stated.reference, stated.tagOnly) : [];
}

function endsInVariable(raw: string): boolean {
  return maskReferences(raw, referencesIn(raw)).endsWith(masked);
}

/**
 * What a FROM says whatever its variables stand for: `${REGISTRY}/node` has no tag. Null where a variable may hold the
 * tag, or the name of a stage.
 */
export function certainReference({ image }: FromInstruction): ImageReference | null {
  if (!image) return null;
  const written = maskReferences(image.raw, referencesIn(image.raw));
  const reference = parseImageReference(written, image.span.start);
  const path = written.slice(0, reference.nameSpan.end - image.span.start);
  const isCertain =
    path.lastIndexOf(masked) < path.lastIndexOf('/') && !(reference.tag ?? '').includes(masked);
  return isCertain && reference.digest === null ? { ...reference, text: image.raw } : null;
}
