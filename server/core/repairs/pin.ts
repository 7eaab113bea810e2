// Pinning: which images move under one's feet, and the tags that hold them.
import type { Fix } from '../engine/finding.ts';
import { fix } from '../engine/rule.ts';
import { suggestTags } from '../knowledge/tags.ts';
import { familiarName, type ImageReference } from '../model/image-reference.ts';
import { replace } from '../text/edit.ts';
import { type Span, span } from '../text/span.ts';

/** `untagged` means `latest`; a `moving` tag names a channel or a variant and no version. */
export type Looseness = 'untagged' | 'latest' | 'moving';

const channels =
  /^(?:stable|edge|nightly|dev|devel|develop|test|testing|main|master|mainline|current|lts|rolling|snapshot|unstable|alpine|slim)(?:-(?:alpine|slim))?$/;

/** Undefined where the reference names a version or a digest, or nothing that could be pulled. */
export function loosenessOf({ name, tag, digest }: ImageReference): Looseness | undefined {
  if (digest !== null || name === '' || name === 'scratch') return undefined;
  if (tag === null || tag === '') return 'untagged';
  if (tag === 'latest') return 'latest';
  return channels.test(tag) ? 'moving' : undefined;
}

/** The tags to choose from, as edits of the text that states the tag: behind the name, or the tag alone. */
export function pinFixes(reference: ImageReference, tagOnly: Span | null): Fix[] {
  const { nameSpan, tagSpan, tag } = reference;
  return suggestTags(familiarName(reference), tag).map(({ tag: pinned, channel }) => {
    const named = tag === null ? reference.text : reference.text.slice(0, -tag.length - 1);
    const title = `Pin to ${named}:${pinned}${channel === null ? '' : ` (${channel})`}`;
    const edit =
      tagOnly === null
        ? replace(span(nameSpan.end, tagSpan?.end ?? nameSpan.end), `:${pinned}`)
        : replace(tagOnly, pinned);
    return fix(title, 'suggestion', [edit]);
  });
}
