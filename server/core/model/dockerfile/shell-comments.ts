// Comments for hadolint that say which shell reads what follows: `# hadolint shell=powershell`.
import { type Known, known } from '../known.ts';
import { rememberFor } from '../remembered.ts';
import type { ParsedModel } from './parsed.ts';

const form = /^hadolint[ \t]+shell[ \t]*=[ \t]*(\S+)/;

type Shell = Known<readonly string[]>;

const none: ReadonlyMap<number, Shell> = new Map();

/** By the index of the instruction below; what stands between continued lines says nothing. */
export const shellComments = rememberFor(({ text, comments, instructions }: ParsedModel) => {
  if (!text.includes('hadolint')) return none;
  const shells = new Map<number, Shell>();
  for (const comment of comments) {
    const shell = form.exec(comment.text)?.[1];
    if (shell === undefined) continue;
    const below = instructions.find(({ statement: { extent } }) => extent.end > comment.span.start);
    if (below && below.statement.extent.start > comment.span.start)
      shells.set(below.index, known([shell, '-c'], null));
  }
  return shells;
});
