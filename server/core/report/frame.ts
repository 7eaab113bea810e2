// Code frames: a place in a file as a person reads it, the exact mark below it.
import { type Span, span } from '../text/span.ts';
import { drawLine } from './drawn-line.ts';
import type { Paint } from './palette.ts';
import type { Source } from './report-file.ts';
import type { Style } from './style.ts';

const indentation = '  ';

/** The characters of a line that are shown. */
type Crop = Span;

/** A line that is too long is cut so that the mark stays in sight. */
function cropAround(line: Span, mark: Span, room: number): Crop {
  const length = line.end - line.start;
  if (length <= room) return span(0, room);
  const from = Math.min(mark.start - line.start - Math.floor(room / 4), length - room);
  return span(Math.max(0, from), Math.max(0, from) + room);
}

function drawCropped(source: Source, line: number, crop: Crop) {
  const whole = span(source.lines.startOf(line), source.lines.endOf(line));
  const start = Math.min(whole.start + crop.start, whole.end);
  const end = Math.min(whole.start + crop.end, whole.end);
  const hidden = source.sensitive.map(place => span(place.start - start, place.end - start));
  const drawn = drawLine(source.text.slice(start, end), hidden);
  const lead = crop.start > 0 ? '…' : '';
  return {
    text: `${lead}${drawn.units.join('')}${end < whole.end ? '…' : ''}`,
    columnOf: (offset: number): number =>
      lead.length + (drawn.columns[Math.min(Math.max(offset - start, 0), drawn.columns.length - 1)] ?? 0),
  };
}

/** The line of a place between its neighbours. Of a place over several lines the first one is shown. */
export function codeFrame(source: Source, at: Span, paint: Paint, { palette, width }: Style): string[] {
  const { lines, text } = source;
  const first = lines.lineAt(at.start);
  const last = lines.lineAt(Math.max(at.start, at.end - 1));
  const line = span(lines.startOf(first), lines.endOf(first));
  const gutter = Math.max(3, String(first + 2).length);
  const room = Math.max(30, width - indentation.length - gutter - 4);

  const row = (head: string, code: string): string =>
    `${indentation}${palette.dim(`${head.padStart(gutter)} │`)} ${code}`.trimEnd();
  const isBlank = (number: number): boolean =>
    text.slice(lines.startOf(number), lines.endOf(number)).trim() === '';
  const neighbour = (number: number): string[] =>
    number < 0 || number >= lines.count || isBlank(number)
      ? []
      : [row(String(number + 1), palette.dim(drawCropped(source, number, span(0, room)).text))];

  const shown = drawCropped(source, first, cropAround(line, at, room));
  const start = shown.columnOf(at.start);
  const end = shown.columnOf(Math.min(at.end, line.end));
  const mark = ' '.repeat(start) + paint('^'.repeat(Math.max(1, end - start)));
  const rest = last - first;
  return [
    ...neighbour(first - 1),
    row(String(first + 1), shown.text),
    row('', mark),
    ...(rest === 0
      ? neighbour(first + 1)
      : [row('⋮', palette.dim(`and ${rest} more ${rest === 1 ? 'line' : 'lines'}`))]),
  ];
}
