// What a host that may run programs says of the size of an image, for an editor.
import type { Place } from '../core/image/account.ts';
import type { Budget } from '../core/image/budget.ts';
import type { DockerfileModel } from '../core/model/dockerfile/model.ts';
import type { InspectSizeResult } from '../core/protocol/messages.ts';

export interface SizeQuestion {
  /** Of the file that the image was built from; null where nobody has it. */
  readonly file: { readonly path: string; readonly model: DockerfileModel } | null;
  /** Null: the newest one that was built from the file. */
  readonly image: string | null;
  /** The image is read in its registry. */
  readonly isRemote: boolean;
  readonly budget: Budget;
  readonly places: readonly Place[];
  /** Of what could be spared, whether its rule has a repair there; lines are zero-based. */
  repairable(notice: { readonly line: number; readonly rule: string | null }): boolean;
  readonly nonce: string;
}

export type SizeInspector = (question: SizeQuestion, signal: AbortSignalLike) => Promise<InspectSizeResult>;

/** As much of a signal as is needed to stop. */
export interface AbortSignalLike {
  onStop(stop: () => void): void;
}
