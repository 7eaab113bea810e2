// Lines: from offsets to zero-based lines and characters and back, for the hosts and the reports.

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface LineIndex {
  readonly count: number;
  /** The line an offset stands in; offsets past the end belong to the last line. */
  lineAt(offset: number): number;
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
  /** Offset of a line's first character. */
  startOf(line: number): number;
  /** Offset just behind a line's last character, before its line end. */
  endOf(line: number): number;
}

/** A line ends at `\n`, `\r\n` or a lone `\r`, as in the Language Server Protocol. */
export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 13 && text.charCodeAt(i + 1) === 10) continue;
    if (code === 10 || code === 13) starts.push(i + 1);
  }

  const startOf = (line: number): number => starts[Math.max(0, line)] ?? text.length;
  const endOf = (line: number): number => {
    if (line + 1 >= starts.length) return text.length;
    const next = startOf(line + 1);
    return text.charCodeAt(next - 1) === 10 && text.charCodeAt(next - 2) === 13 ? next - 2 : next - 1;
  };
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (startOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    count: starts.length,
    lineAt,
    startOf,
    endOf,
    positionAt(offset) {
      const clamped = Math.min(Math.max(offset, 0), text.length);
      const line = lineAt(clamped);
      return { line, character: clamped - startOf(line) };
    },
    offsetAt({ line, character }) {
      if (line >= starts.length) return text.length;
      return Math.min(startOf(line) + character, endOf(line));
    },
  };
}
