// Completion in Dockerfiles: what FROM and COPY --from= start with, a stage above or an image.
import type { DockerfileModel } from '../../model/dockerfile/model.ts';
import { span } from '../../text/span.ts';
import type { Completion } from '../completion.ts';
import { imageCompletions } from '../images/completion.ts';

/** Up to the cursor: the instruction, its flags, and the word. */
const before = /^[ \t]*(?:FROM[ \t]+(?:--\S*[ \t]+)*|COPY[ \t]+(?:--\S*[ \t]+)*--from=)([^\s"'\\]*)$/i;

export function dockerfileCompletionsAt(
  { text, instructions, stages }: DockerfileModel,
  offset: number,
): Completion[] {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const typed = before.exec(text.slice(lineStart, offset))?.[1];
  const instruction = instructions.findLast(({ span: { start } }) => start <= offset);
  // Within a heredoc or a longer instruction a line may look like one.
  if (typed === undefined || typed.startsWith('-') || (instruction?.span.start ?? -1) < lineStart) return [];
  const at = offset - typed.length;
  const word = typed + (/^[^\s"'\\]*/.exec(text.slice(offset))?.[0] ?? '');
  const above = stages.filter(({ name, from }) => name?.startsWith(typed) && from.span.start < lineStart);
  return [
    ...above.map(
      ({ name, from }): Completion => ({
        label: name ?? '',
        kind: 'stage',
        span: span(at, at + word.length),
        text: name ?? '',
        ...(from.image && { detail: `FROM ${from.image.raw}` }),
      }),
    ),
    ...imageCompletions({ text: word, typed, at }),
  ];
}
