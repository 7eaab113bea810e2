// Lines of entries: where the lines of a pair or a list item begin and end, the comments that belong to it included.
import { columnOf } from './style.ts';

/** Offset of the line end behind an offset, before a carriage return. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** Offset behind the line end at or after an offset. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

const commentLine = /^[ \t]*#/;
const blankLine = /^[ \t]*$/;

/** True where nothing but blanks stands before an offset on its line. */
export function beginsLine(text: string, offset: number): boolean {
  return blankLine.test(text.slice(offset - columnOf(text, offset), offset));
}

/**
 * The end of the last line that belongs to an entry of a block: the one that its value ends on, or the last of the
 * comments below it that are indented deeper than the entry.
 */
export function entryEnd(text: string, entry: { readonly end: number }, column: number): number {
  let end = lineEnd(text, entry.end);
  for (let start = nextLine(text, end); start < text.length; start = nextLine(text, start)) {
    const line = text.slice(start, lineEnd(text, start));
    if (blankLine.test(line)) continue;
    if (!commentLine.test(line) || line.indexOf('#') <= column) break;
    end = start + line.length;
  }
  return end;
}

const restOfLine = /^[ \t]*(,?)[ \t]*(?:#.*)?$/;

/** What follows an entry of a flow collection on its line; null where that is more than a comma and a comment. */
export function restOfEntryLine(text: string, entryEnd: number): { readonly comma: boolean } | null {
  const rest = restOfLine.exec(text.slice(entryEnd, lineEnd(text, entryEnd)));
  return rest && { comma: rest[1] === ',' };
}
