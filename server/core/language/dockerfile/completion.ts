// Completion in Dockerfiles: what FROM and COPY --from= start with, a stage above or an image; and what reads the file.
import { syntaxImages } from '../../knowledge/syntax-images.ts';
import type { DockerfileModel } from '../../model/dockerfile/model.ts';
import { span } from '../../text/span.ts';
import type { Completion } from '../completion.ts';
import { imageCompletions } from '../images/completion.ts';

/** Up to the cursor: the instruction, its flags, and the word. */
const before = /^[ \t]*(?:FROM[ \t]+(?:--\S*[ \t]+)*|COPY[ \t]+(?:--\S*[ \t]+)*--from=)([^\s"'\\]*)$/i;

/** Behind `# syntax=`, where nothing but other directives stands above. */
const syntaxBefore =
  /^\uFEFF?(?:[ \t]*#[ \t]*\w+[ \t]*=[^\n]*\n)*[ \t]*#[ \t]*syntax[ \t]*=[ \t]*([^\s:@]*)$/i;

/** With the tag that Docker's own documents have. */
function syntaxCompletions(text: string, offset: number): Completion[] {
  const typed = syntaxBefore.exec(text.slice(0, offset))?.[1];
  if (typed === undefined) return [];
  const rest = /^[^\s:@]*/.exec(text.slice(offset))?.[0] ?? '';
  const where = span(offset - typed.length, offset + rest.length);
  const hasTag = /[:@]/.test(text.charAt(where.end));
  return syntaxImages.map((name, index) => {
    const image = hasTag ? name : `${name}:1`;
    return { label: image, kind: 'name', span: where, text: image, rank: index + 1 };
  });
}

export function dockerfileCompletionsAt(
  { text, instructions, stages }: DockerfileModel,
  offset: number,
): Completion[] {
  const syntax = syntaxCompletions(text, offset);
  if (syntax.length > 0) return syntax;
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
