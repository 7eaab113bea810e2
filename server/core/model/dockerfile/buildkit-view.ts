// The view of `parse --format json`: a model in the terms of BuildKit's parser, for comparison with it.
import { lineIndex } from '../../text/lines.ts';
import { type Span, spanText } from '../../text/span.ts';
import { pairsOf, splitArguments } from './arguments.ts';
import { unquoted } from './command.ts';
import type { DockerfileModel, Instruction } from './model.ts';

/** Lines count from one. */
export interface BuildkitView {
  readonly escape: string;
  /** What BuildKit's parser stops at; what it refuses later is none. */
  readonly error: { readonly line: number; readonly message: string } | null;
  readonly instructions: readonly InstructionView[];
}

export interface InstructionView {
  readonly keyword: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly flags: readonly string[];
  readonly json: boolean;
  readonly arguments: readonly string[];
  readonly heredocs: readonly { readonly name: string; readonly content: string }[];
}

export function buildkitView(model: DockerfileModel): BuildkitView {
  // To BuildKit a carriage return alone ends no line.
  const lines = lineIndex(model.text.replace(/\r(?!\n)/g, ' '));
  const error = model.problems.find(problem => problem.stage === 'parse');
  return {
    escape: model.escape,
    error: error === undefined ? null : { line: lines.lineAt(error.span.start) + 1, message: error.message },
    instructions: model.instructions.map(instruction => ({
      keyword: instruction.keyword === 'UNKNOWN' ? instruction.written.toUpperCase() : instruction.keyword,
      startLine: lines.lineAt(instruction.extent.start) + 1,
      endLine: lines.lineAt(instruction.extent.end) + 1,
      flags: instruction.flags.map(flag => unquoted(flag.raw, model.escape)),
      json: instruction.json,
      arguments: argumentsOf(instruction, model.escape),
      heredocs: instruction.heredocs.map(({ name, contentSpan }) => ({
        name,
        content: spanText(model.text, contentSpan),
      })),
    })),
  };
}

/** BuildKit leaves out what is behind ONBUILD and unknown keywords, and takes ENV and LABEL apart. */
function argumentsOf({ keyword, body, words }: Instruction, escapeChar: string): string[] {
  if (keyword === 'ONBUILD') return [];
  if (keyword === 'UNKNOWN') return [''];
  const { words: places, strings } = splitArguments(body.text, keyword, escapeChar);
  if (strings !== null) return words.map(word => word.value);
  const written = (where: Span): string => spanText(body.text, where);
  if (keyword !== 'ENV' && keyword !== 'LABEL') return places.map(written);
  return pairsOf(body.text, keyword, places, escapeChar).flatMap(({ name, value }) => [
    written(name),
    value === null ? '' : written(value),
  ]);
}
