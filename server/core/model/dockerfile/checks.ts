// What BuildKit refuses in an instruction that it could split. Each check takes one kind of instruction.
import { type Edit, insert, remove, replace } from '../../text/edit.ts';
import { fileOffset, fileSpan, type MappedText } from '../../text/mapped-text.ts';
import { hull, span } from '../../text/span.ts';
import { keywords } from './arguments.ts';
import { checkFlags } from './flag-checks.ts';
import { checkHealthcheck } from './health-checks.ts';
import { heredocWord } from './heredocs.ts';
import { jsonList, listMeant } from './loose-list.ts';
import { hint, likeWritten, nearest } from './meant.ts';
import type {
  CopyInstruction,
  Flag,
  FromInstruction,
  Keyword,
  OnbuildInstruction,
  PlainInstruction,
  RunInstruction,
  UnknownInstruction,
  VariablesInstruction,
  Word,
} from './model.ts';
import type { ParsedInstruction } from './parsed.ts';
import type { Report } from './report.ts';

const needsArguments: ReadonlySet<Keyword> = new Set([
  'ARG',
  'ENV',
  'EXPOSE',
  'FROM',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
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
    report('missing-argument', { at: instruction.keywordSpan, data: { keyword } });
  }
  if (count < 2 && (keyword === 'COPY' || keyword === 'ADD')) {
    report('missing-destination', { at: instruction.span, data: { keyword } });
  }
}

function checkByKeyword(instruction: ParsedInstruction, report: Report): void {
  switch (instruction.keyword) {
    case 'UNKNOWN':
      checkKeyword(instruction, report);
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

function checkKeyword({ written, keywordSpan: at }: UnknownInstruction, report: Report): void {
  const name = nearest(written, keywords);
  report('unknown-instruction', {
    at,
    data: { written, hint: hint(name) },
    meant: name === null ? [] : [replace(at, likeWritten(written, name))],
  });
}

const stageName = /^[a-z][a-z0-9-_.]*$/i;

function checkFrom({ words }: FromInstruction, report: Report): void {
  const [image, as, name, extra] = words;
  if (image === undefined || as === undefined) return;
  if (name === undefined) {
    report('from-arguments', { at: as.span, meant: [meantName(image, as)] });
  } else if (extra !== undefined) {
    report('from-arguments', { at: hull(extra.span, (words.at(-1) ?? extra).span) });
  } else if (as.raw.toUpperCase() !== 'AS') {
    report('not-as', { at: as.span, data: { word: as.raw }, meant: [replace(as.span, 'AS')] });
  } else if (!stageName.test(name.raw)) {
    report('invalid-stage-name', { at: name.span, data: { name: name.raw } });
  }
}

/** Of two words: AS without a name, or a name without AS. */
const meantName = (image: Word, second: Word): Edit =>
  second.raw.toUpperCase() === 'AS'
    ? remove(span(image.span.end, second.span.end))
    : insert(second.span.start, 'AS ');

const networks: readonly string[] = ['default', 'none', 'host'];
const securities: readonly string[] = ['insecure', 'sandbox'];

/** At least one field, and none is empty; a quote in a quoted field is doubled. */
const isCommaSeparated = (text: string): boolean =>
  /^(?:[^",]+|"(?:[^"]|"")*")(?:,(?:[^",]+|"(?:[^"]|"")*"))*$/.test(text);

function checkRun({ flags, mounts }: RunInstruction, report: Report): void {
  for (const { flag, options } of mounts) {
    if (flag.value !== null && !isCommaSeparated(flag.value)) report('malformed-mount', { at: flag.span });
    const from = options.get('from');
    if (from === undefined || !/\$./.test(from.value)) continue;
    report('variable-in-mount-from', { at: from.span });
  }
  for (const flag of flags) {
    if (flag.name === 'network') checkChoice(flag, networks, 'unknown-network', report);
    else if (flag.name === 'security') checkChoice(flag, securities, 'unknown-security', report);
  }
}

function checkChoice(
  { value, valueSpan, span: at }: Flag,
  choices: readonly string[],
  code: 'unknown-network' | 'unknown-security',
  report: Report,
): void {
  if (value === null || valueSpan === null || choices.includes(value)) return;
  const name = nearest(value, choices);
  report(code, { at, data: { value }, meant: name === null ? [] : [replace(valueSpan, name)] });
}

function checkCopy({ keyword, destination, json }: CopyInstruction, report: Report): void {
  if (destination !== null && !json && heredocWord(destination.raw) !== null) {
    report('heredoc-destination', { at: destination.span, data: { keyword } });
  }
}

function checkNames(instruction: VariablesInstruction, report: Report): void {
  const { keyword, pairs } = instruction;
  pairs.forEach((pair, index) => {
    const { nameSpan, span: at } = pair;
    if (nameSpan.start !== nameSpan.end) return;
    report('missing-name', { at, data: { keyword }, meant: joinedPair(instruction, index) });
  });
}

/** `NAME = value`, of which blanks have made two or three words. */
function joinedPair({ keyword, pairs }: VariablesInstruction, index: number): Edit[] {
  const name = pairs[index - 1];
  const { value, span: at } = pairs[index] ?? {};
  const next = pairs[index + 1];
  if (keyword !== 'ARG' || name === undefined || name.value !== null || at === undefined) return [];
  const edits = [remove(span(name.span.end, at.start))];
  if (value?.raw !== '') return edits;
  return next === undefined || next.value !== null ? [] : [...edits, remove(span(at.end, next.span.start))];
}

const noTriggers: ReadonlySet<Keyword> = new Set(['FROM', 'MAINTAINER']);

function checkTrigger({ trigger }: OnbuildInstruction, report: Report): void {
  if (trigger === null) return;
  const { keyword, keywordSpan: at, body } = trigger;
  if (keyword === 'ONBUILD') {
    const meant = body.text === '' ? [] : [remove(span(at.start, fileOffset(body, 0)))];
    report('chained-onbuild', { at, meant });
  } else if (noTriggers.has(keyword)) {
    report('trigger-not-allowed', { at, data: { keyword } });
  }
}

function checkShell({ words, json, keywordSpan, span: at, body }: PlainInstruction, report: Report): void {
  if (words.length === 0 && json) report('missing-shell', { at: keywordSpan });
  else if (words.length === 0) report('missing-argument', { at: keywordSpan, data: { keyword: 'SHELL' } });
  else if (!json) report('shell-not-json', { at, meant: shellMeant(body) });
}

/** A list that is nearly JSON, or plain words. */
function shellMeant(body: MappedText): Edit[] {
  const { text } = body;
  if (text.startsWith('[')) return listMeant(body);
  if (!/^[\w./:-]+(?: +[\w./:-]+)*$/.test(text)) return [];
  return [replace(fileSpan(body, span(0, text.length)), jsonList(text.split(/ +/)))];
}

function checkVolume({ words, json }: PlainInstruction, report: Report): void {
  for (const { raw, value, span: at } of words) {
    if ((json ? value : raw).trim() === '') report('empty-volume', { at });
  }
}
