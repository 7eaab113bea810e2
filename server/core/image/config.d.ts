/** A step, as the builder wrote it down. */
export interface HistoryEntry {
  readonly createdBy: string;
  readonly comment: string;
  /** It left no layer. */
  readonly isEmpty: boolean;
}
export interface ImageConfig {
  /** The first step first. Images that were squashed or imported may have none, or too few. */
  readonly history: readonly HistoryEntry[];
  /** Of the layers, the lowest first: the digests of their unpacked bytes. */
  readonly diffIds: readonly string[];
  /** `linux/amd64`. */
  readonly platform: string;
}
/** The configuration in an archive or registry, or what a scanner repeats of it; null where it is none. */
export declare function readImageConfig(value: unknown): ImageConfig | null;
export interface HistoryRow {
  readonly createdBy: string;
  readonly comment: string;
  /** Bytes. */
  readonly size: number;
}
/**
 * What `history --no-trunc --human=false --format json` prints: a row on each line, or all of them in a list. The first
 * step first, which the programs print last.
 */
export declare function readHistoryRows(out: string): HistoryRow[];
