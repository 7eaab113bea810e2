// What all instructions have in common: given by the scanner, or derived from that when it is asked for.
import { spanText } from '../../text/span.ts';
import type { Known } from '../known.ts';
import { type Arguments, splitArguments } from './arguments.ts';
import { expand } from './expansion.ts';
import { flagAt } from './flags.ts';
import type { Derivations } from './lazy.ts';
import { mappedPart } from './mapped.ts';
import type { Flag, Instruction, InstructionBase, Word } from './model.ts';
import type { Origin } from './parsed.ts';
import { atEnd, lookupAt, type Place, stateAt } from './timeline.ts';
import { wordsOf } from './words.ts';

type GivenName = 'index' | 'span' | 'keywordSpan' | 'extent' | 'heredocs' | 'comments' | 'onbuild';

export type Given<Kind extends Instruction = Instruction> = Pick<InstructionBase, GivenName> &
  Pick<Kind, 'keyword'> & { readonly origin: Origin };

export type Common = Omit<InstructionBase, GivenName> & { readonly split: Arguments };

/** All that an instruction of a kind derives. */
export type Derived<Kind extends Instruction> = Common & Omit<Kind, keyof InstructionBase | 'keyword'>;

export const common: Derivations<Given, Common> = {
  flags: ({ origin: { line, command, model } }) =>
    command.flags.map(where => flagAt(line, where, model.escape)),
  body: ({ origin: { line, command } }) => mappedPart(line, command.body),
  split: ({ origin: { line, command, model }, keyword }) =>
    splitArguments(spanText(line.text, command.body), keyword, model.escape),
  words: ({ body, split, keyword, origin }) => wordsOf(body, split, keyword, origin.model.escape),
  json: ({ split }) => split.strings !== null,
  stage: ({ origin }) => origin.model.stages[origin.stageIndex] ?? null,
  before: self => stateAt(placeBefore(self)),
  after: self => stateAt(placeAfter(self)),
};

/** Only the global variables are in scope in a FROM. */
function placeBefore({ keyword, index, origin: { model, stageIndex } }: Given): Place {
  if (keyword === 'FROM') return { timeline: model.globals, at: atEnd };
  return { timeline: model.timelines[stageIndex] ?? model.globals, at: index };
}

/** An ONBUILD trigger changes nothing where it is written. */
function placeAfter(self: Given): Place {
  const { index, onbuild, origin } = self;
  if (onbuild !== null) return placeBefore(self);
  return { timeline: origin.model.timelines[origin.stageIndex] ?? origin.model.globals, at: index + 1 };
}

/** A word with the variables filled in that are known in front of the instruction. */
export function filledIn(self: Given & Common, { raw, value, span }: Word): Known<string> {
  const written = self.json ? value : raw;
  return expand(written, self.origin.model.escape, lookupAt(placeBefore(self)), span);
}

export const flagNamed = ({ flags }: Common, name: string): Flag | null =>
  flags.find(flag => flag.name === name) ?? null;
