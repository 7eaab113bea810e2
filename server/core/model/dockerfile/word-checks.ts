// Quotes and variables that BuildKit cannot read, in the arguments that it expands itself.
import { type Edit, insert, remove, replace } from '../../text/edit.ts';
import { fileSpan } from '../../text/mapped-text.ts';
import { emptySpan, type Span, span, spanText } from '../../text/span.ts';
import { type ExpansionFailure, expansionFailure, isPlain } from './expansion.ts';
import { heredocWord } from './heredocs.ts';
import type { Flag, VariablesInstruction, Word } from './model.ts';
import type { Parsed, ParsedInstruction } from './parsed.ts';
import type { Report } from './report.ts';

/** A text of the file that is expanded. */
type Expanded = Pick<Word, 'raw' | 'span'>;

const heredocEscape = '\\';

export function checkWords(instruction: ParsedInstruction, escapeChar: string, report: Report): void {
  // Most instructions are spared the look at each of their words.
  const words = isPlain(instruction.statement.line.text) ? [] : expandedIn(instruction);
  for (const word of words) {
    const failure = expansionFailure(word.raw, escapeChar, 'removed');
    if (failure !== null) reportFailure(word, failure, report);
  }
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return;
  for (const { expands, content, contentSpan } of instruction.heredocs) {
    const failure = expands ? expansionFailure(content, heredocEscape, 'plain') : null;
    if (failure !== null) reportFailure({ raw: content, span: contentSpan }, failure, report);
  }
}

function expandedIn(instruction: ParsedInstruction): readonly Expanded[] {
  const { words, flags, json } = instruction;
  switch (instruction.keyword) {
    case 'FROM':
      return [...words.slice(0, 1), ...valuesOf(flags)];
    case 'ADD':
    case 'COPY': {
      const files = json ? words.map(decoded) : words.filter(({ raw }) => heredocWord(raw) === null);
      return [...valuesOf(flags.filter(({ name }) => name !== 'exclude')), ...files];
    }
    case 'VOLUME':
      return json ? words.map(decoded) : words;
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      return partsOf(instruction);
    case 'EXPOSE':
    case 'STOPSIGNAL':
    case 'USER':
    case 'WORKDIR':
      return words;
    default:
      return [];
  }
}

const decoded = ({ value, span: at }: Word): Expanded => ({ raw: value, span: at });

const valuesOf = (flags: readonly Flag[]): Expanded[] =>
  flags.flatMap(({ value, valueSpan }) =>
    value === null || valueSpan === null ? [] : [{ raw: value, span: valueSpan }],
  );

/** Names and values: a quote that is opened in one is not closed in the other. */
function partsOf({ body, places }: Parsed<VariablesInstruction>): Expanded[] {
  const parts: Expanded[] = [];
  for (const { name, value } of places) {
    for (const where of [name, value]) {
      const raw = where === null ? '' : spanText(body.text, where);
      if (where !== null && !isPlain(raw)) parts.push({ raw, span: fileSpan(body, where) });
    }
  }
  return parts;
}

function reportFailure(word: Expanded, failure: ExpansionFailure, report: Report): void {
  const { code } = failure;
  const at = failureSpan(word, failure);
  switch (code) {
    case 'unclosed-single-quote':
      report(code, { at, meant: [insert(at.end, "'")] });
      break;
    case 'unclosed-double-quote':
      report(code, { at, meant: [insert(at.end, '"')] });
      break;
    case 'unclosed-brace':
      report(code, { at, meant: [insert(at.end, '}')] });
      break;
    case 'bad-substitution':
      report(code, { at });
      break;
    case 'unknown-modifier': {
      const text = word.raw.slice(failure.at);
      const modifier = /^\$\{\w*(:[^}]|.)/.exec(text)?.[1] ?? '';
      report(code, { at, data: { modifier }, meant: meantVariable(text, at) });
    }
  }
}

/** A variable up to its brace, anything else to the end; the whole word where a line ends inside of it. */
function failureSpan({ raw, span: whole }: Expanded, { code, at }: ExpansionFailure): Span {
  if (whole.end - whole.start !== raw.length) return whole;
  const brace = code === 'unknown-modifier' || code === 'bad-substitution' ? raw.indexOf('}', at) : -1;
  return span(whole.start + at, brace < 0 ? whole.end : whole.start + brace + 1);
}

/** `${name:default}` for `${name:-default}`, and the `${Env:NAME}` of PowerShell. */
function meantVariable(text: string, at: Span): Edit[] {
  const [written = '', name = '', rest = ''] = /^\$\{(\w+):([^\s${}]*)\}/.exec(text) ?? [];
  if (written === '' || written.length !== at.end - at.start) return [];
  if (/^env$/i.test(name) && rest !== '') return [replace(at, `\${${rest}}`)];
  const behindColon = at.start + '${'.length + name.length + ':'.length;
  return rest === '' ? [remove(span(behindColon - 1, behindColon))] : [replace(emptySpan(behindColon), '-')];
}
