// File changes that come along with a fix, as texts. The hosts read and write the files.
import { layoutOf } from '../text/layout.ts';
import type { FileChange } from './finding.ts';

/** The text of the file afterwards; `before` is null where there is no file. */
export function changeFile(before: string | null, change: FileChange): string {
  if (change.kind === 'create') return before ?? change.text;
  const text = before ?? '';
  if (text.split(/\r?\n/).includes(change.line)) return text;
  const { eol, finalNewline } = layoutOf(text);
  return `${text}${finalNewline ? '' : eol}${change.line}${eol}`;
}
