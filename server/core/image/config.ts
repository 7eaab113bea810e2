// What an image says of itself: the steps it was made by, and which of them left a layer.
import { field, fieldsOf, listOf, parsedJson, stringsOf, textOf } from './json.ts';

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
export function readImageConfig(value: unknown): ImageConfig | null {
  const config = fieldsOf(value);
  const rootfs = config && fieldsOf(config.rootfs);
  if (!config || !rootfs) return null;
  const history = listOf(config.history).map((item): HistoryEntry => {
    const entry = fieldsOf(item) ?? {};
    return {
      createdBy: textOf(entry.created_by),
      comment: textOf(entry.comment),
      isEmpty: entry.empty_layer === true,
    };
  });
  const platform = [config.os, config.architecture, config.variant].map(textOf).filter(part => part !== '');
  return { history, diffIds: stringsOf(rootfs.diff_ids), platform: platform.join('/') };
}

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
export function readHistoryRows(out: string): HistoryRow[] {
  const whole = parsedJson(out);
  const items = Array.isArray(whole)
    ? whole
    : out.split('\n').flatMap(line => (line.trim() === '' ? [] : [parsedJson(line)]));
  const rows = items.flatMap((item): HistoryRow[] => {
    const fields = fieldsOf(item);
    if (!fields) return [];
    return [
      {
        createdBy: textOf(field(fields, 'createdby')),
        comment: textOf(field(fields, 'comment')),
        size: Number(field(fields, 'size')) || 0,
      },
    ];
  });
  return rows.reverse();
}
