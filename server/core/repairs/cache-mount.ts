// Cache mounts: folders of a RUN that the build keeps, and the image does not.
import type { DockerfileModel, RunInstruction } from '../model/dockerfile/model.ts';
import { type Edit, insert } from '../text/edit.ts';
import { indentationAt } from '../text/layout.ts';

export interface CacheMount {
  readonly target: string;
  /** Only one build at a time may use it. */
  readonly isLocked: boolean;
}

const flag = ({ target, isLocked }: CacheMount): string =>
  `--mount=type=cache,target=${target}${isLocked ? ',sharing=locked' : ''}`;

/** Each on a line of its own, with the commands below; in front of a heredoc all in one line. */
export function addCacheMounts(
  model: DockerfileModel,
  { keywordSpan, flags, heredocs, span }: RunInstruction,
  mounts: readonly CacheMount[],
): Edit {
  const at = flags.at(-1)?.span.end ?? keywordSpan.end;
  const written = mounts.map(flag);
  if (heredocs.length > 0) return insert(at, written.map(text => ` ${text}`).join(''));
  const next = `${model.escape}${model.layout.eol}${indentationAt(model.text, span.start)}`;
  const isAtLineEnd = /^[ \t]*[\\`][ \t]*\r?\n/.test(model.text.slice(at, at + 200));
  const behind = isAtLineEnd ? '' : ` ${next}   `;
  return insert(at, ` ${written.join(` ${next}    `)}${behind}`);
}
