// What all instructions have in common: given by the scanner, or derived from that when it is asked for.
import { fileSpan } from '../../text/mapped-text.ts';
import { hull, span, spanText } from '../../text/span.ts';
import type { Known } from '../known.ts';
import { withinFrame } from '../looking.ts';
import { type Arguments, splitArguments } from './arguments.ts';
import { expand } from './expansion.ts';
import { flagAt } from './flags.ts';
import type { Derivations } from './lazy.ts';
import { mappedPart } from './mapped.ts';
import type { Flag, Instruction, InstructionBase, Word } from './model.ts';
import type { Origin } from './parsed.ts';
import { atEnd, lookupAt, type Place, stateAt } from './timeline.ts';
import { wordsOf } from './words.ts';

type GivenName = 'index' | 'onbuild';

export type Given<Kind extends Instruction = Instruction> = Pick<InstructionBase, GivenName> &
  Pick<Kind, 'keyword'> &
  Origin;

export type Common = Omit<InstructionBase, GivenName> & { readonly split: Arguments };

/** All that an instruction of a kind derives. */
export type Derived<Kind extends Instruction> = Common & Omit<Kind, keyof InstructionBase | 'keyword'>;

const none: readonly Flag[] = [];

export const common: Derivations<Given, Common> = {
  span: ({ statement: { line, command, extent, heredocs } }) => {
    const written = fileSpan(line, hull(command.keyword, command.body));
    return heredocs.length === 0 ? written : span(written.start, extent.end);
  },
  keywordSpan: ({ statement: { line, command } }) => fileSpan(line, command.keyword),
  extent: ({ statement }) => statement.extent,
  comments: ({ statement }) => statement.comments,
  heredocs: ({ statement }) => statement.heredocs,
  flags: ({ statement: { line, command }, model }) =>
    command.flags.length === 0 ? none : command.flags.map(where => flagAt(line, where, model.escape)),
  body: ({ statement: { line, command } }) => mappedPart(line, command.body),
  split: ({ statement: { line, command }, model, keyword }) =>
    splitArguments(spanText(line.text, command.body), keyword, model.escape),
  words: ({ body, split, keyword, model }) => wordsOf(body, split, keyword, model.escape),
  json: ({ split }) => split.strings !== null,
  // Of the list of stages nothing else is seen.
  stage: ({ model, stageIndex }) => withinFrame(() => model.stages[stageIndex] ?? null),
  before: self => stateAt(placeBefore(self)),
  after: self => stateAt(placeAfter(self)),
};

/** Only the global variables are in scope in a FROM. */
export function placeBefore({ keyword, index, model, stageIndex }: Given): Place {
  if (keyword === 'FROM') return { timeline: model.globals, at: atEnd };
  return { timeline: model.timelineOf(stageIndex), at: index };
}

/** An ONBUILD trigger changes nothing where it is written. */
function placeAfter(self: Given): Place {
  const { index, onbuild, model, stageIndex } = self;
  if (onbuild !== null) return placeBefore(self);
  return { timeline: model.timelineOf(stageIndex), at: index + 1 };
}

/** A word with the variables filled in that are known in front of the instruction. */
export function filledIn(self: Given & Common, { raw, value, span }: Word): Known<string> {
  const written = self.json ? value : raw;
  return expand(written, self.model.escape, lookupAt(placeBefore(self)), span);
}

export const flagNamed = ({ flags }: Common, name: string): Flag | null =>
  flags.find(flag => flag.name === name) ?? null;
