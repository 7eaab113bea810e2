// A file as every report gets it: its text, and what was found in it.
import type { Finding, SuppressedFinding } from '../engine/finding.ts';
import type { Language } from '../engine/rule.ts';
import { type LineIndex, lineIndex } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { hideWith, sensitivePlaces } from './sensitive.ts';

export interface ReportFile {
  /** As it is shown, with `/`. */
  readonly path: string;
  /** `config` for the product's own configuration files. */
  readonly language: Language | 'config';
  readonly text: string;
  readonly findings: readonly Finding[];
  /** Silenced by comments in the file. */
  readonly suppressed: readonly SuppressedFinding[];
  /** Text that no report may show. */
  readonly sensitive: readonly Span[];
}

/** A file with what every report of its findings needs. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  /** What must not be shown, wherever it stands. */
  readonly sensitive: readonly Span[];
  /** Takes the sensitive text of this file out of a message, a title or a piece of code. */
  hide(words: string): string;
}

export const sourceOf = ({ path, text, sensitive }: ReportFile): Source => ({
  path,
  text,
  lines: lineIndex(text),
  sensitive: sensitivePlaces(text, sensitive),
  hide: hideWith(text, sensitive),
});
