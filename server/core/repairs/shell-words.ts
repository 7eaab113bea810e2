// Taking single words out of a command.
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';
import { type Edit, remove } from '../text/edit.ts';
import { span, spanText } from '../text/span.ts';

/** Arguments taken away with what parts them from the word before; null where a comment stands there. */
export function withoutWords(
  text: string,
  { nameWord, args }: ShellCommand,
  words: readonly ShellWord[],
): Edit[] | null {
  const edits: Edit[] = [];
  for (const word of words) {
    const before = args[args.indexOf(word) - 1] ?? nameWord;
    if (before === null || spanText(text, span(before.span.end, word.span.start)).includes('#')) return null;
    edits.push(remove(span(before.span.end, word.span.end)));
  }
  return edits;
}
