// Layers of an account, each with the place of the file that it came from.
import type { Account, LayerAccount } from './account.ts';
import type { Origin } from './attribution.ts';

export interface SizedLayer extends LayerAccount {
  /** From the lowest. */
  readonly index: number;
  readonly diffId: string;
  /** As its builder wrote it down; empty where the image does not tell. */
  readonly step: string;
  readonly origin: Origin['kind'];
  /** Of the instruction, or of the FROM of a base: zero-based; null where it is not known. */
  readonly line: number | null;
}

/** An account whose layers know where they came from. */
export type Accounted = Omit<Account, 'layers'> & { readonly layers: readonly SizedLayer[] };

/** `line 3`, for the middle of a sentence. */
export function layerName(layers: readonly SizedLayer[], at: number): string {
  const layer = layers[at];
  if (layer?.origin === 'base') return 'the base image';
  if (layer?.line != null) return `line ${layer.line + 1}`;
  const step = layer?.step ?? '';
  return step === ''
    ? `layer ${at + 1}`
    : `layer ${at + 1} (${step.length > 40 ? `${step.slice(0, 39)}…` : step})`;
}
