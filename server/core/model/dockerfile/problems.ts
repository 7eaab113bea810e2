// Problems: everything that BuildKit refuses, the one first that a build would stop at.
import { replace } from '../../text/edit.ts';
import { fileSpan } from '../../text/mapped-text.ts';
import { bySpan, emptySpan, type Span, span } from '../../text/span.ts';
import { fillHoles } from '../../text/template.ts';
import { keywords } from './arguments.ts';
import { checkBuild } from './build-checks.ts';
import { checkInstruction } from './checks.ts';
import type { DockerfileModel, DockerfileProblem, Instruction, Keyword } from './model.ts';
import type { ParsedInstruction, ParsedModel } from './parsed.ts';
import { problemTexts } from './problem-texts.ts';
import type { Refusal, Report } from './report.ts';
import { splitMeant } from './split-meant.ts';

type Stage = DockerfileProblem['stage'];

/** What is reported is added to the list. */
const reportTo =
  (problems: DockerfileProblem[], stage: Stage): Report =>
  (code, { at, data, meant = [] }) => {
    const message = fillHoles(problemTexts[code], data);
    problems.push({ code, data: data ?? {}, message, span: at, stage, meant });
  };

/** What is refused of the file, whatever its instructions say. */
export function problemsAround(whole: DockerfileModel): DockerfileProblem[] {
  const model = whole as ParsedModel;
  const { scan, instructions, text, stages } = model;
  const problems: DockerfileProblem[] = [];
  const report = reportTo(problems, 'parse');
  for (const problem of scan.problems) reportRefusal(problem, report);
  const long = overlongLine(text);
  if (long !== null) report('overlong-line', { at: long });
  const [first] = instructions;
  if (first === undefined) report('no-instructions', { at: emptySpan(text.length) });
  const misplaced = instructions.find(isMisplaced);
  if (misplaced !== undefined) problems.push(...misplacedProblem(model, misplaced));
  else if (stages.length === 0 && first !== undefined) {
    reportTo(problems, 'instruction')('no-from', { at: first.keywordSpan });
  }
  return problems;
}

/** An unknown instruction is refused for what it is. */
const mayStandFirst: ReadonlySet<Keyword> = new Set(['ARG', 'UNKNOWN']);

const isMisplaced = ({ keyword, stageIndex }: ParsedInstruction): boolean =>
  stageIndex < 0 && !mayStandFirst.has(keyword);

function misplacedProblem(model: ParsedModel, instruction: ParsedInstruction): DockerfileProblem[] {
  const problems: DockerfileProblem[] = [];
  const { keyword, keywordSpan: at } = instruction;
  reportTo(problems, 'instruction')('before-from', { at, data: { keyword } });
  const told = problemsIn(model, instruction).map(({ code }) => code);
  return withReturnsBlamed(model, instruction, problems).filter(({ code }) => !told.includes(code));
}

const none: readonly DockerfileProblem[] = [];

/** What is refused of an instruction, wherever it stands. */
export function problemsIn(model: DockerfileModel, own: Instruction): readonly DockerfileProblem[] {
  const instruction = own as ParsedInstruction;
  const problems: DockerfileProblem[] = [];
  const report = reportTo(problems, 'parse');
  for (const problem of instruction.statement.problems) reportRefusal(problem, report);
  checkSplit(instruction, report);
  if (instruction.keyword === 'ONBUILD' && instruction.trigger !== null) {
    checkSplit(instruction.trigger as ParsedInstruction, report);
  }
  if (instruction.split.problem === null) {
    checkInstruction(instruction, model.escape, reportTo(problems, 'instruction'));
    checkBuild(instruction, model.escape, reportTo(problems, 'build'));
  }
  return problems.length === 0 ? none : withReturnsBlamed(model, instruction, problems);
}

/** Told with their ONBUILD, or by a rule of their own. */
const toldElsewhere: ReadonlySet<Keyword> = new Set(['FROM', 'MAINTAINER', 'ONBUILD', 'UNKNOWN']);

/** Behind ONBUILD BuildKit does no more than split: the rest stops those that build on the image. */
export const laterProblemsIn = (
  model: DockerfileModel,
  trigger: Instruction,
): readonly DockerfileProblem[] =>
  toldElsewhere.has(trigger.keyword)
    ? none
    : problemsIn(model, trigger).filter(({ stage }) => stage !== 'parse');

const order: readonly Stage[] = ['parse', 'instruction', 'build'];

/** All instructions are split before the first is looked at, and looked at before the first is built. */
export function problemsOf(model: ParsedModel): DockerfileProblem[] {
  const problems = model.instructions.flatMap(instruction => problemsIn(model, instruction));
  const around = problemsAround(model);
  return [...around, ...problems].sort(
    (a, b) => order.indexOf(a.stage) - order.indexOf(b.stage) || bySpan(a.span, b.span),
  );
}

/** The compiler does not see that code and data belong together. */
const reportRefusal = ({ code, ...found }: Refusal, report: Report): void => report(code, found as never);

function checkSplit(instruction: ParsedInstruction, report: Report): void {
  const { problem } = instruction.split;
  if (problem === null) return;
  const at = fileSpan(instruction.body, problem.at);
  reportRefusal({ ...problem, at, meant: splitMeant(instruction, problem) }, report);
}

/** What is refused of an instruction with a line end that is none, is refused because of that. */
function withReturnsBlamed(
  { text, layout, escape: escapeChar }: DockerfileModel,
  { span: where, keywordSpan }: ParsedInstruction,
  problems: DockerfileProblem[],
): DockerfileProblem[] {
  const [first] = problems;
  const returns = first === undefined ? [] : loneReturns(text, where);
  if (first === undefined || returns.length === 0) return problems;
  if (!areLineEnds(text, where.start, returns, escapeChar)) return problems;
  const code = 'carriage-return';
  const meant = returns.map(at => replace(at, layout.eol));
  return [{ ...first, code, data: {}, message: problemTexts[code], span: keywordSpan, meant }];
}

const beginsLine = new RegExp(`^[ \\t]*(?:[#\\r\\n]|$|(?:${keywords.join('|')})\\s)`, 'i');

/** What stands behind each of them begins a line, or goes on with the line before. */
function areLineEnds(text: string, start: number, returns: readonly Span[], escapeChar: string): boolean {
  let from = start;
  let isContinued = false;
  return returns.every(at => {
    const line = text.slice(from, at.start).trimEnd();
    if (line !== '') isContinued = line.endsWith(escapeChar);
    from = at.end;
    return isContinued || beginsLine.test(text.slice(at.end));
  });
}

/** Carriage returns with text behind them on what is one line to the build. */
const loneReturns = (text: string, { start, end: last }: Span): Span[] =>
  [...text.slice(start, last).matchAll(/\r+/g)]
    .map(({ 0: { length }, index }) => span(start + index, start + index + length))
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
