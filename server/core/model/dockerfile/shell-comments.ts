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
  let index = 0;
  for (const { text: written, span } of comments) {
    const shell = form.exec(written)?.[1];
    if (shell === undefined) continue;
    const extentAt = (at: number) => instructions[at]?.statement.extent;
    while ((extentAt(index)?.end ?? Number.POSITIVE_INFINITY) <= span.start) index++;
    if ((extentAt(index)?.start ?? 0) > span.start) shells.set(index, known([shell, '-c'], null));
  }
  return shells;
});
