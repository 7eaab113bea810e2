// What a person can pick for an image: its tags, or the platforms that it is made for, each with the edit that writes it.
import type { PinAsk } from '../core/engine/image-questions.ts';
import type { ImageChoicesParams, ImageChoicesResult } from '../core/protocol/messages.ts';
import { type PulledImage, pinEdit, shortDigest, taggedName } from '../core/repairs/image-pins.ts';
import { bytesText } from '../core/text/bytes.ts';
import type { RegistryAccess } from '../host/registries.ts';
import type { Check } from './checks.ts';
import type { EditMaker } from './workspace-edit.ts';

/** For each of them a registry is asked three times, and some count that. */
const mostLookedAt = 6;

interface Choice {
  readonly label: string;
  readonly detail: string;
  readonly ask: PinAsk;
  readonly answer: string;
}

async function tagChoices(
  given: RegistryAccess,
  name: string,
  cancelled: Promise<unknown>,
): Promise<Choice[]> {
  const tags = await given.tags(name, mostLookedAt, cancelled);
  return tags.map(({ tag, created, size }) => {
    const details = [created?.slice(0, 'yyyy-mm-dd'.length), size === null ? undefined : bytesText(size)];
    const detail = details.filter(part => part !== undefined).join(', ');
    return { label: tag, detail, ask: 'exact', answer: tag };
  });
}

/** All of them together first, as they are pinned without a choice. */
async function platformChoices(
  given: RegistryAccess,
  name: string,
  cancelled: Promise<unknown>,
): Promise<Choice[]> {
  const { digest, platforms } = await given.platforms(name, cancelled);
  const whole = { platform: platforms.length > 0 ? 'All platforms' : 'The only platform', digest };
  return [whole, ...platforms].map(({ platform, digest }) => ({
    label: platform,
    detail: shortDigest(digest),
    ask: 'digest',
    answer: digest,
  }));
}

/** Each with the edit that writes it. */
export async function withEdits(
  choices: readonly Choice[],
  image: PulledImage,
  { document }: Check,
  editOf: EditMaker,
): Promise<ImageChoicesResult> {
  const made = choices.map(async ({ label, detail, ask, answer }) => {
    const edit = pinEdit(document.text, image, ask, answer);
    return { label, detail, edit: edit && (await editOf(document, { edits: [edit], files: [] })) };
  });
  return { name: taggedName(image), choices: await Promise.all(made) };
}

export const choicesOf: Readonly<Record<ImageChoicesParams['of'], typeof tagChoices>> = {
  tags: tagChoices,
  platforms: platformChoices,
};
