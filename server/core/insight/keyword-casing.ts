// Letter case of instructions: how each is written, and how most of a file are.
import type { DockerfileModel, Instruction } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import { spanText } from '../text/span.ts';

export type Casing = 'upper' | 'lower' | 'mixed';

export function casingOf(written: string): Casing {
  if (written === written.toUpperCase()) return 'upper';
  return written === written.toLowerCase() ? 'lower' : 'mixed';
}

export const writtenKeyword = ({ text }: DockerfileModel, { keywordSpan }: Instruction): string =>
  spanText(text, keywordSpan);

/** Whether it is written in that casing, in one piece as nearly all are: a cheap look before the careful one. */
export const isPlainly = (
  { text }: DockerfileModel,
  { keyword, extent }: Instruction,
  casing: 'upper' | 'lower',
): boolean => text.startsWith(casing === 'upper' ? keyword : keyword.toLowerCase(), extent.start);

/** That of most instructions in stages, as BuildKit counts them: capitals where there are as many of each. */
export const usualCasing = rememberFor((model: DockerfileModel): 'upper' | 'lower' => {
  let balance = 0;
  let isInStage = false;
  for (const instruction of model.instructions) {
    isInStage ||= instruction.keyword === 'FROM';
    if (!isInStage) continue;
    const casing = isPlainly(model, instruction, 'upper')
      ? 'upper'
      : casingOf(writtenKeyword(model, instruction));
    balance += casing === 'upper' ? 1 : casing === 'lower' ? -1 : 0;
  }
  return balance < 0 ? 'lower' : 'upper';
});
