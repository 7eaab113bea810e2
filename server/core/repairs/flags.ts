// Flags of an instruction: taken away, or given another value.
import type { DockerfileModel, Flag } from '../model/dockerfile/model.ts';
import { type Edit, remove } from '../text/edit.ts';
import { wholeLines } from '../text/layout.ts';
import { span, spanText } from '../text/span.ts';

/** With the blanks that part it from its neighbour; with its line where it has one of its own. */
export function removeFlag({ text, escape: escapeChar }: DockerfileModel, flag: Flag): Edit {
  const lines = wholeLines(text, flag.span);
  const before = spanText(text, span(lines.start, flag.span.start));
  const behind = spanText(text, span(flag.span.end, lines.end));
  if (before.trim() !== '') {
    return remove(span(lines.start + before.trimEnd().length, flag.span.end));
  }
  if (behind.trim() === escapeChar) return remove(lines);
  return remove(span(flag.span.start, flag.span.end + behind.length - behind.trimStart().length));
}
