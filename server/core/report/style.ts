// Style: how wide a report is and which colours it has; chosen by the host.
import type { Palette } from './palette.ts';

export interface Style {
  readonly palette: Palette;
  /** Columns. */
  readonly width: number;
}
