// Settings written into the files of package managers that switch their checks off.
import { type UncheckedSetting, uncheckedSettings } from '../knowledge/unchecked-packages.ts';
import { type Span, span } from '../text/span.ts';

/** Places within the text that is looked at. */
export interface WrittenSetting extends Pick<UncheckedSetting, 'kind' | 'instead'> {
  readonly option: string;
  readonly at: Span;
  /** What is written otherwise. */
  readonly value: Span;
}

/** Packages that lie on the disk were made, or fetched, by the build itself. */
export const namesDisk = (text: string): boolean => /(?:^|[\s=])(?:file|copy|cdrom):/.test(text);

/** All that a text switches off which goes into one of these files. */
export function settingsIn(text: string, files: readonly string[]): readonly WrittenSetting[] {
  if (files.length === 0) return [];
  return uncheckedSettings.flatMap(({ kind, path, setting, instead }) => {
    if (!files.some(file => path.test(file)) || namesDisk(text)) return [];
    return [...text.matchAll(setting)].map(({ 0: whole, 1: part = '', index }) => {
      const option = whole.trim();
      const start = index + whole.indexOf(option);
      const end = index + whole.length;
      const at = span(start, start + option.length);
      return { kind, option, at, value: span(end - part.length, end), instead };
    });
  });
}

/** Where the new text of a `s/old/new/` begins. */
function replacementStart(word: string): number {
  const begun = /\bs([/|#,~])(?:(?!\1).)*\1/.exec(word);
  return begun === null ? 0 : begun.index + begun[0].length;
}

/** The same of a word of a command, as it stands in the file: of a substitution only what it puts there. */
export const settingIn = (word: string, files: readonly string[]): readonly WrittenSetting[] =>
  settingsIn(word.replace(/\\(?:n|\r?\n)/g, '  '), files).filter(
    ({ at }) => at.start >= replacementStart(word),
  );
