// The current tags of the official images, and which of them pin what a looser tag means today.
import { tableName } from './image-names.ts';
import { linesByName, remember } from './remember.ts';
import { compareVersions, type TagParts, tagParts } from './tag-parts.ts';
import { expandTags, type TagGroup } from './tag-pattern.ts';
import { tagTable, tagTableAsOf } from './tags.generated.ts';

export type { TagGroup };

/** The day the table was true (`2026-08-21`); what was published later is unknown. */
export const tagsAsOf = tagTableAsOf;

export interface TagSuggestion {
  readonly tag: string;
  /** No tag of that image says more. The others move to later releases of the line that they name. */
  readonly exact: boolean;
  /** The release channel it comes from, where that is not the one that was asked for. */
  readonly channel: 'lts' | 'stable' | null;
}

const expanded = remember(expandTags);
const partsOf = remember(tagParts);

/** The tags that are still rebuilt, those of one image together. Undefined: not an official image with tags. */
export function tagsOf(image: string): readonly TagGroup[] | undefined {
  const pattern = linesByName(tagTable).get(tableName(image));
  return pattern === undefined ? undefined : expanded(pattern);
}

/** Undefined where nothing is known about the image. A tag that is not known may exist: it is rebuilt no longer. */
export const isKnownTag = (image: string, tag: string): boolean | undefined =>
  tagsOf(image)?.some(group => group.includes(tag));

/**
 * Tags that say more than `currentTag` (null: none is written) and name the image that it names today, in the same
 * variant and spelling, the most specific first. Where no version is written, those of the channels for production
 * follow. Empty where the table cannot tell.
 */
export function suggestTags(image: string, currentTag: string | null): readonly TagSuggestion[] {
  const groups = tagsOf(image) ?? [];
  const tag = currentTag ?? 'latest';
  const wanted = tagParts(tag);
  const group =
    groups.find(tags => tags.includes(tag)) ?? (tag === 'latest' ? newestGroup(groups) : undefined);
  if (group === undefined) return [];
  const own = pinsIn(group, wanted, null);
  if (wanted.version !== null || wanted.dated) return own;
  const others = (['lts', 'stable'] as const).flatMap(channel => {
    const offered = groups.find(tags => tags.some(name => isChannel(partsOf(name), channel, wanted)));
    return offered === undefined || offered === group ? [] : pinsIn(offered, wanted, channel);
  });
  return [...own, ...others];
}

/** What `latest` would be, for the images that have no such tag. */
function newestGroup(groups: readonly TagGroup[]): TagGroup | undefined {
  let newest: { readonly group: TagGroup; readonly version: readonly number[] } | undefined;
  for (const group of groups) {
    for (const { version, preview, words } of group.map(partsOf)) {
      if (version === null || preview || words.length > 0) continue;
      if (newest === undefined || compareVersions(version, newest.version) > 0) newest = { group, version };
    }
  }
  return newest?.group;
}

const isChannel = (parts: TagParts, channel: string, wanted: TagParts): boolean =>
  parts.channels.includes(channel) && distance(parts, wanted) === 0;

/** How many words the one has and the other has not. */
const distance = (a: TagParts, b: TagParts): number =>
  a.words.filter(word => !b.words.includes(word)).length +
  b.words.filter(word => !a.words.includes(word)).length;

/** How much of a version a tag states; a day of making says more than any version. */
const precision = ({ version, dated }: TagParts): number => (version?.length ?? 0) + (dated ? 100 : 0);

/** For each precision beyond the written one the tag of the group that is spelt most like the written one. */
function pinsIn(group: TagGroup, wanted: TagParts, channel: TagSuggestion['channel']): TagSuggestion[] {
  const best = new Map<number, string>();
  const closeness = (tag: string): number => distance(partsOf(tag), wanted);
  for (const tag of group) {
    const parts = partsOf(tag);
    const level = precision(parts);
    if (level <= precision(wanted) || (channel !== null && parts.version === null)) continue;
    const known = best.get(level);
    if (known === undefined || isBetter(closeness(tag) - closeness(known), tag, known)) best.set(level, tag);
  }
  const levels = [...best].sort(([a], [b]) => b - a);
  return levels.map(([, tag], index) => ({ tag, exact: index === 0, channel }));
}

const isBetter = (difference: number, tag: string, known: string): boolean =>
  difference < 0 || (difference === 0 && tag.length < known.length);
