// What was most likely meant by a text that is refused: the name that is spelt most alike, in the same letter case.
import { nearestName } from '../../text/nearest.ts';

export const nearest = (written: string, names: Iterable<string>): string | null =>
  nearestName(written, names) ?? null;

/** The end of a message. */
export const hint = (name: string | null): string => (name === null ? '' : ` Did you mean ${name}?`);

/** A keyword in lower case where the text has no capitals. */
export const likeWritten = (written: string, keyword: string): string =>
  /[A-Z]/.test(written) ? keyword : keyword.toLowerCase();
