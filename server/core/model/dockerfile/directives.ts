// Parser directives: the comment lines at the very top that set the escape character, the syntax image and the checks.
import { type Span, span } from '../../text/span.ts';
import { contentEnd, isAsciiSpace, skipSpaces } from './characters.ts';
import type { Directive, DockerfileModel } from './model.ts';
import type { Refusal } from './report.ts';

type Escape = DockerfileModel['escape'];

export interface Directives {
  readonly directives: readonly Directive[];
  readonly escape: Escape;
  /** Below the last directive; behind the byte order mark where there is none. */
  readonly end: number;
  readonly problems: readonly Refusal[];
}

const names: ReadonlySet<string> = new Set(['syntax', 'escape', 'check']);
const byteOrderMark = 0xfeff;

/** Reads them up to the first line that is none: a blank line, another comment, an instruction. */
export function readDirectives(text: string): Directives {
  const directives: Directive[] = [];
  const problems: Refusal[] = [];
  let escapeChar: Escape = '\\';
  let at = text.charCodeAt(0) === byteOrderMark ? 1 : 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const directive = directiveIn(text, at, contentEnd(text, at, newline < 0 ? text.length : newline));
    if (directive === null) break;
    const { name, value, valueSpan } = directive;
    if (directives.some(other => other.name === name)) {
      problems.push({ code: 'duplicate-directive', at: directive.span, data: { name } });
    } else if (name === 'escape') {
      if (value === '\\' || value === '`') escapeChar = value;
      else problems.push({ code: 'invalid-escape', at: valueSpan });
    }
    directives.push(directive);
    at = newline < 0 ? text.length : newline + 1;
  }
  return { directives, escape: escapeChar, end: at, problems };
}

/** The directive on the line `[from, to)`: `# name = value`, in any case, with white space around each part. */
function directiveIn(text: string, from: number, to: number): Directive | null {
  const start = skipSpaces(text, from, to);
  if (text[start] !== '#') return null;
  const nameStart = skipSpaces(text, start + 1, to);
  const nameEnd = nameStart + (/^[a-z][a-z0-9]*/i.exec(text.slice(nameStart, to))?.[0].length ?? 0);
  const name = text.slice(nameStart, nameEnd).toLowerCase();
  const equals = skipNarrow(text, nameEnd, to);
  if (!names.has(name) || text[equals] !== '=') return null;
  if (equals + 1 === to) return null;
  const valueSpan = valueBetween(text, equals + 1, to);
  return {
    name,
    value: text.slice(valueSpan.start, valueSpan.end),
    span: span(start, valueSpan.end),
    valueSpan,
  };
}

/** Without the white space around it; of white space alone the last character counts. */
function valueBetween(text: string, from: number, to: number): Span {
  const start = Math.min(skipNarrow(text, from, to), to - 1);
  let end = to;
  while (end > start + 1 && isNarrowSpace(text.charCodeAt(end - 1))) end--;
  return span(start, end);
}

/** White space around the equals sign and the value: less counts than at the start of the line. */
const isNarrowSpace = (code: number): boolean => isAsciiSpace(code) && code !== 11;

function skipNarrow(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isNarrowSpace(text.charCodeAt(at))) at++;
  return at;
}
