// How large what a builder is given is. A type only.

export interface ContextSize {
  readonly bytes: number;
  readonly files: number;
  /** False where it holds more than was looked at. */
  readonly isWhole: boolean;
  /** Folders and files that make up most of it, by their paths within, the largest first. */
  readonly largest: readonly { readonly path: string; readonly bytes: number }[];
  /** The name of the ignore file; null where there is none. */
  readonly ignoreFile: string | null;
}
