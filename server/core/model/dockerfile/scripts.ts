// Scripts: what RUN, CMD, ENTRYPOINT and HEALTHCHECK run, read by the shell in effect.
import { type MappedText, type Segment, verbatim } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';
import { attached } from '../attached.ts';
import { execScript, interpreterOf, jsonWord, parseShell, shellKindOf } from '../shell/parse.ts';
import type { ShellScript } from '../shell/script.ts';
import { contentEnd } from './characters.ts';
import { heredocWord } from './heredocs.ts';
import { mappedPart, mappedParts } from './mapped.ts';
import type { Heredoc, State } from './model.ts';
import type { Statement } from './scanner.ts';

interface Kept {
  /** The shell in effect. */
  readonly shell: string;
  readonly script: ShellScript;
}

const kept = attached<Statement, Kept>();

/**
 * The script of a statement, read once for all versions of the file that have the statement: with it goes all that is
 * remembered of its commands. The shell in effect may be another one in the next version.
 */
export function scriptOf(statement: Statement, { shell }: State, read: () => ShellScript): ShellScript {
  const name = shell.known ? JSON.stringify(shell.value) : '';
  const known = kept.get(statement);
  if (known?.shell === name) return known.script;
  const script = read();
  kept.set(statement, { shell: name, script });
  return script;
}

/** A text that the shell in effect reads. */
function shellScript(body: MappedText, { shell }: State): ShellScript {
  if (!shell.known) return parseShell(body, 'other');
  return parseShell(body, shellKindOf(shell.value), shell.value[0] ?? null);
}

/** The JSON form where `strings` are given, each with its quotes; else the shell form. */
export function commandScript(body: MappedText, strings: readonly Span[] | null, state: State): ShellScript {
  if (strings === null) return shellScript(body, state);
  return execScript(strings.map(string => jsonWord(mappedPart(body, string))));
}

/** A RUN with heredocs: a lone one is the script; others are input of the commands on the first line. */
export function heredocScript(
  text: string,
  body: MappedText,
  heredocs: readonly Heredoc[],
  state: State,
): ShellScript {
  const [first] = heredocs;
  const lone = heredocWord(body.text);
  if (first === undefined || lone === null) return shellScript(withHeredocs(text, body, heredocs), state);
  const content = withoutLastLineEnd(contentOf(text, first, lone.stripsTabs));
  const interpreter = interpreterOf(content.text.split('\n', 1)[0] ?? '');
  if (interpreter === null) return shellScript(content, state);
  return parseShell(content, shellKindOf([interpreter]), interpreter);
}

/** What nobody ends, such as a quote, ends with the last line that says something, and not in front of the delimiter. */
function withoutLastLineEnd(content: MappedText): MappedText {
  const { text } = content;
  let end = text.length;
  while (text[end - 1] === '\n') end--;
  let backslashes = 0;
  while (text[end - 1 - backslashes] === '\\') backslashes++;
  // A line that is continued with nothing.
  return mappedPart(content, span(0, end - (backslashes % 2)));
}

/** The content as a script: without carriage returns at line ends, and without tabs at line starts where they go. */
function contentOf(text: string, { contentSpan }: Heredoc, stripsTabs: boolean): MappedText {
  const content = verbatim(text, contentSpan);
  if (!stripsTabs && !content.text.includes('\r')) return content;
  return mappedParts(content, [...partsOf(content.text, stripsTabs)]);
}

function* partsOf(content: string, stripsTabs: boolean): Generator<Span> {
  for (let at = 0; at < content.length; ) {
    while (stripsTabs && content[at] === '\t') at++;
    const newline = content.indexOf('\n', at);
    const next = newline < 0 ? content.length : newline + 1;
    yield span(at, contentEnd(content, at, newline < 0 ? next : newline));
    if (newline >= 0) yield span(newline, next);
    at = next;
  }
}

/** The first line with the heredocs behind it, as the build gives them to the shell. */
function withHeredocs(text: string, body: MappedText, heredocs: readonly Heredoc[]): MappedText {
  const segments: Segment[] = [...body.segments];
  let joined = body.text;
  const add = (part: MappedText): void => {
    for (const segment of part.segments) segments.push({ ...segment, from: joined.length + segment.from });
    joined += part.text;
  };
  for (const heredoc of heredocs) {
    joined += '\n';
    add(contentOf(text, heredoc, false));
    if (heredoc.endSpan !== null) add(verbatim(text, heredoc.endSpan));
  }
  return { text: joined, segments };
}
