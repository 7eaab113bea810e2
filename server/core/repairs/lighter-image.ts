// The lighter variant of an image, and what both weigh where somebody has said so.
import type { FactReader } from '../engine/facts.ts';
import type { LookUp } from '../engine/finding.ts';
import { imageQuestionText } from '../engine/image-questions.ts';
import { sizeText } from '../insight/image-size.ts';
import { lighterTag } from '../knowledge/lighter-tags.ts';
import { tagsAsOf } from '../knowledge/tags.ts';
import { familiarName, type ImageReference, registryName } from '../model/image-reference.ts';
import type { LocalImage } from '../model/local-image.ts';
import { moveTo, retagged } from './pin.ts';
import type { TagFixes } from './pin-from.ts';

export interface LighterImage {
  /** For messages; sizes are empty where they are not known. */
  readonly data: Readonly<Record<'image' | 'size' | 'lighter' | 'lighterSize' | 'asOf', string>>;
  readonly fixesFor: TagFixes;
  /** Of the sizes that nobody has told. */
  readonly lookUp: LookUp | undefined;
}

/** Undefined where there is none. `local`: the image itself, where an engine has it. */
export function lighterImage(
  reference: ImageReference,
  local: LocalImage | null | undefined,
  facts: FactReader<'registry'>,
): LighterImage | undefined {
  const lighter = lighterTag(familiarName(reference), reference.tag);
  if (lighter === undefined) return undefined;
  const tagged = { ...reference, text: reference.text.split('@', 1)[0] ?? '' };
  const open: string[] = [];
  const sizeOf = (image: string, held: LocalImage | null | undefined): string => {
    const question = imageQuestionText({ ask: 'size', image });
    const text = sizeText(question === null ? null : facts.get('registry', question), held);
    if (text === '' && question !== null) open.push(question);
    return text;
  };
  const data = {
    image: reference.text,
    size: sizeOf(tagged.text, local),
    lighter,
    lighterSize: sizeOf(retagged(tagged, lighter), null),
    asOf: tagsAsOf,
  };
  const title = `Look up what both weigh (asks ${registryName(reference)})`;
  const lookUp: LookUp = { kind: 'registry', title, questions: open, onlyTells: true };
  return { data, fixesFor: moveTo(lighter), lookUp: open.length > 0 ? lookUp : undefined };
}
