// Drawn lines: how a terminal shows a line of code, so that a mark below it stands exactly under what it means.
import type { Span } from '../text/span.ts';
import { veil } from './sensitive.ts';

export interface DrawnLine {
  /** What each UTF-16 unit is drawn as; empty for one that is drawn together with an earlier one. */
  readonly units: readonly string[];
  /** The column that each unit begins in; behind the last one, the width of the line. */
  readonly columns: readonly number[];
}

const tab = '    ';
const control = /\p{Cc}/u;
/** Would turn the line round, or hide in it. */
const invisible = /[\u200B-\u200F\u2028-\u202E\u2060-\u2069]|\p{Cs}/u;
const combining = /\p{M}|\uFEFF/u;
const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;

/** Prose for a terminal: nothing in it moves the cursor or turns the line; line ends stay. */
export const printable = (prose: string): string =>
  prose.replace(/(?!\n)\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');

function draw(character: string): { readonly shown: string; readonly width: number } {
  if (character >= ' ' && character <= '~') return { shown: character, width: 1 };
  if (character === '\t') return { shown: tab, width: tab.length };
  if (control.test(character) || invisible.test(character)) return { shown: '\uFFFD', width: 1 };
  if (combining.test(character)) return { shown: character === '\uFEFF' ? '' : character, width: 0 };
  return { shown: character, width: wide.test(character) ? 2 : 1 };
}

/** `hidden` are spans within the line. */
export function drawLine(line: string, hidden: readonly Span[]): DrawnLine {
  const units: string[] = [];
  const columns: number[] = [];
  let column = 0;
  const put = (shown: string, width: number, length: number): void => {
    for (let i = 0; i < length; i++) {
      units.push(i === 0 ? shown : '');
      columns.push(i === 0 ? column : column + width);
    }
    column += width;
  };
  for (let at = 0; at < line.length; at = units.length) {
    const cover = hidden.find(({ start, end }) => start <= at && at < end);
    if (cover) {
      put(veil, veil.length, Math.min(cover.end, line.length) - at);
    } else {
      const character = String.fromCodePoint(line.codePointAt(at) ?? 0);
      const { shown, width } = draw(character);
      put(shown, width, character.length);
    }
  }
  columns.push(column);
  return { units, columns };
}
