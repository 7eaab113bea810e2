// What BuildKit refuses in an instruction that it could split. Each check takes one kind of instruction.
import { nearestName } from '../../text/nearest.ts';
import { keywords } from './arguments.ts';
import { durationOf } from './durations.ts';
import { checkFlags } from './flag-checks.ts';
import { heredocWord } from './heredocs.ts';
import type {
  CopyInstruction,
  Flag,
  FromInstruction,
  HealthcheckInstruction,
  OnbuildInstruction,
  PlainInstruction,
  RunInstruction,
  VariablesInstruction,
} from './model.ts';
import type { ParsedInstruction } from './parsed.ts';
import type { Report } from './report.ts';

const needsArguments: ReadonlySet<string> = new Set([
  'ARG',
  'ENV',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

export function checkInstruction(instruction: ParsedInstruction, escapeChar: string, report: Report): void {
  const { keyword } = instruction;
  checkCount(instruction, report);
  if (keyword !== 'HEALTHCHECK' || instruction.kind !== 'NONE') checkFlags(instruction, escapeChar, report);
  checkByKeyword(instruction, report);
}

function checkCount(instruction: ParsedInstruction, report: Report): void {
  const { keyword, split } = instruction;
  const count = split.words.length;
  if (count === 0 && needsArguments.has(keyword)) {
    report(`${keyword} needs an argument.`, instruction.keywordSpan);
  }
  if (count < 2 && (keyword === 'COPY' || keyword === 'ADD')) {
    report(`${keyword} needs a source and a destination.`, instruction.span);
  }
}

function checkByKeyword(instruction: ParsedInstruction, report: Report): void {
  switch (instruction.keyword) {
    case 'UNKNOWN':
      report(unknownKeyword(instruction.written), instruction.keywordSpan);
      break;
    case 'FROM':
      checkFrom(instruction, report);
      break;
    case 'RUN':
      checkRun(instruction, report);
      break;
    case 'COPY':
    case 'ADD':
      checkCopy(instruction, report);
      break;
    case 'HEALTHCHECK':
      checkHealthcheck(instruction, report);
      break;
    case 'ENV':
    case 'ARG':
    case 'LABEL':
      checkNames(instruction, report);
      break;
    case 'ONBUILD':
      checkTrigger(instruction, report);
      break;
    case 'SHELL':
      checkShell(instruction, report);
      break;
    case 'VOLUME':
      checkVolume(instruction, report);
      break;
  }
}

function unknownKeyword(written: string): string {
  const nearest = nearestName(written, keywords);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `There is no instruction "${written}".${hint}`;
}

function checkFrom({ words, span }: FromInstruction, report: Report): void {
  const [, as, name] = words;
  if (words.length !== 1 && !(words.length === 3 && as?.raw.toUpperCase() === 'AS')) {
    report('FROM takes an image, or an image, AS and a name.', span);
  } else if (name !== undefined && !/^[a-z][a-z0-9-_.]*$/i.test(name.raw)) {
    report(
      `"${name.raw}" is no name for a stage: a letter comes first, then letters, digits, "-", "_" and ".".`,
      name.span,
    );
  }
}

const networks: ReadonlySet<string> = new Set(['default', 'none', 'host']);
const securities: ReadonlySet<string> = new Set(['insecure', 'sandbox']);

/** At least one field; a quote in a quoted field is doubled. */
const commaSeparated = /^(?!$)(?:[^",]*|"(?:[^"]|"")*")(?:,(?:[^",]*|"(?:[^"]|"")*"))*$/;

function checkRun({ flags, mounts }: RunInstruction, report: Report): void {
  for (const { flag, options } of mounts) {
    if (flag.value !== null && !commaSeparated.test(flag.value)) {
      report('The options of a mount are separated by commas, each in quotes or without any.', flag.span);
    }
    const from = options.get('from');
    if (from === undefined || !/\$./.test(from.value)) continue;
    report('"from" takes no variables: give the image a stage of its own.', from.span);
  }
  for (const { name, value, span } of flags) {
    if (value === null) continue;
    if (name === 'network' && !networks.has(value)) {
      report(`"${value}" is no network: it is default, none or host.`, span);
    }
    if (name === 'security' && !securities.has(value)) {
      report(`"${value}" is no security mode: it is sandbox or insecure.`, span);
    }
  }
}

function checkCopy({ keyword, destination, json }: CopyInstruction, report: Report): void {
  if (destination !== null && !json && heredocWord(destination.raw) !== null) {
    report(`The destination of ${keyword} cannot be a heredoc.`, destination.span);
  }
}

function checkHealthcheck({ kind, words, flags }: HealthcheckInstruction, report: Report): void {
  const [first, second] = words;
  if (first === undefined) return;
  if (kind === 'NONE') {
    if (second !== undefined) report('HEALTHCHECK NONE takes no arguments.', second.span);
    return;
  }
  if (kind === null) report(`"${first.raw}" is no kind of HEALTHCHECK: it is CMD or NONE.`, first.span);
  else if (second === undefined) report('HEALTHCHECK CMD needs a command.', first.span);
  for (const flag of flags) checkHealthFlag(flag, report);
}

const oneMillisecond = 1e6;

function checkHealthFlag({ name, value, span }: Flag, report: Report): void {
  if (value === null || value === '') return;
  if (name === 'retries') {
    const count = /^[+-]?\d{1,10}$/.test(value) ? Number(value) : -1;
    if (count < 0 || count >= 2 ** 31) report(`"${value}" is no number of retries.`, span);
    return;
  }
  const duration = durationOf(value);
  if (duration === null) report(`"${value}" is no duration: it has the form 1h30m, 5s or 300ms.`, span);
  else if (duration !== 0 && duration < oneMillisecond) report(`--${name} must be at least 1ms, or 0.`, span);
}

function checkNames({ keyword, pairs }: VariablesInstruction, report: Report): void {
  for (const pair of pairs) {
    if (pair.nameSpan.start === pair.nameSpan.end) report(`A name is missing in ${keyword}.`, pair.span);
  }
}

const noTriggers: ReadonlySet<string> = new Set(['FROM', 'MAINTAINER', 'ONBUILD']);

function checkTrigger({ trigger }: OnbuildInstruction, report: Report): void {
  if (trigger !== null && noTriggers.has(trigger.keyword)) {
    report(`ONBUILD cannot hold ${trigger.keyword}.`, trigger.keywordSpan);
  }
}

function checkShell({ words, json, span }: PlainInstruction, report: Report): void {
  if (words.length > 0 && !json) report('SHELL needs its arguments as a JSON list.', span);
}

function checkVolume({ words, json }: PlainInstruction, report: Report): void {
  for (const { raw, value, span } of words) {
    if ((json ? value : raw).trim() === '') report('A volume needs a path.', span);
  }
}
