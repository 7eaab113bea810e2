// Layout: the line end, indentation and byte order mark that a document already uses, so that insertions look native.

export interface Layout {
  readonly eol: '\n' | '\r\n';
  readonly bom: boolean;
  readonly finalNewline: boolean;
}

const bom = '\uFEFF';

/** The line end of the majority; `\n` where the text has a single line. */
export function layoutOf(text: string): Layout {
  const all = text.split('\n').length - 1;
  const windows = text.split('\r\n').length - 1;
  return {
    eol: windows * 2 > all ? '\r\n' : '\n',
    bom: text.startsWith(bom),
    finalNewline: text === '' || text.endsWith('\n'),
  };
}

/** The blanks at the start of the line that `offset` stands in. */
export function indentationAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, lineStart + 200))?.[0] ?? '';
}

/** The span of whole lines that covers a span, its last line end included. */
export function wholeLines(
  text: string,
  { start, end }: { start: number; end: number },
): { start: number; end: number } {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', Math.max(start, end - 1));
  return { start: lineStart, end: newline < 0 ? text.length : newline + 1 };
}
