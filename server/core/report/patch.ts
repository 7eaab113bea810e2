// Patches for people: what a repair would change, without what must not be shown.
import { unifiedDiff } from '../text/diff.ts';
import type { Span } from '../text/span.ts';
import { hideSpans, hideValues, sensitiveValues, veil } from './sensitive.ts';
import type { Style } from './style.ts';

export interface Version {
  readonly text: string;
  readonly sensitive: readonly Span[];
}

/** The patch from one version of a file to the next. Secrets of either are hidden in both, in the same way. */
export function hiddenDiff(path: string, before: Version, after: Version): string {
  const hide = hideValues([before, after].flatMap(({ text, sensitive }) => sensitiveValues(text, sensitive)));
  const [shownBefore, shownAfter] = [before, after].map(({ text, sensitive }) =>
    hide(hideSpans(text, sensitive)),
  );
  return unifiedDiff(path, shownBefore ?? '', shownAfter ?? '');
}

/** A file that a fix changes besides its own. */
export interface Neighbour {
  /** Null where there was no file. */
  readonly before: string | null;
  readonly after: string;
  /** Nothing of the text may be shown. */
  readonly isOpaque: boolean;
}

/** Such a file may hold values of its own, as `.env` does: nothing behind an equals sign is shown. */
export function neighbourDiff(path: string, { before, after, isOpaque }: Neighbour): string {
  const hide = (text: string): string => text.replace(isOpaque ? /[^\r\n]+/g : /(?<==).+/g, veil);
  return unifiedDiff(path, before === null ? null : hide(before), hide(after));
}

export function paintDiff(patch: string, { palette }: Style): string {
  return patch.replace(/^.*$/gm, line => {
    if (/^(?:diff|---|\+\+\+|new file) /.test(line)) return palette.strong(line);
    if (line.startsWith('@@')) return palette.info(line);
    if (line.startsWith('+')) return palette.good(line);
    return line.startsWith('-') ? palette.gone(line) : line;
  });
}
