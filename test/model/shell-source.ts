// Texts for the shell model as the other models hand them over, and short forms of what is read from them.
import { parseShell } from '../../server/core/model/shell/parse.ts';
import type { ShellCommand, ShellScript } from '../../server/core/model/shell/script.ts';
import { type MappedText, verbatim } from '../../server/core/text/mapped-text.ts';
import { type Span, span, spanText } from '../../server/core/text/span.ts';

export const whole = (file: string): MappedText => verbatim(file, span(0, file.length));

export const readPosix = (text: string): ShellScript => parseShell(whole(text), 'posix');

/** A file's lines joined at `\` as in a Dockerfile: comment lines between them dropped. */
export function joined(file: string): MappedText {
  let text = '';
  const segments = [];
  for (const { 0: line, index } of file.matchAll(/.*(?:\r?\n|$)/g)) {
    if (text !== '' && /^\s*#/.test(line)) continue;
    const length = line.replace(/\\?\r?\n?$/, '').length;
    segments.push({ from: text.length, at: index, length });
    text += line.slice(0, length);
  }
  return { text, segments };
}

/** `sudo > sh > curl -f`: the wrappers from the outside in, and the text in the file. */
export const written = (file: string, { wrappers, span: where }: ShellCommand): string =>
  [...wrappers.map(wrapper => wrapper.name).reverse(), spanText(file, where)].join(' > ');

export const slices = (file: string, items: readonly { readonly span: Span }[]): string[] =>
  items.map(item => spanText(file, item.span));
