// Problems: everything that BuildKit refuses, the one first that a build would stop at.
import { fileSpan } from '../../text/mapped-text.ts';
import { bySpan, emptySpan, type Span, span } from '../../text/span.ts';
import { checkInstruction } from './checks.ts';
import type { DockerfileProblem } from './model.ts';
import { checkMounts } from './mount-checks.ts';
import type { ParsedInstruction, ParsedModel } from './parsed.ts';
import type { Report } from './report.ts';

/** All instructions are split before the first is looked at, and looked at before the first is built. */
export function problemsOf(model: ParsedModel): DockerfileProblem[] {
  const problems: DockerfileProblem[] = [];
  const reportAt =
    (stage: DockerfileProblem['stage']): Report =>
    (message, where) =>
      problems.push({ message, span: where, stage });
  checkSplitting(model, reportAt('parse'));
  problems.sort((a, b) => bySpan(a.span, b.span));
  checkInstructions(model, reportAt('instruction'));
  const report = reportAt('build');
  for (const instruction of model.instructions) checkMounts(instruction, report);
  return problems;
}

function checkSplitting({ scan, instructions, text }: ParsedModel, report: Report): void {
  for (const { message, span } of scan.problems) report(message, span);
  for (const statement of scan.statements) {
    for (const { message, span } of statement.problems) report(message, span);
  }
  for (const instruction of instructions) {
    checkSplit(instruction, report);
    if (instruction.keyword === 'ONBUILD' && instruction.trigger !== null) {
      checkSplit(instruction.trigger as ParsedInstruction, report);
    }
  }
  const long = overlongLine(text);
  if (long !== null) report('The line is longer than 65,535 bytes.', long);
  if (instructions.length === 0) report('The file has no instructions.', emptySpan(text.length));
}

function checkSplit(instruction: ParsedInstruction, report: Report): void {
  const { problem } = instruction.split;
  if (problem !== null) report(problem.message, fileSpan(instruction.body, problem.span));
}

function checkInstructions({ instructions, stages, escape: escapeChar }: ParsedModel, report: Report): void {
  const [first] = instructions;
  const misplaced = instructions.find(
    ({ keyword, stageIndex }) => stageIndex < 0 && !mayStandFirst.has(keyword),
  );
  for (const instruction of instructions) {
    if (instruction.split.problem === null) checkInstruction(instruction, escapeChar, report);
    if (instruction !== misplaced) continue;
    report(`${instruction.keyword} cannot stand before the first FROM.`, instruction.keywordSpan);
  }
  if (stages.length === 0 && misplaced === undefined && first !== undefined) {
    report('The file has no FROM: there is nothing to build.', first.keywordSpan);
  }
}

/** An unknown instruction is refused for what it is. */
const mayStandFirst: ReadonlySet<string> = new Set(['ARG', 'UNKNOWN']);

const mostBytes = 65_536;

/** The first line, its end included, that is longer than what BuildKit reads at once. */
function overlongLine(text: string): Span | null {
  if (text.length * 3 <= mostBytes) return null;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    if ((next - at) * 3 > mostBytes && bytesIn(text, at, next) > mostBytes) return span(at, next);
    at = next;
  }
  return null;
}

/** The length in UTF-8. */
function bytesIn(text: string, from: number, to: number): number {
  let bytes = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800 || (code >= 0xd800 && code < 0xe000)) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}
