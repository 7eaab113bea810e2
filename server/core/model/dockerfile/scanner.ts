// The scanner: a file split into statements as BuildKit splits it: comments, continued lines and heredocs.
import { commonStart } from '../../text/common.ts';
import { fileSpan, type MappedText, type Segment, verbatim } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';
import { contentEnd, skipSpaces } from './characters.ts';
import { type Command, readCommand } from './command.ts';
import { type Directives, readDirectives } from './directives.ts';
import { type HeredocMark, heredocMarks, readHeredoc } from './heredocs.ts';
import type { Comment, Heredoc } from './model.ts';
import type { Refusal } from './report.ts';

/** An instruction as it is written, before it is told what its parts mean. */
export interface Statement {
  /** Its lines joined, comment lines and blank lines dropped. */
  readonly line: MappedText;
  readonly command: Command;
  /** All its lines, from the first character that is no white space. */
  readonly extent: Span;
  readonly comments: readonly Comment[];
  readonly heredocs: readonly Heredoc[];
  readonly problems: readonly Refusal[];
  /** The offset of the line behind it. */
  readonly next: number;
}

export interface Scan extends Directives {
  readonly comments: readonly Comment[];
  readonly statements: readonly Statement[];
}

/** A version of the file that was split before. */
export interface Scanned {
  readonly text: string;
  readonly scan: Scan;
}

/**
 * Splits any text; what BuildKit refuses is split as far as it makes sense. The statements that another version begins
 * with as well are taken over from it.
 */
export function scan(text: string, before?: Scanned): Scan {
  const directives = readDirectives(text);
  const statements = before === undefined ? [] : firstStatements(text, directives, before);
  const start = statements.at(-1)?.next ?? directives.end;
  const comments = statements.length === 0 ? [] : commentsAbove(start, before);
  let above: Comment[] = [];
  let line = lineAt(text, start);
  while (line !== null) {
    let next = line.next;
    if (line.start === line.end) above = [];
    else if (isComment(text, line)) {
      const comment = commentOn(text, line);
      comments.push(comment);
      above.push(comment);
    } else {
      const joined = joinLines(text, line, directives.escape);
      for (const comment of joined.comments) comments.push(comment);
      const statement = readStatement(text, joined, above, directives.escape);
      statements.push(statement);
      next = statement.next;
      above = [];
    }
    line = lineAt(text, next);
  }
  return { ...directives, comments, statements };
}

/** Those that end above the line in which the two texts begin to differ. */
function firstStatements(
  text: string,
  { escape: escapeChar, end }: Directives,
  before: Scanned,
): Statement[] {
  if (before.scan.escape !== escapeChar || before.scan.end !== end) return [];
  const same = commonStart(before.text, text);
  const behind = before.scan.statements.findIndex(({ next }) => next >= same);
  return before.scan.statements.slice(0, behind < 0 ? undefined : behind);
}

const commentsAbove = (offset: number, before: Scanned | undefined): Comment[] =>
  (before?.scan.comments ?? []).filter(({ span: { start } }) => start < offset);

/** A line of the file: `start` is behind the white space at its beginning, `end` before its line end. */
interface Line extends Span {
  readonly first: number;
  readonly next: number;
}

function lineAt(text: string, first: number): Line | null {
  if (first >= text.length) return null;
  const newline = text.indexOf('\n', first);
  const lineEnd = newline < 0 ? text.length : newline;
  const end = contentEnd(text, first, lineEnd);
  return {
    first,
    start: skipSpaces(text, first, end),
    end,
    next: newline < 0 ? text.length : newline + 1,
  };
}

const isComment = (text: string, { start, end }: Line): boolean => start < end && text[start] === '#';

const commentOn = (text: string, { start, end }: Line): Comment => ({
  text: text.slice(start + 1, end).trim(),
  span: span(start, end),
});

interface JoinedLines {
  readonly line: MappedText;
  readonly comments: readonly Comment[];
  readonly extent: Span;
  readonly next: number;
}

/** Joins a line with those that continue it, up to the end of the file where the last one still asks for more. */
function joinLines(text: string, first: Line, escapeChar: string): JoinedLines {
  if (continuationMark(text, first.start, first.end, escapeChar) === null) {
    const extent = span(first.start, first.end);
    return { line: verbatim(text, extent), comments: noComments, extent, next: first.next };
  }
  const segments: Segment[] = [];
  const comments: Comment[] = [];
  let joined = '';
  let last = first;
  let from = first.start;
  for (;;) {
    const mark = continuationMark(text, from, last.end, escapeChar);
    const end = mark ?? last.end;
    segments.push({ from: joined.length, at: from, length: end - from });
    joined += text.slice(from, end);
    let line = mark === null ? null : lineAt(text, last.next);
    while (line !== null) {
      last = line;
      if (isComment(text, line)) comments.push(commentOn(text, line));
      else if (line.start < line.end) break;
      line = lineAt(text, line.next);
    }
    if (line === null) break;
    from = line.first;
  }
  const extent = span(first.start, last.end);
  return { line: { text: joined, segments }, comments, extent, next: last.next };
}

const noComments: readonly Comment[] = [];

/** Where a continued line ends: at an escape character with nothing but blanks behind it and none in front of it. */
function continuationMark(text: string, from: number, to: number, escapeChar: string): number | null {
  let at = to - 1;
  while (at >= from && (text[at] === ' ' || text[at] === '\t')) at--;
  if (at < from || text[at] !== escapeChar) return null;
  return at > from && text[at - 1] === escapeChar ? null : at;
}

interface Heredocs extends Pick<Statement, 'heredocs' | 'problems' | 'next'> {
  /** Where the last of their lines ends. */
  readonly end: number;
}

function readStatement(
  text: string,
  { line, comments: inside, extent, next }: JoinedLines,
  above: readonly Comment[],
  escapeChar: string,
): Statement {
  const command = readCommand(line.text, escapeChar);
  const comments = inside.length === 0 ? above : [...above, ...inside];
  const marks = heredocMarks(line.text, command, escapeChar);
  if (marks.length === 0)
    return { line, command, extent, comments, heredocs: noHeredocs, problems: noProblems, next };
  const { end, ...heredocs } = readHeredocs(text, next, line, marks);
  return { line, command, extent: span(extent.start, end), comments, ...heredocs };
}

const noHeredocs: readonly Heredoc[] = [];
const noProblems: readonly Refusal[] = [];

/** Reads the lines behind an instruction that announces heredocs. The first that is not ended is a problem. */
function readHeredocs(text: string, from: number, line: MappedText, marks: readonly HeredocMark[]): Heredocs {
  const heredocs: Heredoc[] = [];
  const problems: Refusal[] = [];
  let next = from;
  let end = from;
  for (const mark of marks) {
    const { heredoc, next: behind } = readHeredoc(text, next, mark);
    heredocs.push(heredoc);
    next = behind;
    end = heredoc.endSpan?.end ?? contentEnd(text, 0, text.length - (text.endsWith('\n') ? 1 : 0));
    if (heredoc.endSpan !== null || problems.length > 0) continue;
    const { name, span } = mark;
    problems.push({ code: 'unended-heredoc', at: fileSpan(line, span), data: { name } });
  }
  return { heredocs, problems, end, next };
}
