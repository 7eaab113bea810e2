// What the rules about tags say of a Dockerfile and of a Compose file alike: each of them has a twin there.
import { tagsAsOf } from '../knowledge/tags.ts';

/** A tag that there is not. */
export const misspeltTag = {
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  messages: {
    word: {
      text: 'No tag of {name} says `{word}` (as of {asOf}): the image cannot be pulled. Write `{near}`.',
    },
    release: {
      text: '{name} has no release of that number, {newest} is the newest (as of {asOf}): the image cannot be pulled. Correct the tag.',
    },
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Another word may have been meant.',
  },
  docs: {
    why: 'A slip in a tag is noticed when the image is pulled, as `not found`: minutes later, on another machine.',
    remedy:
      'Correct the word. The repair writes the one that is a slip away among those that tags of the image have, or the release with the dot that was forgotten.',
    limits: `The official images are known by their tags of ${tagsAsOf}. Tags that are not among them may well exist, because old ones can still be pulled: a version is let pass unless it is far beyond the newest, a word unless it is a slip away from a known one.`,
    references: ['https://github.com/docker-library/official-images'],
  },
} as const;

/** A patch level that others have followed. */
export const outdatedImage = {
  category: 'security',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  messages: {
    outdated: {
      text: '{image} is rebuilt no longer: what its release has mended since is in {newer} (as of {asOf}). Move to it.',
    },
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Even a patch can break. A digest has to change with the tag, and is left to who can look it up.',
  },
} as const;

export const outdatedImageWhy =
  'A tag that names a patch level holds still, while its release goes on: each patch closes holes that are public from then on, and the old image is not rebuilt.';

/** Compilers and headers where nothing is compiled. */
export const heavyImage = {
  category: 'size',
  severity: 'hint',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  messages: {
    heavy: {
      text: '{image}{size} brings compilers, headers and version control along, for nothing that runs. {lighter}{lighterSize} is the same without (as of {asOf}): take it where no package has to be compiled.',
    },
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'What the program calls when it runs may be missing.',
  },
} as const;

export const heavyImageWhy =
  'The plain tags of many languages are built on `buildpack-deps`, with all that a package could need to be compiled: weight to pull, hundreds of packages with flaws of their own, and tools for whoever breaks in.';
