// What the words of an image tag say: version, release channel, distribution, flavour.

export interface TagParts {
  /** The numbers of the version, or null where the tag names none: `24.9.0-slim` is [24, 9, 0]. */
  readonly version: readonly number[] | null;
  /** The day an image was made, where the tag says it: `trixie-20260803`. */
  readonly dated: boolean;
  /** A release candidate, beta, nightly build or the like. */
  readonly preview: boolean;
  /** `lts`, `stable`, `current`, ...: names that move from release to release. */
  readonly channels: readonly string[];
  /** Everything else, in order: `24.9.0-bookworm-slim` is [bookworm, slim]. */
  readonly words: readonly string[];
}

export type DistributionFamily = 'alpine' | 'debian' | 'ubuntu';

const debianReleases =
  'buzz rex bo hamm slink potato woody sarge etch lenny squeeze wheezy jessie stretch buster bullseye bookworm trixie forky sid';
const ubuntuReleases =
  'trusty xenial bionic focal jammy noble resolute utopic vivid wily yakkety zesty artful cosmic disco eoan groovy hirsute impish kinetic lunar mantic oracular plucky questing stonking';

/** Releases of distributions, past ones too. */
const familyOfRelease = new Map<string, DistributionFamily>([
  ...debianReleases.split(' ').map(name => [name, 'debian'] as const),
  ...ubuntuReleases.split(' ').map(name => [name, 'ubuntu'] as const),
]);

/** Of Node.js: the images carry the name of the release line too. */
const lineNames = 'argon boron carbon dubnium erbium fermium gallium hydrogen iron jod krypton'.split(' ');
const channelNames = new Set([
  ...'latest current lts stable mainline innovation rolling production fresh'.split(' '),
  ...lineNames,
]);

const previewWord = /^(?:rc|alpha|beta|dev|ea|preview|nightly|snapshot|edge|tip|canary|m)\d*$/i;
const previewVersion = /\d(?:rc|alpha|beta|a|b|m)\d/i;
const versionWord = /^v?\d[\w.+]*$/;
const buildWord = /^(?:\d[\w.+]*|b\d+)$/;
const architectureWord = /^(?:amd64|arm64(?:v8)?|arm32v[5-7]|armhf|i386|ppc64le|s390x|riscv64)$/;
const dateWord = /^20\d{6}(?:\.\d+)*$/;

export const releaseNames: ReadonlyMap<string, DistributionFamily> = familyOfRelease;

/** A word that tags of whatever image may have: a release of a distribution, a channel, an architecture, a preview. */
export const isTagWord = (word: string): boolean =>
  familyOfWord(word) !== undefined ||
  channelNames.has(word) ||
  previewWord.test(word) ||
  architectureWord.test(word);

export function tagParts(tag: string): TagParts {
  const words = tag.split('-').filter(word => word !== '');
  const dated = words.some(word => dateWord.test(word));
  const others = words.filter(word => !dateWord.test(word));
  const end = others.findIndex((word, index) => !(index === 0 ? versionWord : buildWord).test(word));
  const leading = end < 0 ? others : others.slice(0, end);
  const rest = others.slice(leading.length);
  const isPreview = rest.some(word => previewWord.test(word)) || previewVersion.test(leading[0] ?? '');
  return {
    version: leading.length > 0 ? numbersIn(leading.join('.')) : null,
    dated,
    preview: isPreview,
    channels: rest.filter(word => channelNames.has(word)),
    words: rest.filter(word => !channelNames.has(word)),
  };
}

const numbersIn = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);

/** Negative where `a` is the older version; a missing number is older than any. */
export function compareVersions(a: readonly number[], b: readonly number[]): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference = (a[index] ?? -1) - (b[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The distribution that a word of a tag names: `alpine3.24`, `bookworm`, `noble`. */
export function familyOfWord(word: string): DistributionFamily | undefined {
  return /^alpine[\d.]*$/.test(word) ? 'alpine' : familyOfRelease.get(word);
}

/** The distribution that a tag names, in whatever image. */
export const familyOfTag = (tag: string): DistributionFamily | undefined =>
  tagParts(tag)
    .words.map(familyOfWord)
    .find(family => family !== undefined);

/**
 * What is left of a tag without versions, channels, architectures and releases of a distribution: `24.9.0-bookworm-slim` is `slim`,
 * `3.13-slim-trixie` too, `8.4-fpm-alpine3.24` is `alpine fpm`. Tags of one image with equal flavours hold the same
 * tools as a rule.
 */
export function flavourOf(tag: string): string {
  const words = tagParts(tag)
    .words.filter(
      word => !familyOfRelease.has(word) && !previewWord.test(word) && !architectureWord.test(word),
    )
    .map(word => word.replace(/[\d.]+$/, ''));
  return [...new Set(words.filter(word => word !== ''))].sort().join(' ');
}
