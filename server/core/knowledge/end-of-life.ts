// End of life: whether the release that a tag names still gets fixes, of the image or of the system it is built on.
//
// The table holds one line for each image: releases as `10/buster:20240630` (number, name, end of the free support),
// `:*` where the day is not known, nothing where it was supported on the day of the table. `=other` stands for the line
// of another image.
import { endOfLifeTable, endOfLifeTableAsOf } from './end-of-life.generated.ts';
import { tableName } from './image-names.ts';
import { linesByName, remember } from './remember.ts';
import { familyOfWord, tagParts } from './tag-parts.ts';

/** The day the table was true: what has ended since then counts as supported. */
export const endOfLifeAsOf = endOfLifeTableAsOf;

interface Release {
  /** As the table writes it: `3.9`, `10`, `noetic`. */
  readonly label: string;
  readonly version: readonly number[];
  readonly name: string | null;
  /** `2024-06-30`, null for an unknown day; undefined while it is supported. */
  readonly ended: string | null | undefined;
}

export interface EndOfLife {
  /** What has ended: `3.9`, `Debian buster`. */
  readonly release: string;
  /** `2024-06-30`; null for an unknown day. */
  readonly ended: string | null;
  /** The image is supported, the system it is built on is not. */
  readonly ofSystem: boolean;
}

function readRelease(entry: string): Release {
  const [, label = '', name = null, end] = /^([^/:]+)(?:\/([^:]+))?(?::(.+))?$/.exec(entry) ?? [];
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(end ?? '') ?? [];
  const isNumbered = /^\d/.test(label);
  return {
    label,
    version: isNumbered ? label.split('.').map(Number) : [],
    name: isNumbered ? name : label,
    ended: end === undefined ? undefined : year === undefined ? null : `${year}-${month}-${day}`,
  };
}

const readLine = remember((line: string): readonly Release[] => line.split(' ').map(readRelease));

function releasesOf(image: string): readonly Release[] {
  const lines = linesByName(endOfLifeTable);
  const line = lines.get(tableName(image));
  const own = line?.startsWith('=') ? lines.get(line.slice(1)) : line;
  return own === undefined ? [] : readLine(own);
}

const beginsWith = (whole: readonly number[], start: readonly number[]): boolean =>
  start.length > 0 && start.every((number, index) => whole[index] === number);

/** The release that a version belongs to; for `3` the newest of all that begin so. */
function releaseOfVersion(releases: readonly Release[], version: readonly number[]): Release | undefined {
  const named = releases.filter(release => beginsWith(version, release.version));
  const [closest] = named.sort((a, b) => b.version.length - a.version.length);
  if (closest !== undefined) return closest;
  const within = releases.filter(release => beginsWith(release.version, version));
  return within.find(({ ended }) => ended === undefined) ?? within[0];
}

/** The release of an image that a tag names. */
function releaseOfTag(image: string, tag: string): Release | undefined {
  const releases = releasesOf(image);
  const { version, words } = tagParts(tag);
  const named = releases.find(({ name }) => name !== null && words.includes(name));
  return named ?? (version === null ? undefined : releaseOfVersion(releases, version));
}

const systemNames = { alpine: 'Alpine', debian: 'Debian', ubuntu: 'Ubuntu' } as const;

/** Of the system that a word of the tag names, as in `3.12-slim-buster` and `22-alpine3.15`. */
function systemEnd(image: string, tag: string): EndOfLife | undefined {
  for (const word of tagParts(tag).words) {
    const family = familyOfWord(word);
    if (family === undefined || family === image) continue;
    const release = releaseOfTag(family, family === 'alpine' ? word.slice(family.length) : word);
    if (release === undefined || release.ended === undefined) continue;
    const name = `${systemNames[family]} ${release.name ?? release.label}`;
    return { release: name, ended: release.ended, ofSystem: true };
  }
  return undefined;
}

/** False for a release that the table does not know: it may be yet to come. */
export function isSupported(image: string, tag: string): boolean {
  const { version, words } = tagParts(tag);
  const namesRelease = version !== null || words.some(word => familyOfWord(word) === image);
  const isUnknown = namesRelease && releasesOf(image).length > 0 && releaseOfTag(image, tag) === undefined;
  return !isUnknown && endOfLife(image, tag) === undefined;
}

/** Undefined where the release that the tag names is supported, or not known. */
export function endOfLife(image: string, tag: string): EndOfLife | undefined {
  const release = releaseOfTag(image, tag);
  if (release === undefined || release.ended === undefined) return systemEnd(image, tag);
  return { release: release.name ?? release.label, ended: release.ended, ofSystem: false };
}

/** The numbers that name the release which a tag belongs to: [24] of node:24.1.0, [3, 12] of python:3.12.1. */
export function releaseLine(image: string, tag: string): readonly number[] | null {
  const release = releaseOfTag(image, tag);
  return release === undefined || release.version.length === 0 ? null : release.version;
}

/** The number of the release that a tag names by number or by name: `buster` of debian is [10]. */
export function versionNamed(image: string, tag: string): readonly number[] | null {
  const { version } = tagParts(tag);
  const named = version ?? releaseOfTag(image, tag)?.version ?? [];
  return named.length === 0 ? null : named;
}
