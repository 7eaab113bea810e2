// The space of a project: this text at its own offsets, every other file far behind it, so that a span tells its file.
import type { Span } from '../../text/span.ts';

/** Wider than any file that is read. */
const room = 1_000_000_000;

/** Where the other file of an index begins. */
export const spaceOf = (index: number): number => (index + 1) * room;

export const isElsewhere = ({ start }: Span): boolean => start >= room;

/** Seen from the beginning of the file that it lies in. */
export const withinFile = ({ start, end }: Span): Span => ({ start: start % room, end: end % room });

/** The index of the other file that a span lies in; -1 for this text. */
export const fileIndexOf = ({ start }: Span): number => Math.floor(start / room) - 1;
