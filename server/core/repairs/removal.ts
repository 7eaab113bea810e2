// Removing instructions, and single pairs of those that set several variables.
import type {
  CopyInstruction,
  DockerfileModel,
  Instruction,
  KeyValue,
  VariablesInstruction,
  Word,
} from '../model/dockerfile/model.ts';
import { type Edit, remove } from '../text/edit.ts';
import { wholeLines } from '../text/layout.ts';
import { span } from '../text/span.ts';

/** With its lines; comments above it stay. */
export const removeInstruction = ({ text }: DockerfileModel, instruction: Instruction): Edit =>
  remove(wholeLines(text, instruction.span));

/** With the blanks, or the continuation, that part it from its neighbour; the whole instruction where it is the only one. */
export function removePair(model: DockerfileModel, instruction: VariablesInstruction, pair: KeyValue): Edit {
  const { pairs } = instruction;
  const at = pairs.indexOf(pair);
  const previous = pairs[at - 1];
  const next = pairs[at + 1];
  if (previous) return remove(span(previous.span.end, pair.span.end));
  return next ? remove(span(pair.span.start, next.span.start)) : removeInstruction(model, instruction);
}

/** One source of several; the whole instruction where it is the only one. */
export function removeSource(model: DockerfileModel, copy: CopyInstruction, source: Word): Edit {
  const { sources, heredocs, words } = copy;
  const next = words[words.indexOf(source) + 1];
  if (!next || sources.length + heredocs.length === 1) return removeInstruction(model, copy);
  return remove(span(source.span.start, next.span.start));
}
