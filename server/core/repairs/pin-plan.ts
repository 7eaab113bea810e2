// The plan of pinning: what is asked of registries for the images of a text, and what is written once they have answered.
import type { ImageAnswers, PinAsk } from '../engine/image-questions.ts';
import type { Model } from '../engine/rule.ts';
import type { Edit } from '../text/edit.ts';
import { type PulledImage, pinEdit, pinQuestion, pulledImages, taggedName } from './image-pins.ts';

export interface PinWish {
  /** Digests where there are none; else the tags that say most. */
  readonly digest: boolean;
  /** The digests that are there are renewed; without `digest` nothing else happens. */
  readonly update: boolean;
  /** Digests are of the image for this one; left out: of all platforms together. */
  readonly platform?: string | undefined;
}

interface Planned {
  readonly image: PulledImage;
  readonly ask: PinAsk;
  /** Null where there is nothing to ask. */
  readonly question: string | null;
  /** Why, as the end of a sentence about the image. */
  readonly obstacle: string | null;
}

export type PinPlan = readonly Planned[];

function plannedFor(image: PulledImage, { digest, update, platform }: PinWish): Planned[] {
  const { tag, digest: current } = image.reference;
  const isPinned = current !== null;
  if (isPinned ? !update : update && !digest) return [];
  const ask = isPinned || digest ? 'digest' : 'exact';
  const blocked = (obstacle: string): Planned[] => [{ image, ask, question: null, obstacle }];
  if (isPinned && tag === null)
    return blocked('names no tag that its digest could follow: write one before the @');
  const question = pinQuestion(image, ask, platform);
  if (question === null) return blocked('is no name of an image: correct it');
  if (image.stated === null && !isPinned)
    return blocked('takes its tag from variables: write it where the image is named, or in one default');
  return [{ image, ask, question, obstacle: null }];
}

export const planPins = (model: Model, wish: PinWish): PinPlan =>
  pulledImages(model).flatMap(image => plannedFor(image, wish));

export const questionsOf = (plan: PinPlan): string[] => plan.flatMap(({ question }) => question ?? []);

export interface PinOutcome {
  readonly image: PulledImage;
  /** `failed`: its registry gave no answer that could be used. */
  readonly kind: 'pinned' | 'same' | 'left' | 'failed';
  /** What is written now, or why it is not: for `left` the end of a sentence, for `failed` sentences. */
  readonly says: string;
}

export interface PinResult {
  readonly edits: readonly Edit[];
  readonly outcomes: readonly PinOutcome[];
}

const shownName = (image: PulledImage, ask: PinAsk, answer: string): string => {
  const name = taggedName(image);
  const { tag } = image.reference;
  if (ask === 'digest') return `${tag === null ? `${name}:latest` : name}@${answer}`;
  return `${tag === null ? name : name.slice(0, -tag.length - 1)}:${answer}`;
};

export function carryOut(text: string, plan: PinPlan, { answers, problems }: ImageAnswers): PinResult {
  const edits = new Map<number, Edit>();
  const outcomes = plan.map(({ image, ask, question, obstacle }): PinOutcome => {
    if (obstacle !== null || question === null) return { image, kind: 'left', says: obstacle ?? '' };
    const answer = answers.get(question);
    if (answer === undefined)
      return { image, kind: 'failed', says: problems.get(question) ?? 'It was not looked up.' };
    const says = shownName(image, ask, answer);
    const edit = pinEdit(text, image, ask, answer);
    if (edit) {
      // A default that several images share is written once.
      edits.set(edit.span.start, edit);
      return { image, kind: 'pinned', says };
    }
    return says === image.reference.text
      ? { image, kind: 'same', says }
      : { image, kind: 'left', says: `would be ${says}, and the text has no place for it` };
  });
  return { edits: [...edits.values()], outcomes };
}
