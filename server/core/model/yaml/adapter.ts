// The YAML adapter: the one file that knows the `yaml` package. It lexes and groups; reading the tree is ours.
import { Lexer, Parser } from 'yaml';
import { bySpan, emptySpan, type Span, span } from '../../text/span.ts';
import type { YamlComment, YamlDocument } from './node.ts';
import { checkCharacters, note, noteUnexpected, type ProblemList } from './problems.ts';
import type { DocumentToken } from './syntax.ts';
import { readTree } from './tree.ts';

/** No file written by people nests deeper; what is bounded by it may recurse. */
const maxDepth = 100;

/** The lexer announces a scalar by this character, so that its text is never taken for anything else. */
const scalarFollows = '\u001F';

interface Syntax {
  readonly document: DocumentToken | null;
  readonly comments: readonly YamlComment[];
  /** A quote without an end, which swallowed all lines below it. */
  readonly openQuote: number | null;
}

/** True for a bracket that closes nothing: the library would give up the document there. */
function isStray(lexeme: string, parser: Parser): boolean {
  if (lexeme !== ']' && lexeme !== '}') return false;
  return !parser.stack.some(token => token.type === 'flow-collection' && token.end.length === 0);
}

/** True for a quoted text that runs over lines to the end of the file without being closed. */
function isSwallowing(lexeme: string, behind: number, text: string): boolean {
  const quote = lexeme[0];
  return (
    (quote === '"' || quote === "'") &&
    behind === text.length &&
    /\n.*\S/.test(lexeme) &&
    !lexeme.endsWith(quote)
  );
}

/** Reads up to the end of the first document, of a text that begins at an offset of its file. */
export function readSyntax(text: string, problems: ProblemList, start = 0): Syntax {
  const parser = new Parser();
  parser.offset = start;
  const comments: YamlComment[] = [];
  let directive = false;

  /** Takes what the parser has finished; gives the document once it is there. */
  const take = (tokens: ReturnType<Parser['next']>): DocumentToken | null => {
    for (const token of tokens) {
      if (token.type === 'document') {
        if (directive && token.start[0]?.type !== 'doc-start') {
          note(problems, emptySpan(token.offset), 'A "---" must follow the directives.');
        }
        return token;
      }
      if (token.type === 'directive') directive = true;
      else if (token.type === 'error') noteUnexpected(problems, token);
    }
    return null;
  };

  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    const where = span(parser.offset, parser.offset + lexeme.length);
    if (!isScalar && isStray(lexeme, parser)) {
      note(problems, where, `This "${lexeme}" closes nothing.`);
      parser.offset = where.end;
      continue;
    }
    if (!isScalar && isSwallowing(lexeme, where.end - start, text)) {
      return { document: null, comments, openQuote: where.start };
    }
    const document = take(parser.next(lexeme));
    if (document !== null) {
      if (lexeme !== '---' && lexeme !== '...') note(problems, where, 'This cannot be read here.');
      return { document, comments, openQuote: null };
    }
    if (!isScalar && lexeme.startsWith('#')) comments.push({ text: lexeme.slice(1).trim(), span: where });
    isScalar = !isScalar && lexeme === scalarFollows;
    if (parser.stack.length > maxDepth) {
      note(problems, where, 'This is nested too deep to be read.');
      break;
    }
  }
  return { document: take(parser.end()), comments, openQuote: null };
}

/** Reads any text; of several documents the first. What is no YAML is in the problems, the rest is in the tree. */
export function parseYaml(text: string): YamlDocument {
  return parseWithout(text, []);
}

/** The text with a quote taken out; at the start of a line a letter keeps its column. */
function withoutQuote(text: string, { start, end }: Span): string {
  const before = text.slice(0, start);
  return before + (/(?:^|\n) *$/.test(before) ? 'x' : ' ') + text.slice(end);
}

/**
 * Reads the text without the given quotes, so that one left open leaves the lines below it readable. Only the last
 * quote of its kind can swallow them: two rounds are the most.
 */
function parseWithout(text: string, openQuotes: readonly Span[]): YamlDocument {
  const readable = openQuotes.reduce(withoutQuote, text);
  const problems: ProblemList = [];
  for (const quote of openQuotes) note(problems, quote, 'This quote is never closed.');
  const { document, comments, openQuote } = readSyntax(readable, problems);
  if (openQuote !== null) return parseWithout(text, [...openQuotes, span(openQuote, openQuote + 1)]);
  const root = document === null ? null : readTree(readable, document, problems);
  checkCharacters(problems, text);
  return { root, comments, problems: problems.sort((a, b) => bySpan(a.span, b.span)) };
}
