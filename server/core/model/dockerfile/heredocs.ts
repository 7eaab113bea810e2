// Heredocs: which words of an instruction announce one, and reading its lines.
import { type Span, span, spanText } from '../../text/span.ts';
import { contentEnd } from './characters.ts';
import { type Command, readCommand } from './command.ts';
import { splitWords } from './expansion.ts';
import { readJsonList } from './json-list.ts';
import type { Heredoc } from './model.ts';

/** The announcement `<<NAME`. */
interface HeredocWord {
  readonly name: string;
  readonly expands: boolean;
  /** `<<-`: tabs at the start of each line do not count. */
  readonly stripsTabs: boolean;
}

export interface HeredocMark extends HeredocWord {
  /** Its place in the joined text. */
  readonly span: Span;
}

/** The escape character inside of heredoc words, whatever the file declares. */
const backslash = '\\';
const keywords: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD']);

/** The heredocs that the joined text of an instruction announces, in order. */
export function heredocMarks(text: string, command: Command, escapeChar: string): HeredocMark[] {
  if (!text.includes('<<') || !takesHeredocs(text, command, escapeChar)) return [];
  const marks: HeredocMark[] = [];
  for (const { text: word, start, end } of splitWords(text, backslash, true) ?? []) {
    const mark = heredocWord(word);
    if (mark !== null) marks.push({ ...mark, span: span(start, end) });
  }
  return marks;
}

/** RUN, COPY and ADD, also behind an ONBUILD, unless their arguments are a JSON list. */
function takesHeredocs(text: string, command: Command, escapeChar: string): boolean {
  const argument = spanText(text, command.body);
  if (command.name !== 'ONBUILD') return takesInline(command.name, argument);
  const trigger = readCommand(argument, escapeChar);
  return takesInline(trigger.name, spanText(argument, trigger.body));
}

const takesInline = (keyword: string, argument: string): boolean =>
  keywords.has(keyword) && !Array.isArray(readJsonList(argument));

/** The heredoc that a word announces: `<<` with a name behind it that is one word. */
export function heredocWord(word: string): HeredocWord | null {
  const match = /^\d*<<(-?)([^<]*)$/.exec(word);
  if (match === null) return null;
  const [, dash, written = ''] = match;
  const names = splitWords(written, backslash, false);
  const name = names?.[0]?.text;
  if (name === undefined || names?.length !== 1) return null;
  return { name, expands: quotesIn(name) === quotesIn(written), stripsTabs: dash === '-' };
}

const quotesIn = (text: string): number => text.replace(/[^'"]/g, '').length;

/** Reads a heredoc whose first line starts at `from`; without its end line it takes the rest of the file. */
export function readHeredoc(
  text: string,
  from: number,
  { name, expands, stripsTabs }: HeredocMark,
): { readonly heredoc: Heredoc; readonly next: number } {
  const { contentSpan, endSpan, next } = heredocPlace(text, from, name, stripsTabs);
  const written = spanText(text, contentSpan);
  const content = stripsTabs ? written.replace(/(^|\n)\t+/g, '$1') : written;
  return { heredoc: { name, content, contentSpan, expands, endSpan }, next };
}

interface HeredocPlace extends Pick<Heredoc, 'contentSpan' | 'endSpan'> {
  readonly next: number;
}

function heredocPlace(text: string, from: number, name: string, stripsTabs: boolean): HeredocPlace {
  let at = from;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    const end = contentEnd(text, at, newline < 0 ? text.length : newline);
    let start = at;
    while (stripsTabs && start < end && text[start] === '\t') start++;
    if (end - start === name.length && text.startsWith(name, start)) {
      return { contentSpan: span(from, at), endSpan: span(start, end), next };
    }
    at = next;
  }
  return { contentSpan: span(from, text.length), endSpan: null, next: text.length };
}
