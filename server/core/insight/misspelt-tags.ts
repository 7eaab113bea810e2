// Misspelt tags: words that no tag of an image ever had but nearly, and releases far beyond its newest one.
//
// A tag that is not in the table may well exist: it is rebuilt no longer. So nothing is said of versions that may have been,
// and of words only where one that the image's tags do have is a slip away.
import { remember } from '../knowledge/remember.ts';
import { familyOfWord, isTagWord, releaseNames, tagParts } from '../knowledge/tag-parts.ts';
import { isKnownTag, tagsOf } from '../knowledge/tags.ts';
import { nearestName } from '../text/nearest.ts';

export type Misspelling =
  | { readonly kind: 'word'; readonly word: string; readonly near: string; readonly tag: string }
  | { readonly kind: 'release'; readonly newest: string; readonly tag: string | null };

const withoutNumber = (word: string): string => word.replace(/[\d.]+$/, '');

const wordsOf = remember((image: string): ReadonlySet<string> => {
  const words = new Set((tagsOf(image) ?? []).flat().flatMap(tag => tag.split('-').map(withoutNumber)));
  const families = new Set([...words].map(familyOfWord));
  for (const [name, family] of releaseNames) if (families.has(family)) words.add(name);
  return words.add('latest');
});

const majorsOf = remember((image: string): readonly number[] =>
  (tagsOf(image) ?? []).flat().flatMap(tag => {
    const { version, preview } = tagParts(tag);
    return preview ? [] : (version?.slice(0, 1) ?? []);
  }),
);

/** A slip of one key; of two in a long word. */
const slips = (word: string): number => (word.length < 7 ? 1 : 2);

function misspeltWord(image: string, tag: string): Misspelling | undefined {
  const known = wordsOf(image);
  for (const word of tag.split('-')) {
    const plain = withoutNumber(word);
    if (plain.length < 3 || !/^[a-z]+$/i.test(plain) || known.has(plain) || isTagWord(plain)) continue;
    const near = nearestName(
      plain,
      [...known].filter(other => other.length > 3),
      slips(plain),
    );
    if (near === undefined) continue;
    const right = near + word.slice(plain.length);
    return { kind: 'word', word, near: right, tag: tag.replace(word, right) };
  }
  return undefined;
}

const digits = (tag: string): string => tag.replace(/\./g, '');

function unheardRelease(image: string, tag: string): Misspelling | undefined {
  const { version, dated } = tagParts(tag);
  const [major = 0] = version ?? [];
  const newest = Math.max(...majorsOf(image));
  // Releases that are yet to come are not far away, and years are no numbers of releases.
  if (dated || !Number.isFinite(newest) || major <= 2 * newest + 5 || major > 9_999) return undefined;
  const meant = (tagsOf(image) ?? []).flat().find(other => other !== tag && digits(other) === digits(tag));
  return { kind: 'release', newest: String(newest), tag: meant ?? null };
}

/** `24.4` of a system that counts in months. */
function missingZero(image: string, tag: string): Misspelling | undefined {
  const near = tag.replace(/^(\d+)\.(?=\d(?!\d))/, '$1.0');
  return near !== tag && isKnownTag(image, near) ? { kind: 'word', word: tag, near, tag: near } : undefined;
}

/** Undefined where the tag is known, may have been, or nothing is known of the image. */
export function misspelling(image: string, tag: string): Misspelling | undefined {
  if (isKnownTag(image, tag) !== false) return undefined;
  return misspeltWord(image, tag) ?? missingZero(image, tag) ?? unheardRelease(image, tag);
}
