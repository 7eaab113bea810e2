// Images in registries: what is asked of a registry, and what an answer looks like. A host that may, asks it; as a rule
// only when a person wants to know.
import { isImageReference, parseImageReference } from '../model/image-reference.ts';

/** `digest`: of what the tag names. `exact`: the tag that says most of the same image. */
export const pinAsks = ['digest', 'exact'] as const;
export type PinAsk = (typeof pinAsks)[number];

/** `size`: in bytes, compressed, for one processor. */
const imageAsks = [...pinAsks, 'size'] as const;
export type ImageAsk = (typeof imageAsks)[number];

export interface ImageQuestion {
  readonly ask: ImageAsk;
  /** Without a digest. */
  readonly image: string;
  /** Its digest for this one, such as `linux/arm64`; left out: for all of them together. */
  readonly platform?: string;
}

export interface ImageAnswers {
  /** By the text of the question; what is not there was not found. */
  readonly answers: ReadonlyMap<string, string>;
  /** Why not, by the text of the question, as sentences for people. */
  readonly problems: ReadonlyMap<string, string>;
}

export interface ImageFinder {
  /** Given up when `cancelled` is there: what has been found until then is the answer. */
  find(questions: readonly ImageQuestion[], cancelled?: Promise<unknown>): Promise<ImageAnswers>;
}

/** What may stand behind an `@`, whoever says so. */
export const isDigest = (text: string): boolean =>
  /^sha(?:256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})$/.test(text);

/** What may stand behind a `:`, whoever says so. */
export const isTag = (text: string): boolean => /^\w[\w.-]{0,127}$/.test(text);

export const isPlatform = (text: string): boolean => /^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9]+)?$/.test(text);

const isQuestion = ({ ask, image, platform }: ImageQuestion): boolean =>
  isImageReference(image) &&
  !image.includes('@') &&
  parseImageReference(image, 0).name !== 'scratch' &&
  (platform === undefined || (ask === 'digest' && isPlatform(platform)));

/** A question in one text, as a fact is asked for; null for what nobody would look up. */
export const imageQuestionText = (question: ImageQuestion): string | null =>
  isQuestion(question) ? [question.ask, question.image, question.platform ?? []].flat().join(' ') : null;

export function readImageQuestion(text: string): ImageQuestion | null {
  const [word, image = '', platform, ...rest] = text.split(' ');
  const ask = imageAsks.find(known => known === word);
  const question = ask && { ask, image, ...(platform !== undefined && { platform }) };
  return question && rest.length === 0 && isQuestion(question) ? question : null;
}
