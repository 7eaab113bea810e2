// Places: what a comment speaks of by where it stands, and above what a comment must stand to speak of an offset.
import type { ComposeModel } from '../../model/compose/model.ts';
import type { DockerfileModel, Instruction } from '../../model/dockerfile/model.ts';
import type { YamlMap, YamlNode } from '../../model/yaml/node.ts';
import { bySpan, type Span, span } from '../../text/span.ts';
import type { Model } from '../rule.ts';

export interface Places {
  /** The instruction or YAML node that the comment stands in, above, or at the end of. */
  node(comment: Span): Span | null;
  /** The line with the comment, or below it where it has its line alone; of a Dockerfile the instruction that starts there. */
  line(comment: Span): Span;
  /** From the instruction below the comment to the end of its stage. */
  stage(comment: Span): Span | null;
  /** The smallest instruction or YAML node around an offset that a comment line above it would speak of. */
  around(offset: number): Span | null;
}

export const lineStart = (text: string, offset: number): number =>
  offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;

export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline;
}

const blank = /^[ \t\uFEFF]*$/;

/** Nothing but blanks stands before the offset on its line. */
export const leadsLine = (text: string, offset: number): boolean =>
  blank.test(text.slice(lineStart(text, offset), offset));

function commentedLine(text: string, comment: Span): Span {
  if (!leadsLine(text, comment.start)) return span(lineStart(text, comment.start), comment.start);
  const below = Math.min(lineEnd(text, comment.end) + 1, text.length);
  return span(below, lineEnd(text, below));
}

/** The first item that passes, where all behind it pass too. */
function firstWhere<T>(items: readonly T[], passes: (item: T) => boolean): T | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && passes(item)) high = middle;
    else low = middle + 1;
  }
  return items[low];
}

function dockerfilePlaces({ text, instructions }: DockerfileModel): Places {
  const endingBehind = (offset: number): Instruction | undefined =>
    firstWhere(instructions, instruction => instruction.span.end > offset);
  return {
    node: comment => endingBehind(comment.start)?.span ?? null,
    line(comment) {
      const line = commentedLine(text, comment);
      const first = firstWhere(instructions, instruction => instruction.span.start >= line.start);
      return first && first.span.start <= line.end ? first.span : line;
    },
    stage(comment) {
      const instruction = endingBehind(comment.start);
      return instruction?.stage ? span(instruction.span.start, instruction.stage.span.end) : null;
    },
    around(offset) {
      const found = firstWhere(instructions, instruction => instruction.span.end >= offset);
      return found && found.span.start <= offset ? found.span : null;
    },
  };
}

/** Everything in a tree that has a line or a place in a line of its own: entries of maps, items of sequences. */
function entriesBelow(root: YamlMap | null): readonly Span[] {
  const entries: Span[] = [];
  const open: YamlNode[] = root ? [root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'map') {
      for (const pair of node.pairs) {
        entries.push(pair.span);
        if (pair.value) open.push(pair.value);
      }
    } else if (node.kind === 'sequence') {
      for (const item of node.itemSpans) entries.push(item);
      for (const item of node.items) open.push(item);
    }
  }
  return entries.sort(bySpan);
}

function composePlaces({ text, root }: ComposeModel): Places {
  let found: readonly Span[] | undefined;
  const entries = (): readonly Span[] => {
    found ??= entriesBelow(root);
    return found;
  };
  return {
    node(comment) {
      if (leadsLine(text, comment.start)) {
        return firstWhere(entries(), entry => entry.start >= comment.end) ?? null;
      }
      const line = commentedLine(text, comment);
      const first = firstWhere(entries(), entry => entry.start >= line.start);
      return first && first.start < comment.start ? first : line;
    },
    line: comment => commentedLine(text, comment),
    stage: () => null,
    around(offset) {
      let innermost: Span | null = null;
      for (const entry of entries()) {
        if (entry.start > offset) break;
        if (offset <= entry.end && leadsLine(text, entry.start)) innermost = entry;
      }
      return innermost;
    },
  };
}

export const placesOf = (model: Model): Places =>
  model.language === 'dockerfile' ? dockerfilePlaces(model) : composePlaces(model);
