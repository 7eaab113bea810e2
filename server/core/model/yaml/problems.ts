// Problems of YAML text, gathered while a document is read.
import { type Span, span } from '../../text/span.ts';
import type { SyntaxProblem } from '../problem.ts';
import type { Lexeme, SyntaxToken } from './syntax.ts';

export type ProblemList = SyntaxProblem[];

/** More would only repeat that the text is no YAML. */
const most = 100;

/** Notes a problem, unless the one before stands at the same place. */
export function note(problems: ProblemList, where: Span, message: string): void {
  if (problems.length >= most || problems.at(-1)?.span.start === where.start) return;
  problems.push({ message, span: where });
}

/** What the lexer puts where a flow collection breaks off: it stands for nothing in the text. */
const brokenOff = '\x18';

function sourceOf(token: SyntaxToken): string {
  const source = 'source' in token ? (token.source ?? '') : '';
  return source === brokenOff ? '' : source;
}

/** The token's first line. */
export function tokenSpan(token: SyntaxToken): Span {
  const firstLine = /^[^\r\n]*/.exec(sourceOf(token))?.[0] ?? '';
  return span(token.offset, token.offset + firstLine.length);
}

export function noteUnexpected(problems: ProblemList, token: SyntaxToken): void {
  const where = tokenSpan(token);
  const source = sourceOf(token).slice(0, where.end - where.start);
  const shown = source.length > 20 ? `${source.slice(0, 20)}…` : source;
  if (source === '-') note(problems, where, 'A list cannot begin on the line of its key.');
  else note(problems, where, source === '' ? 'Something is missing here.' : `Unexpected "${shown}".`);
}

export function noteTab(problems: ProblemList, token: Lexeme): void {
  note(problems, tokenSpan(token), 'Tabs cannot indent YAML: write spaces.');
}

export function noteTightComment(problems: ProblemList, token: Lexeme): void {
  note(problems, tokenSpan(token), 'A comment needs a blank in front of its "#".');
}

/** YAML has no such characters: whoever reads it strictly, as Compose does, ends there. */
const control = /(?![\t\n\r\u0085])\p{Cc}/u;

export const codePoint = (character: string): string =>
  `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

export function checkCharacters(problems: ProblemList, text: string): void {
  const found = control.exec(text);
  if (found === null) return;
  const where = span(found.index, found.index + 1);
  note(problems, where, `${codePoint(found[0])} is no character of YAML: take it out.`);
}

/** Behind a value only blanks and comments may follow. */
export function checkEnd(
  problems: ProblemList,
  tokens: readonly Lexeme[] | undefined,
  afterBlank = false,
): void {
  let blank = afterBlank;
  for (const token of tokens ?? []) {
    if (token.type === 'space' || token.type === 'newline') blank = true;
    else if (token.type !== 'comment') noteUnexpected(problems, token);
    else if (!blank) noteTightComment(problems, token);
  }
}
