// Reads the generated table of image facts, and finds those of a tag that the table does not list.
import { bareImage, type ImageFacts, type PackageManager } from './image-facts.ts';
import { imageTable } from './images.generated.ts';
import { linesByName, remember } from './remember.ts';
import { compareVersions, familyOfWord, flavourOf, tagParts } from './tag-parts.ts';
import { expandTags, type TagGroup } from './tag-pattern.ts';
import { tagsOf } from './tags.ts';

export interface TableMatch {
  readonly facts: ImageFacts;
  /** They were read for that very tag, not for the ones most like it. */
  readonly exact: boolean;
}

/** Tags of an image that share facts, and what tells them from the others. */
interface Group {
  readonly tags: TagGroup;
  /** The letter of the facts, or null where they were not read. */
  readonly variant: string | null;
  readonly flavours: ReadonlySet<string>;
  readonly releases: readonly string[];
  readonly version: readonly number[] | null;
  readonly preview: boolean;
}

interface Row extends Omit<ImageFacts, 'os' | 'accounts' | 'drops' | 'healthCommand'> {
  readonly os: string;
  readonly accounts: readonly (readonly [name: string, uid: number | null, gid: number | null])[];
  readonly drops: readonly (readonly [tool: string, to: string])[];
}

const lineOf = (name: string): string | undefined => linesByName(imageTable).get(name);

const releasesIn = (tag: string): string[] =>
  tagParts(tag).words.filter(word => familyOfWord(word) !== undefined);

const groupsOf = remember((name: string): readonly Group[] => {
  const [letters = '', ...pattern] = (lineOf(name) ?? '').split(' ');
  const groups = pattern.length > 0 ? expandTags(pattern.join(' ')) : (tagsOf(name) ?? []);
  return groups.map((tags, index) => {
    const letter = letters.charAt(index);
    const parts = tags.map(tagParts);
    return {
      tags,
      variant: letter === '-' || letter === '' ? null : letter,
      flavours: new Set(tags.map(flavourOf)),
      releases: tags.flatMap(releasesIn),
      version: parts.find(({ version }) => version !== null)?.version ?? null,
      preview: parts.some(({ preview }) => preview),
    };
  });
});

/** A line is what differs from the line of the letter before it, or from an image that has nothing. */
function rowOf(name: string, variant: string): Row {
  const line = lineOf(`${name}#${variant}`) ?? '{}';
  const start: Row = line.startsWith('{') ? { ...bareImage, os: '' } : rowOf(name, line.charAt(0));
  return { ...start, ...(JSON.parse(line.slice(line.indexOf('{'))) as Partial<Row>) };
}

const factsOf = remember((key: string): ImageFacts => {
  const [name = '', variant = ''] = key.split('#');
  const row = rowOf(name, variant);
  const [family = '', packageManager] = row.os.split('/');
  const health = lineOf(`${name}#health`);
  return {
    ...row,
    os: { family, packageManager: packageManager as PackageManager },
    accounts: row.accounts.map(([account, uid, gid]) => ({ name: account, uid, gid })),
    drops: row.drops.map(([tool, to]) => ({ tool, to })),
    healthCommand: health === undefined ? null : { note: null, ...JSON.parse(health) },
  };
});

/** What the table says of an image with that tag; undefined where it says nothing. */
export function lookUp(image: string, tag: string): TableMatch | undefined {
  const line = lineOf(image);
  if (line === undefined) return undefined;
  const name = line.startsWith('=') ? line.slice(1) : image;
  const groups = groupsOf(name);
  const exact = groups.find(({ tags }) => tags.includes(tag));
  const group = exact ?? nearestGroup(groups, tag);
  if (group === undefined || group.variant === null) return undefined;
  return { facts: factsOf(`${name}#${group.variant}`), exact: exact !== undefined };
}

/** Of the groups with the tag's flavour, on the same distribution where it names one, the nearest in version. */
function nearestGroup(groups: readonly Group[], tag: string): Group | undefined {
  const { version } = tagParts(tag);
  const flavour = flavourOf(tag);
  const releases = releasesIn(tag);
  const families = new Set(releases.map(familyOfWord));
  const alike = groups.filter(
    group =>
      group.flavours.has(flavour) &&
      (families.size === 0 ||
        group.releases.length === 0 ||
        group.releases.some(release => families.has(familyOfWord(release)))),
  );
  const sameRelease = alike.filter(group => group.releases.some(release => releases.includes(release)));
  const candidates = sameRelease.length > 0 ? sameRelease : alike;
  return [...candidates].sort(
    version === null ? newestFirst : (a, b) => compareVersions(gap(a, version), gap(b, version)),
  )[0];
}

const newestFirst = (a: Group, b: Group): number =>
  Number(a.preview) - Number(b.preview) || compareVersions(b.version ?? [], a.version ?? []);

const gap = (group: Group, version: readonly number[]): number[] =>
  version.map((number, index) => Math.abs(number - (group.version?.[index] ?? 0)));
