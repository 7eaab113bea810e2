// Versions of packages: what is asked of the package index that an image has, and what an answer looks like. A host that
// has the image looks it up, only when a person asks for it.
import { isImageReference } from '../model/image-reference.ts';

export interface VersionQuestion {
  /** The program that would install it: `apt-get`, `pip3`. */
  readonly manager: string;
  /** As it would be asked for, without a version. */
  readonly name: string;
  /** The image in which that program runs. */
  readonly image: string;
}

/** `local`: what images and containers of this machine hold. `network`: they may fetch an index first. */
export const lookupReaches = ['local', 'network'] as const;
export type LookupReach = (typeof lookupReaches)[number];

export interface VersionAnswers {
  /** By the text of the question; what is not there was not found. */
  readonly versions: ReadonlyMap<string, string>;
  /** What stood in the way, each a sentence or two for people. */
  readonly problems: readonly string[];
  /** With `network` there may be more. */
  readonly needsNetwork: boolean;
}

export type VersionFinder = (
  questions: readonly VersionQuestion[],
  reach: LookupReach,
) => Promise<VersionAnswers>;

/** No option, no path, nothing that a shell or a manager would read in another way. */
const nameOfPackage = /^@?[a-zA-Z0-9_][\w.+-]*(?:[/:][a-zA-Z0-9_][\w.+-]*)*$/;
const nameOfManager = /^[a-z][a-z0-9.-]*$/;
const longestName = 200;

const isQuestion = ({ manager, name, image }: VersionQuestion): boolean =>
  nameOfManager.test(manager) &&
  nameOfPackage.test(name) &&
  name.length <= longestName &&
  isImageReference(image);

/** A question in one text, as a fact is asked for; null for names that nobody would look up. */
export const versionQuestionText = (question: VersionQuestion): string | null =>
  isQuestion(question) ? `${question.manager} ${question.name} ${question.image}` : null;

export function readVersionQuestion(text: string): VersionQuestion | null {
  const [manager = '', name = '', image = '', ...rest] = text.split(' ');
  const question = { manager, name, image };
  return rest.length === 0 && isQuestion(question) ? question : null;
}

/** What may stand behind a name in a command: an answer comes from a program in an image, and is believed no further. */
export const isPlainVersion = (text: string): boolean => /^[0-9a-zA-Z][\w.+~:^-]{0,127}$/.test(text);
