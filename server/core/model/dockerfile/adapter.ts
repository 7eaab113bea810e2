// The door to dockerfile-ast, the only file that imports it: typed nodes of one instruction at a time.
import { From, Healthcheck } from 'dockerfile-ast';
import { type Span, span, spanText } from '../../text/span.ts';
import type { Comment, DockerfileModel } from './model.ts';

/** The lines of one instruction in the file. */
export interface NodeSource {
  readonly text: string;
  readonly keyword: Span;
  /** From the keyword to the end of the last argument, heredocs excluded. */
  readonly lines: Span;
  readonly comments: readonly Comment[];
  readonly escape: DockerfileModel['escape'];
}

export interface FromNode {
  readonly image: Span | null;
  readonly as: Span | null;
  readonly name: Span | null;
}

export function fromNode(source: NodeSource): FromNode {
  const node = new From(...nodeArguments(source));
  const [, as] = node.getArguments();
  const name = node.getBuildStageRange();
  return {
    image: placeOf(node.getImageRange()),
    as: name && placeOf(as?.getRange() ?? null),
    name: placeOf(name),
  };
}

/** The place of NONE or CMD. */
export function healthcheckNode(source: NodeSource): Span | null {
  const node = new Healthcheck(...nodeArguments(source));
  return placeOf(node.getSubcommand()?.getRange() ?? null);
}

type NodeArguments = ConstructorParameters<typeof From>;
type NodeDocument = NodeArguments[0];
type NodeRange = NodeArguments[1];
type NodePosition = NodeRange['start'];

/** A node asks for the rest of the file only to resolve variables, and nothing here does. */
const noFile = {} as NodeArguments[2];

/** Nodes count in lines and characters: a document of a single line makes a character an offset into the file. */
const positionAt = (offset: number): NodePosition => ({ line: 0, character: offset });
const rangeOf = ({ start, end }: Span): NodeRange => ({ start: positionAt(start), end: positionAt(end) });
const placeOf = (range: NodeRange | null): Span | null =>
  range && span(range.start.character, range.end.character);

function nodeArguments({ text, keyword, lines, comments, escape: escapeChar }: NodeSource): NodeArguments {
  const content = withBlanks(text, lines, comments);
  const document: NodeDocument = {
    uri: '',
    languageId: 'dockerfile',
    version: 0,
    lineCount: 1,
    getText: () => content,
    positionAt: offset => positionAt(offset + lines.start),
    offsetAt: position => position.character - lines.start,
    getLineRange: () => rangeOf(lines),
    getEOLCharacters: () => '',
  };
  return [document, rangeOf(lines), noFile, escapeChar, spanText(text, keyword), rangeOf(keyword)];
}

/** The lines with their comments blanked, so that everything else keeps its place. */
function withBlanks(text: string, lines: Span, comments: readonly Comment[]): string {
  let content = '';
  let at = lines.start;
  for (const { span: comment } of comments) {
    if (comment.start < at || comment.end > lines.end) continue;
    content += text.slice(at, comment.start) + ' '.repeat(comment.end - comment.start);
    at = comment.end;
  }
  return content + text.slice(at, lines.end);
}
