// Unchanged: how many instructions at the beginning and at the end of two versions of a file are the same and see the same.
// After most edits these are all but one, and need not be compared by what is seen of each.
import { commonEnd, commonStart } from '../../text/common.ts';
import type { DockerfileModel, Instruction, Keyword } from './model.ts';
import type { ParsedInstruction, ParsedModel } from './parsed.ts';
import { shellComments } from './shell-comments.ts';
import { frameOf, linesOf, stagesText } from './sight.ts';

export interface Unchanged {
  readonly first: number;
  readonly last: number;
}

/** Nothing that is seen of the instructions behind them depends on these. */
const plain: ReadonlySet<Keyword> = new Set<Keyword>([
  'ADD',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'RUN',
  'VOLUME',
]);

const partsOf = (instruction: Instruction) => (instruction as ParsedInstruction).statement;

/** The instructions at the same place from the beginning that end within the text that both begin with. */
function countFirst(before: DockerfileModel, now: DockerfileModel, most: number): number {
  const same = commonStart(before.text, now.text);
  const isWhole = same === before.text.length && same === now.text.length;
  let count = 0;
  for (; count < most; count++) {
    const [old, own] = [before.instructions[count], now.instructions[count]];
    if (!old || !own) break;
    const [{ extent: was }, { extent: is }] = [partsOf(old), partsOf(own)];
    const isWithin = isWhole || linesOf(now.text, own).end < same;
    if (!isWithin || was.start !== is.start || was.end !== is.end) break;
  }
  return count;
}

/** The instructions at the same place from the end that start, with their comments, within the text that both end with. */
function countLast(before: DockerfileModel, now: DockerfileModel, most: number): number {
  const by = now.text.length - before.text.length;
  const same = now.text.length - commonEnd(before.text, now.text);
  let count = 0;
  for (; count < most; count++) {
    const old = before.instructions[before.instructions.length - 1 - count];
    const own = now.instructions[now.instructions.length - 1 - count];
    if (!old || !own) break;
    const [was, is] = [partsOf(old), partsOf(own)];
    const top = Math.min(linesOf(now.text, own).start, is.comments[0]?.span.start ?? now.text.length);
    // The line end in front of it is the same, too.
    const isWithin = now.text.lastIndexOf('\n', top) >= same;
    const isThere = was.extent.start + by === is.extent.start && was.extent.end + by === is.extent.end;
    if (!isWithin || !isThere || was.comments.length !== is.comments.length) break;
  }
  return count;
}

export function unchangedSince(before: DockerfileModel, now: DockerfileModel): Unchanged {
  if (frameOf(before) !== frameOf(now) || stagesText(before) !== stagesText(now))
    return { first: 0, last: 0 };
  const shorter = Math.min(before.instructions.length, now.instructions.length);
  const first = countFirst(before, now, shorter);
  const last = countLast(before, now, shorter - first);
  const isPlain = [before, now].every(
    model =>
      // A comment may say something to all that is behind it.
      shellComments(model as ParsedModel).size === 0 &&
      model.instructions
        .slice(first, model.instructions.length - last)
        .every(({ keyword }) => plain.has(keyword)),
  );
  return { first, last: isPlain ? last : 0 };
}
