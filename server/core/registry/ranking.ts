// Ranking: which of the tags of an image come next to one that is written, and which say more than it does.
import { compareVersions, flavourOf, type TagParts, tagParts } from '../knowledge/tag-parts.ts';

interface Ranked {
  readonly tag: string;
  readonly parts: TagParts;
  /** How many words it has that the written one has not, and the other way round. */
  readonly distance: number;
  readonly date: string;
  /** `v24` for one that writes `24`, or the other way round. */
  readonly isSpeltApart: boolean;
}

const dateIn = (tag: string): string => /(?<!\d)20\d{6}(?:\.\d+)*/.exec(tag)?.[0] ?? '';

function rankedFor(written: string): (tag: string) => Ranked {
  const wanted = tagParts(written);
  return tag => {
    const parts = tagParts(tag);
    const distance =
      parts.words.filter(word => !wanted.words.includes(word)).length +
      wanted.words.filter(word => !parts.words.includes(word)).length;
    const isSpeltApart = tag.startsWith('v') !== written.startsWith('v');
    return { tag, parts, distance, date: dateIn(tag), isSpeltApart };
  };
}

const versionOf = ({ parts: { version } }: Ranked): readonly number[] => version ?? [];

/** The same words first, then the newest and of these the one that says most. */
const byRank = (a: Ranked, b: Ranked): number =>
  a.distance - b.distance ||
  compareVersions(versionOf(b), versionOf(a)) ||
  (a.date === b.date ? 0 : a.date < b.date ? 1 : -1) ||
  Number(a.isSpeltApart) - Number(b.isSpeltApart) ||
  a.tag.length - b.tag.length ||
  (a.tag < b.tag ? -1 : 1);

/** All tags, the nearest to the written one first: of its variant, the newest, releases before previews. */
export function rankTags(tags: readonly string[], written: string): string[] {
  const isPreview = ({ parts }: Ranked): number => Number(parts.preview && !tagParts(written).preview);
  const flavour = flavourOf(written);
  const isOther = ({ tag }: Ranked): number => Number(flavourOf(tag) !== flavour);
  const namesNothing = ({ parts, date }: Ranked): number => Number(parts.version === null && date === '');
  return tags
    .map(rankedFor(written))
    .sort(
      (a, b) =>
        isOther(a) - isOther(b) ||
        isPreview(a) - isPreview(b) ||
        namesNothing(a) - namesNothing(b) ||
        byRank(a, b),
    )
    .map(({ tag }) => tag);
}

/** How much a tag says; a day of making says more than any version. */
const precision = ({ version, dated }: TagParts): number => (version?.length ?? 0) + (dated ? 100 : 0);

const startsWith = (version: readonly number[], start: readonly number[]): boolean =>
  start.every((number, index) => version[index] === number);

/** Of `24.9.0-slim`, `24.9-slim` and `24-slim` the first alone. */
function mostExact(tags: readonly Ranked[]): Ranked[] {
  const refined = new Set<string>();
  const key = ({ parts: { words, channels } }: Ranked, version: readonly number[]): string =>
    [version.join('.'), ...words, ...channels].join(' ');
  for (const tag of tags) {
    const version = versionOf(tag);
    for (let length = 1; length < version.length; length++) refined.add(key(tag, version.slice(0, length)));
  }
  return tags.filter(tag => tag.parts.dated || !refined.has(key(tag, versionOf(tag))));
}

/** One of each release line in turn: a channel such as `lts` may name any of them. */
function inTurns(tags: readonly Ranked[]): Ranked[] {
  const turns = new Map<string, number>();
  return tags
    .map((tag, index) => {
      const line = `${tag.distance} ${versionOf(tag)[0] ?? ''}`;
      const turn = turns.get(line) ?? 0;
      turns.set(line, turn + 1);
      return { tag, turn, index };
    })
    .sort((a, b) => a.tag.distance - b.tag.distance || a.turn - b.turn || a.index - b.index)
    .map(({ tag }) => tag);
}

/**
 * The tags that say more than the written one and might name the same image, the likeliest first. Whether one does, its
 * digest tells.
 */
export function exactCandidates(tags: readonly string[], written: string): string[] {
  const wanted = tagParts(written);
  const flavour = flavourOf(written);
  const fits = ({ tag, parts }: Ranked): boolean =>
    precision(parts) > precision(wanted) &&
    (wanted.preview || !parts.preview) &&
    flavourOf(tag) === flavour &&
    (parts.version === null || startsWith(parts.version, wanted.version ?? []));
  const fitting = tags.map(rankedFor(written)).filter(fits).sort(byRank);
  const lines = wanted.version === null ? inTurns(mostExact(fitting)) : mostExact(fitting);
  return lines.map(({ tag }) => tag);
}
