// Palettes: how a report marks its words, for terminals with and without colours.
import type { Severity } from '../engine/finding.ts';

export type Paint = (text: string) => string;

export interface Palette extends Readonly<Record<Severity, Paint>> {
  /** Places and headings. */
  readonly strong: Paint;
  /** What may be overlooked: line numbers, hints on use. */
  readonly dim: Paint;
  /** Repairs, and lines that come in. */
  readonly good: Paint;
  /** Lines that go. */
  readonly gone: Paint;
}

const asIs: Paint = text => text;

export const plainPalette: Palette = {
  error: asIs,
  warning: asIs,
  info: asIs,
  hint: asIs,
  strong: asIs,
  dim: asIs,
  good: asIs,
  gone: asIs,
};

/** Switches a mark of the terminal on and off again, line by line: pagers forget it at line ends. */
const sgr =
  (on: number, off: number): Paint =>
  text =>
    text.replace(/[^\r\n]+/g, line => `\u001b[${on}m${line}\u001b[${off}m`);

/** The sixteen colours of every terminal: each person's theme decides what they look like. */
export const colorPalette: Palette = {
  error: sgr(31, 39),
  warning: sgr(33, 39),
  info: sgr(36, 39),
  hint: sgr(35, 39),
  strong: sgr(1, 22),
  dim: sgr(2, 22),
  good: sgr(32, 39),
  gone: sgr(31, 39),
};
