// Writing instructions into a Dockerfile: where a new one belongs, in the file's own letter case and line ends.
import type { DockerfileModel, Instruction, Keyword, Stage } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import { type Edit, insert } from '../text/edit.ts';
import { indentationAt } from '../text/layout.ts';

const writesLowerCase = rememberFor(({ text, instructions }: DockerfileModel): boolean => {
  const lower = instructions.filter(({ extent: { start } }) => /[a-z]/.test(text[start] ?? ''));
  return lower.length * 2 > instructions.length;
});

/** The keyword in the case that the file writes its own in. */
export const keywordLike = (model: DockerfileModel, keyword: Keyword): string =>
  writesLowerCase(model) ? keyword.toLowerCase() : keyword;

/** The start of the line on which the instruction, or the comment that belongs to it, begins. */
function lineOf({ text }: DockerfileModel, { span, comments }: Instruction): number {
  const first = Math.min(span.start, ...comments.map(comment => comment.span.start));
  return text.lastIndexOf('\n', first - 1) + 1;
}

const endOfLine = ({ text }: DockerfileModel, { span }: Instruction): number => {
  const newline = text.indexOf('\n', span.end);
  return newline < 0 ? text.length : newline + 1;
};

/** New lines at the start of a line, or at the end of a text with or without a final line end. */
function insertLines(
  model: DockerfileModel,
  at: number,
  indentation: string,
  lines: readonly string[],
): Edit {
  const { eol } = model.layout;
  const indented = lines.map(line => indentation + line);
  const onOwnLine = at === 0 || model.text[at - 1] === '\n';
  return insert(
    at,
    onOwnLine ? indented.map(line => line + eol).join('') : indented.map(line => eol + line).join(''),
  );
}

export const insertBefore = (model: DockerfileModel, next: Instruction, lines: readonly string[]): Edit =>
  insertLines(model, lineOf(model, next), indentationAt(model.text, next.span.start), lines);

const insertAfter = (model: DockerfileModel, previous: Instruction, lines: readonly string[]): Edit =>
  insertLines(model, endOfLine(model, previous), indentationAt(model.text, previous.span.start), lines);

/** It asks for another line, or its heredoc is not closed: nothing can be written behind it. */
const isOpen = (
  { text, escape: escapeChar }: DockerfileModel,
  { span, extent, heredocs }: Instruction,
): boolean =>
  heredocs.some(({ endSpan }) => endSpan === null) ||
  text.slice(span.end, extent.end).trimStart().startsWith(escapeChar);

/** Lines on both sides of an instruction; null where nothing can be written behind it. */
export const insertAround = (
  model: DockerfileModel,
  instruction: Instruction,
  before: readonly string[],
  after: readonly string[],
): Edit[] | null =>
  isOpen(model, instruction)
    ? null
    : [insertBefore(model, instruction, before), insertAfter(model, instruction, after)];

const building = new Set<Keyword>(['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR']);
const starting = new Set<Keyword>(['CMD', 'ENTRYPOINT']);

/** The last instruction of a stage that puts something into the file system. */
const lastBuilding = ({ from, instructions }: Stage): Instruction =>
  instructions.findLast(({ keyword }) => building.has(keyword)) ?? from;

/**
 * Lines that say how the container runs: behind everything that builds, and before the CMD or ENTRYPOINT that
 * follows. Null where the text there is only half typed.
 */
export function insertIntoRuntimePart(
  model: DockerfileModel,
  stage: Stage,
  lines: readonly string[],
): Edit | null {
  const last = lastBuilding(stage);
  const behind = stage.instructions.filter(({ index }) => index > last.index);
  const start = behind.find(({ keyword }) => starting.has(keyword));
  if (start) return insertBefore(model, start, lines);
  const previous = behind.at(-1) ?? last;
  return isOpen(model, previous) ? null : insertAfter(model, previous, lines);
}
