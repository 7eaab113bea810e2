// Newer tags: what has come out since in the release, variant and spelling of a tag that says a patch level or a day.
import { endOfLife, releaseLine } from './end-of-life.ts';
import { remember } from './remember.ts';
import { isAlike, otherWords } from './supported-tags.ts';
import { compareVersions, flavourOf, type TagParts, tagParts } from './tag-parts.ts';
import { isKnownTag, tagsOf } from './tags.ts';

/** Of the tags of the table, which are many and always the same. */
const partsOf = remember(tagParts);

const dayIn = (tag: string): string => /(?:^|-)(20\d{6}(?:\.\d+)*)(?:-|$)/.exec(tag)?.[1] ?? '';

/** Where nobody says how an image counts its releases, the last of three numbers is a patch. */
const usualLine = (version: readonly number[]): readonly number[] | null =>
  version.length > 2 ? version.slice(0, 2) : null;

const systemWords = ({ words }: TagParts): string => words.join('-');

interface Newer {
  readonly tag: string;
  readonly parts: TagParts;
}

/** Negative where `a` is the older one. */
const byAge = (a: Newer, b: Newer): number =>
  compareVersions(a.parts.version ?? [], b.parts.version ?? []) ||
  (dayIn(a.tag) < dayIn(b.tag) ? -1 : dayIn(a.tag) > dayIn(b.tag) ? 1 : 0);

/** Whether a tag says more than the release that it belongs to, which gets fixes under it. */
function lineOf(image: string, tag: string, { version, dated }: TagParts): readonly number[] | null {
  if (dated) return version ?? [];
  if (version === null) return null;
  const line = releaseLine(image, tag) ?? usualLine(version);
  return line !== null && version.length > line.length ? line : null;
}

/** Undefined where the tag is rebuilt still, names no patch level, or nothing newer is known. */
export function newerTag(image: string, tag: string): string | undefined {
  const groups = tagsOf(image);
  if (groups === undefined || isKnownTag(image, tag) || endOfLife(image, tag) !== undefined) return undefined;
  const wanted = tagParts(tag);
  const line = lineOf(image, tag, wanted);
  if (line === null || wanted.preview) return undefined;
  const own: Newer = { tag, parts: wanted };
  const newer = groups.flat().flatMap(other => {
    const found: Newer = { tag: other, parts: partsOf(other) };
    const { version } = found.parts;
    const isOfLine = line.every((number, index) => version?.[index] === number);
    const isSame =
      isOfLine &&
      isAlike(found.parts, wanted) &&
      flavourOf(other) === flavourOf(tag) &&
      otherWords(found.parts) === otherWords(wanted) &&
      (!wanted.dated || systemWords(found.parts) === systemWords(wanted));
    return isSame && byAge(found, own) > 0 ? [found] : [];
  });
  // The newest; of these the one on the same release of the system.
  const [best] = newer.sort(
    (a, b) =>
      byAge(b, a) ||
      Number(systemWords(b.parts) === systemWords(wanted)) -
        Number(systemWords(a.parts) === systemWords(wanted)),
  );
  return best?.tag;
}
