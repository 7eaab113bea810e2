// Pinning: which images move under one's feet, and the tags that hold them.
import type { Fix } from '../engine/finding.ts';
import { fix } from '../engine/rule.ts';
import { familyOfTag, familyOfWord, tagParts } from '../knowledge/tag-parts.ts';
import { isKnownTag, suggestTags } from '../knowledge/tags.ts';
import { familiarName, type ImageReference } from '../model/image-reference.ts';
import { replace } from '../text/edit.ts';
import { type Span, span } from '../text/span.ts';

/** `untagged` means `latest`; a `moving` tag names a channel or a variant and no version. */
export type Looseness = 'untagged' | 'latest' | 'moving';

const channel =
  /^(?:(?:old)*stable|sid|edge|rawhide|nightly|dev|devel|develop|test|testing|main|master|mainline|current|lts|rolling|snapshot|unstable|canary|beta|alpha|alpine[\d.]*|slim)$/;
const variant = /^(?:slim|alpine[\d.]*|jdk\d*|jre\d*|debian|ubuntu|ubi\d*|perl)$/;

/** `lts-alpine`, `stable-bookworm-slim`: what follows a channel, and says no version either. */
function isChannel(tag: string): boolean {
  const [first = '', ...rest] = tag.split('-');
  return channel.test(first) && rest.every(word => variant.test(word) || familyOfWord(word) !== undefined);
}

/** Their releases have names: `debian:trixie` says as much as `debian:13`. */
const distributions = new Set(['debian', 'ubuntu', 'buildpack-deps', 'neurodebian']);

/** A tag that nobody knows is taken for a version: `2025q3`, `build-77`, `customer-a`. */
function namesVersion(image: string, tag: string): boolean {
  const { version, dated } = tagParts(tag);
  if (version !== null || dated) return true;
  if (isChannel(tag)) return false;
  return distributions.has(image) && familyOfTag(tag) !== undefined ? true : isKnownTag(image, tag) !== true;
}

/** Undefined where the reference names a version or a digest, or nothing that could be pulled. */
export function loosenessOf(reference: ImageReference): Looseness | undefined {
  const { name, tag, digest } = reference;
  if (digest !== null || name === '' || name === 'scratch') return undefined;
  if (tag === null || tag === '') return 'untagged';
  if (tag === 'latest') return 'latest';
  return namesVersion(familiarName(reference), tag) ? undefined : 'moving';
}

/** The same image under another tag. */
export const retagged = ({ tag, text }: ImageReference, other: string): string =>
  `${tag === null ? text : text.slice(0, -tag.length - 1)}:${other}`;

/** Another tag in the text that states it: behind the name, or the tag alone. */
export function tagFix(
  reference: ImageReference,
  tagOnly: Span | null,
  tag: string,
  title: (image: string) => string,
): Fix {
  const { nameSpan, tagSpan } = reference;
  const edit =
    tagOnly === null
      ? replace(span(nameSpan.end, tagSpan?.end ?? nameSpan.end), `:${tag}`)
      : replace(tagOnly, tag);
  return fix(title(retagged(reference, tag)), 'suggestion', [edit]);
}

/** That one tag in its place; nothing is moved that a digest holds. */
export const moveTo =
  (tag: string | null | undefined) =>
  (reference: ImageReference, tagOnly: Span | null): Fix[] =>
    tag == null || reference.digest !== null
      ? []
      : [tagFix(reference, tagOnly, tag, named => `Move to ${named}`)];

/** The tags to choose from. */
export const pinFixes = (reference: ImageReference, tagOnly: Span | null): Fix[] =>
  suggestTags(familiarName(reference), reference.tag || null).map(({ tag, channel }) =>
    tagFix(reference, tagOnly, tag, named => `Pin to ${named}${channel === null ? '' : ` (${channel})`}`),
  );
