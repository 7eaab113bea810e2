// Supported tags: what to move to from a release that gets no more fixes, in the same variant and spelling.
import { endOfLife, isSupported, versionNamed } from './end-of-life.ts';
import { remember } from './remember.ts';
import { compareVersions, familyOfWord, flavourOf, type TagParts, tagParts } from './tag-parts.ts';
import { type TagGroup, tagsOf } from './tags.ts';

/** Of the tags of the table, which are many and always the same. */
const partsOf = remember(tagParts);

export interface SupportedTag {
  readonly tag: string;
  /** The release after the present one, or the newest of all. */
  readonly which: 'nearest' | 'newest';
}

interface Candidate {
  readonly tag: string;
  /** Empty where the image has none of its own. */
  readonly version: readonly number[];
  /** The release of the system, where the tag names it. */
  readonly system: readonly number[];
}

/** The version that a group of tags is about, where the tag in question names it by a word. */
function versionOf(image: string, tag: string, group: TagGroup): readonly number[] | null {
  const own = versionNamed(image, tag);
  if (own !== null) return own;
  const numbered = group.map(other => partsOf(other).version).find(version => version !== null);
  return numbered?.slice(0, 2) ?? null;
}

const familyIn = ({ words }: TagParts): string | undefined =>
  words.map(familyOfWord).find(family => family !== undefined);

/** The release of the system that the tag names; empty where it names none. */
function systemOf(parts: TagParts): readonly number[] {
  const family = familyIn(parts);
  const word = parts.words.find(other => familyOfWord(other) !== undefined);
  if (word === undefined || family === undefined) return [];
  return versionNamed(family, family === 'alpine' ? word.slice(family.length) : word) ?? [];
}

/** What a tag says besides version and system. */
export const otherWords = ({ words }: TagParts): string =>
  words
    .filter(word => familyOfWord(word) === undefined)
    .sort()
    .join(' ');

/** Spelled alike: a version in as many numbers, or a name; with the release of the system or without. */
export function isAlike(candidate: TagParts, wanted: TagParts): boolean {
  return (
    !candidate.preview &&
    candidate.dated === wanted.dated &&
    (candidate.version?.length ?? 0) === (wanted.version?.length ?? 0) &&
    candidate.channels.join() === wanted.channels.join() &&
    familyIn(candidate) === familyIn(wanted) &&
    systemOf(candidate).length > 0 === systemOf(wanted).length > 0
  );
}

function candidatesFor(image: string, tag: string): Candidate[] {
  const wanted = tagParts(tag);
  const flavour = flavourOf(tag);
  const candidates = (tagsOf(image) ?? []).flatMap(group =>
    group.flatMap(other => {
      const parts = partsOf(other);
      if (!isAlike(parts, wanted) || flavourOf(other) !== flavour || !isSupported(image, other)) return [];
      const version = versionOf(image, other, group) ?? [];
      const system = systemOf(parts);
      return version.length + system.length === 0 ? [] : [{ tag: other, version, system }];
    }),
  );
  // The same variant down to the number: `jdk17` stays `jdk17` where that is to be had.
  const exact = candidates.filter(candidate => otherWords(partsOf(candidate.tag)) === otherWords(wanted));
  return exact.length > 0 ? exact : candidates;
}

const byVersion = (a: Candidate, b: Candidate): number =>
  compareVersions(a.version, b.version) || compareVersions(b.system, a.system);

/** At most two, of which the first is the smaller step; none where the table knows no tag of that spelling. */
export function supportedTags(image: string, tag: string): readonly SupportedTag[] {
  const present = versionNamed(image, tag);
  const newer = candidatesFor(image, tag)
    .filter(({ version }) => present === null || compareVersions(version, present) >= 0)
    .sort(byVersion);
  const [nearest] = newer;
  if (nearest === undefined) return [];
  const highest = newer.at(-1)?.version ?? nearest.version;
  const newest = newer.find(({ version }) => compareVersions(version, highest) === 0) ?? nearest;
  const choices: readonly SupportedTag[] = [
    { tag: nearest.tag, which: 'nearest' },
    { tag: newest.tag, which: 'newest' },
  ];
  const isEnough = newest.tag === nearest.tag || endOfLife(image, tag)?.ofSystem === true;
  return isEnough ? choices.slice(0, 1) : choices;
}
