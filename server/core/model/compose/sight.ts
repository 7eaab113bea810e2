// Sight: everything that somebody who does not look around sees of a service: its lines, and the outline of the file. Where
// both are the same in another version, whatever was found out from them is the same, up to where it stands.
import { type Span, span } from '../../text/span.ts';
import type { ComposeModel, Service } from './model.ts';

export interface ServiceSights {
  /** The file without its services; of those the names, and by which keys, anchors and aliases they may share something. */
  readonly outline: string;
  /** The lines from the key of a service to the next; none where the service takes something out of another one. */
  readonly lines: ReadonlyMap<Service, Span>;
  /** From the first line of the first service to the end of the last. */
  readonly all: Span;
  /** Of the lines of services, to be handed over for the next version. */
  readonly skeletons: ReadonlyMap<string, string>;
}

/** Lines from service to service; null where they do not follow one another as blocks do. */
function linesOf(text: string, services: readonly Service[]): Span[] | null {
  const starts = services.map(({ nameSpan }) => text.lastIndexOf('\n', nameSpan.start - 1) + 1);
  const end = services.at(-1)?.span.end ?? 0;
  const lines = starts.map((start, index) => span(start, starts[index + 1] ?? end));
  const isBlock = services.every((service, index) => {
    const { start, end } = lines[index] ?? service.span;
    return service.span.end <= end && text.slice(start, service.nameSpan.start).trim() === '';
  });
  return isBlock ? lines : null;
}

/** A line of a list or map up to a value that can hold no other: which one it is changes nothing about who shares what. */
const plainValue =
  /^( *(?:- +)?(?:[\w.-]+: +)?)(?:"[^"\n&*{}[\]]*"|[^\s&*{}[\]|>!'"#?:-](?:[^\n:&*{}[\]]|:(?=\S))*)$/gm;

const isLinked = (lines: string): boolean => /[&*]|<</.test(lines);

const emptyLine = /^[ \t]*(?:#.*)?\n/gm;
/** Items with such values, one after the other. */
const plainItems = /^( *- +\n)\1+/gm;

const skeletonOf = (lines: string): string =>
  isLinked(lines) ? lines.replace(emptyLine, '').replace(plainValue, '$1').replace(plainItems, '$1') : '';

const namesIn = (lines: string, mark: RegExp): string[] =>
  Array.from(lines.matchAll(mark), ([, name = '']) => name);

/** Null where services are no blocks of lines. `known` are the skeletons of a version before. */
export function sightsOf(model: ComposeModel, known?: ReadonlyMap<string, string>): ServiceSights | null {
  const { text, services, style } = model;
  const own = services.filter(({ elsewhere }) => !elsewhere);
  const places = linesOf(text, own);
  const [first, last] = [places?.[0], places?.at(-1)];
  if (!places || !first || !last) return null;
  const all = span(first.start, last.end);
  const holders = new Map<string, number>();
  const kept = new Map<string, string>();
  const skeletons = places.map(({ start, end }, index) => {
    const lines = text.slice(start, end);
    if (lines.includes('&')) for (const name of namesIn(lines, /&([^\s,\]}]+)/g)) holders.set(name, index);
    const skeleton = known?.get(lines) ?? skeletonOf(lines);
    kept.set(lines, skeleton);
    return `${own[index]?.name}\n${skeleton}`;
  });
  // What one tells of what both have, the other leaves untold.
  const tied = new Set<number>();
  places.forEach(({ start, end }, index) => {
    for (const name of holders.size === 0 ? [] : namesIn(text.slice(start, end), /\*([^\s,\]}]+)/g)) {
      const holder = holders.get(name) ?? index;
      if (holder !== index) tied.add(holder).add(index);
    }
  });
  const outside = `${text.slice(0, all.start)}\0${text.slice(all.end)}`;
  return {
    outline: [JSON.stringify(style), outside, ...skeletons].join('\0'),
    lines: new Map(
      own.flatMap((service, index): [Service, Span][] =>
        tied.has(index) ? [] : [[service, places[index] ?? all]],
      ),
    ),
    all,
    skeletons: kept,
  };
}
