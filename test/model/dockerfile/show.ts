// Short notations for what a Dockerfile model holds, so that a row of a table fits on a line.
import { buildkitView } from '../../../server/core/model/dockerfile/buildkit-view.ts';
import type { DockerfileModel, Instruction, Keyword } from '../../../server/core/model/dockerfile/model.ts';
import { parseDockerfile } from '../../../server/core/model/dockerfile/parse.ts';
import type { Known } from '../../../server/core/model/known.ts';
import { type Span, spanText } from '../../../server/core/text/span.ts';

/** `2-3 RUN --flag "argument" <<NAME "content"`; `json` behind the flags where the arguments are a list. */
export function showSplit(text: string): string[] {
  return buildkitView(parseDockerfile(text)).instructions.map(instruction =>
    [
      `${instruction.startLine}-${instruction.endLine}`,
      instruction.keyword,
      ...instruction.flags,
      ...(instruction.json ? ['json'] : []),
      ...instruction.arguments.map(argument => JSON.stringify(argument)),
      ...instruction.heredocs.map(({ name, content }) => `<<${name} ${JSON.stringify(content)}`),
    ].join(' '),
  );
}

/** The value, or `? reason`. */
export const showKnown = (known: Known<string | readonly string[]> | null | undefined): string | null => {
  if (known === null || known === undefined) return null;
  return known.known ? [known.value].flat().join(' ') : `? ${known.because}`;
};

/** The text of a place; null where there is none. */
export const at = ({ text }: DockerfileModel, where: Span | null): string | null =>
  where && spanText(text, where);

/** The kind of instruction that may have a keyword. */
type Having<Name extends Keyword, Kind = Instruction> = Kind extends Instruction
  ? Name extends Kind['keyword']
    ? Kind
    : never
  : never;

/** The last instruction of a keyword. */
export function lastOf<Name extends Keyword>(model: DockerfileModel, keyword: Name): Having<Name> {
  const found = model.instructions.filter(instruction => instruction.keyword === keyword).at(-1);
  if (found === undefined) throw new Error(`The text has no ${keyword}.`);
  return found as Having<Name>;
}
