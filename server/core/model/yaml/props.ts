// Node properties: the anchor, tag and indicator that stand before a key or a value.
import { note, noteTab, noteTightComment, noteUnexpected, type ProblemList, tokenSpan } from './problems.ts';
import type { Lexeme, SyntaxToken } from './syntax.ts';

export interface Props {
  readonly anchor: Lexeme | null;
  readonly tag: Lexeme | null;
  /** The `-`, `?`, `:` or `---` that was looked for. */
  readonly indicator: Lexeme | null;
  readonly comma: Lexeme | null;
  readonly hasNewline: boolean;
  /** A line ends between an anchor or tag and its node. */
  readonly newlineAfterProp: boolean;
  /** Offset of the first anchor or tag; null where there is none. */
  readonly start: number | null;
  /** Offset behind the last token. */
  readonly end: number;
}

/** Anchor and tag as a node carries them. */
export const marksOf = ({ anchor, tag }: Props): { anchor: string | null; tag: string | null } => ({
  anchor: anchor === null ? null : anchor.source.slice(1),
  tag: tag === null ? null : tag.source,
});

export interface PropsContext {
  readonly indicator: 'doc-start' | 'explicit-key-ind' | 'map-value-ind' | 'seq-item-ind';
  readonly flow: boolean;
  /** The tokens begin a line. */
  readonly onNewLine: boolean;
  /** Column of the collection they stand in. */
  readonly indent: number;
  /** Where the tokens would stand if there were any. */
  readonly offset: number;
  /** The key or value behind them. */
  readonly next: SyntaxToken | null | undefined;
}

const separates = ({ type }: SyntaxToken): boolean =>
  type === 'space' || type === 'newline' || type === 'comma';

const opensBlock = (token: SyntaxToken | null | undefined): boolean =>
  token?.type === 'block-map' || token?.type === 'block-seq';

const isEmptyScalar = (token: SyntaxToken): boolean => token.type === 'scalar' && token.source === '';

/** True where a tab indents what follows it, which YAML refuses; comments and empty lines may have some. */
function tabIndents(
  tab: Lexeme,
  following: Lexeme | undefined,
  onNewLine: boolean,
  at: PropsContext,
): boolean {
  if (at.flow || (at.indicator === 'doc-start' && at.next?.type === 'flow-collection')) return false;
  if (following !== undefined) {
    return onNewLine && following.type !== 'comment' && following.type !== 'newline';
  }
  return (onNewLine && tab.indent <= at.indent) || opensBlock(at.next);
}

/** Notes an anchor or tag that is a second one, or that touches what follows it. */
function checkProp(
  problems: ProblemList,
  prop: Lexeme,
  before: Lexeme | null,
  next: PropsContext['next'],
): void {
  if (before !== null) note(problems, tokenSpan(prop), `A value can have only one ${prop.type}.`);
  if (next && !separates(next) && !isEmptyScalar(next)) {
    note(problems, tokenSpan(prop), `A blank must follow this ${prop.type}.`);
  }
}

/** Reads the tokens before a key or value and notes those that may not stand there. */
export function readProps(tokens: readonly Lexeme[], context: PropsContext, problems: ProblemList): Props {
  let anchor: Lexeme | null = null;
  let tag: Lexeme | null = null;
  let indicator: Lexeme | null = null;
  let comma: Lexeme | null = null;
  let start: number | null = null;
  let hasNewline = false;
  let newlineAfterProp = false;
  let { onNewLine, offset: end } = context;
  let afterBlank = onNewLine;
  for (const [index, token] of tokens.entries()) {
    const { type } = token;
    const following = tokens[index + 1];
    end = token.offset + token.source.length;
    if (type === 'space') {
      const indents = token.source.includes('\t') && tabIndents(token, following, onNewLine, context);
      if (indents) noteTab(problems, token);
      afterBlank = true;
      continue;
    }
    if (type === 'newline') {
      hasNewline = true;
      newlineAfterProp ||= start !== null;
    } else if (type === 'comment') {
      if (!afterBlank) noteTightComment(problems, token);
    } else if (type === 'anchor') {
      checkProp(problems, token, anchor, following ?? context.next);
      anchor = token;
      start ??= token.offset;
    } else if (type === 'tag') {
      checkProp(problems, token, tag, following ?? context.next);
      tag = token;
      start ??= token.offset;
    } else if (type === 'comma' && context.flow && comma === null) {
      comma = token;
    } else if (type === context.indicator && indicator === null && start === null) {
      indicator = token;
    } else {
      noteUnexpected(problems, token);
    }
    onNewLine = type === 'newline' || type === 'seq-item-ind' || type === 'explicit-key-ind';
    afterBlank = type === 'newline';
  }
  return { anchor, tag, indicator, comma, hasNewline, newlineAfterProp, start, end };
}
