// Problems: everything that BuildKit refuses, the one first that a build would stop at.
import { replace } from '../../text/edit.ts';
import { fileSpan } from '../../text/mapped-text.ts';
import { bySpan, contains, emptySpan, type Span, span } from '../../text/span.ts';
import { fillHoles } from '../../text/template.ts';
import { checkBuild } from './build-checks.ts';
import { checkInstruction } from './checks.ts';
import type { DockerfileProblem, Keyword } from './model.ts';
import type { ParsedInstruction, ParsedModel } from './parsed.ts';
import { problemTexts } from './problem-texts.ts';
import type { Refusal, Report } from './report.ts';
import { splitMeant } from './split-meant.ts';

/** All instructions are split before the first is looked at, and looked at before the first is built. */
export function problemsOf(model: ParsedModel): DockerfileProblem[] {
  const problems: DockerfileProblem[] = [];
  const reportAt =
    (stage: DockerfileProblem['stage']): Report =>
    (code, { at, data, meant = [] }) =>
      problems.push({
        code,
        data: data ?? {},
        message: fillHoles(problemTexts[code], data),
        span: at,
        stage,
        meant,
      });
  checkSplitting(model, reportAt('parse'));
  problems.sort((a, b) => bySpan(a.span, b.span));
  checkInstructions(model, reportAt('instruction'));
  const report = reportAt('build');
  for (const instruction of model.instructions) {
    if (instruction.split.problem === null) checkBuild(instruction, model.escape, report);
  }
  return withReturnsBlamed(model, problems);
}

function checkSplitting({ scan, instructions, text }: ParsedModel, report: Report): void {
  for (const problem of scan.problems) reportRefusal(problem, report);
  for (const { problems } of scan.statements) {
    for (const problem of problems) reportRefusal(problem, report);
  }
  for (const instruction of instructions) {
    checkSplit(instruction, report);
    if (instruction.keyword === 'ONBUILD' && instruction.trigger !== null) {
      checkSplit(instruction.trigger as ParsedInstruction, report);
    }
  }
  const long = overlongLine(text);
  if (long !== null) report('overlong-line', { at: long });
  if (instructions.length === 0) report('no-instructions', { at: emptySpan(text.length) });
}

/** The compiler does not see that code and data belong together. */
const reportRefusal = ({ code, ...found }: Refusal, report: Report): void => report(code, found as never);

function checkSplit(instruction: ParsedInstruction, report: Report): void {
  const { problem } = instruction.split;
  if (problem === null) return;
  const at = fileSpan(instruction.body, problem.at);
  reportRefusal({ ...problem, at, meant: splitMeant(instruction, problem) }, report);
}

function checkInstructions({ instructions, stages, escape: escapeChar }: ParsedModel, report: Report): void {
  const [first] = instructions;
  const misplaced = instructions.find(
    ({ keyword, stageIndex }) => stageIndex < 0 && !mayStandFirst.has(keyword),
  );
  for (const instruction of instructions) {
    if (instruction.split.problem === null) checkInstruction(instruction, escapeChar, report);
    if (instruction !== misplaced) continue;
    const { keyword, keywordSpan: at } = instruction;
    report('before-from', { at, data: { keyword } });
  }
  if (stages.length === 0 && misplaced === undefined && first !== undefined) {
    report('no-from', { at: first.keywordSpan });
  }
}

/** An unknown instruction is refused for what it is. */
const mayStandFirst: ReadonlySet<Keyword> = new Set(['ARG', 'UNKNOWN']);

/** What is refused of an instruction with a line end that is none, is refused because of that. */
function withReturnsBlamed(
  { text, instructions, layout }: ParsedModel,
  problems: DockerfileProblem[],
): DockerfileProblem[] {
  const returns = problems.length === 0 ? [] : loneReturns(text);
  if (returns.length === 0) return problems;
  const { eol } = layout;
  const blamed = new Set<ParsedInstruction>();
  return problems.flatMap(problem => {
    const instruction = instructions.find(({ extent }) => contains(extent, problem.span));
    if (instruction === undefined || !returns.some(at => contains(instruction.span, at))) return [problem];
    if (blamed.has(instruction)) return [];
    blamed.add(instruction);
    const code = 'carriage-return';
    const meant = returns.map(at => replace(at, eol));
    return [
      { ...problem, code, data: {}, message: problemTexts[code], span: instruction.keywordSpan, meant },
    ];
  });
}

/** Carriage returns with text behind them on what is one line to the build. */
const loneReturns = (text: string): Span[] =>
  [...text.matchAll(/\r+/g)]
    .map(({ 0: { length }, index }) => span(index, index + length))
    .filter(({ end }) => end < text.length && text[end] !== '\n');

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
