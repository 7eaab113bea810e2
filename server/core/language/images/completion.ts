// Completion of image references out of the tables: names, and the tags of official images, the likeliest first.
import { type EndOfLife, endOfLife } from '../../knowledge/end-of-life.ts';
import { knownImages } from '../../knowledge/images.ts';
import { isRetired } from '../../knowledge/retired-images.ts';
import { compareVersions, flavourOf, tagParts } from '../../knowledge/tag-parts.ts';
import { type TagGroup, tagsAsOf, tagsOf } from '../../knowledge/tags.ts';
import { familiarName, parseImageReference } from '../../model/image-reference.ts';
import { type Span, span } from '../../text/span.ts';
import type { Completion } from '../completion.ts';

/** A reference as it is being typed. */
export interface TypedImage {
  /** All of it, up to the end of the word. */
  readonly text: string;
  /** As much of it as stands in front of the cursor. */
  readonly typed: string;
  /** Where it begins. */
  readonly at: number;
}

/** More than anybody reads; typing on brings the others. */
export const mostTags = 300;

/** Ranks are compared as text. */
const firstRank = 1_000;

interface Candidate {
  readonly tag: string;
  readonly group: TagGroup;
  readonly end: EndOfLife | undefined;
  readonly version: readonly number[];
  /** The smaller, the likelier. */
  readonly order: number;
}

/** How much of a version a tag says; a day says all of it. */
const precision = (tag: string): number => {
  const { version, dated } = tagParts(tag);
  return dated ? 9 : (version?.length ?? 0);
};

const versionIn = (group: TagGroup): readonly number[] =>
  group.map(tag => tagParts(tag).version ?? []).sort((a, b) => b.length - a.length)[0] ?? [];

function candidatesFor(image: string, written: string): Candidate[] {
  const flavour = flavourOf(written);
  return (tagsOf(image) ?? []).flatMap(group => {
    const version = versionIn(group);
    return group.map((tag): Candidate => {
      const end = endOfLife(image, tag);
      const isPreview = tagParts(tag).preview;
      const isOther = flavourOf(tag) !== flavour;
      return { tag, group, end, version, order: (end ? 4 : 0) + (isPreview ? 2 : 0) + (isOther ? 1 : 0) };
    });
  });
}

/** Of the same variant, supported and no preview; then the newest; then the one that says less. */
const byLikelihood = (a: Candidate, b: Candidate): number =>
  a.order - b.order || compareVersions(b.version, a.version) || a.tag.length - b.tag.length;

const ended = ({ ended: day, release }: EndOfLife): string =>
  `${release}: no fixes${day === null ? ' any more' : ` since ${day}`}`;

function tagCompletions(image: string, written: string, typed: string, where: Span): Completion[] {
  return candidatesFor(image, written)
    .filter(({ tag }) => tag.includes(typed))
    .sort(byLikelihood)
    .slice(0, mostTags)
    .map(({ tag, group, end }, index) => {
      const others = group.filter(other => other !== tag);
      const [exact] = [...others].sort((a, b) => precision(b) - precision(a) || b.length - a.length);
      const same =
        others.length > 0 ? `The same image as ${others.map(other => `\`${other}\``).join(', ')}. ` : '';
      return {
        label: tag,
        kind: 'value',
        span: where,
        text: tag,
        ...(end
          ? { detail: ended(end) }
          : exact !== undefined && precision(exact) > precision(tag) && { detail: exact }),
        about: `${same}Tags of ${tagsAsOf}.`,
        rank: firstRank + index,
      };
    });
}

function nameCompletions(typed: string, where: Span, hasTag: boolean): Completion[] {
  return knownImages()
    .filter(name => name.startsWith(typed) && !isRetired(name))
    .map(name => {
      const takesTag = !hasTag && tagsOf(name) !== undefined;
      return {
        label: name,
        kind: 'name',
        span: where,
        text: takesTag ? `${name}:` : name,
        ...(takesTag && { goesOn: true }),
      };
    });
}

/** Nothing behind a variable or within a digest. */
export function imageCompletions({ text, typed, at }: TypedImage): Completion[] {
  if (/[$@]/.test(typed)) return [];
  const reference = parseImageReference(text.replace(/[@$].*/s, ''), at);
  const { nameSpan, tagSpan, tag } = reference;
  if (tagSpan === null || at + typed.length < tagSpan.start) {
    return nameCompletions(typed, span(at, nameSpan.end), tag !== null);
  }
  const start = tagSpan.start - at;
  return tagCompletions(familiarName(reference), tag ?? '', typed.slice(start), tagSpan);
}
