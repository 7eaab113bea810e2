// Parts of Dockerfiles for tests of what is read from them.
import assert from 'node:assert/strict';
import { inspectStage, type StageInsight } from '../../server/core/insight/stage.ts';
import type {
  DockerfileModel,
  Instruction,
  Keyword,
  Stage,
} from '../../server/core/model/dockerfile/model.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';

export function finalStage(text: string): Stage {
  const stage = parseDockerfile(text).stages.at(-1);
  assert.ok(stage);
  return stage;
}

export const insightOf = (text: string): StageInsight => inspectStage(finalStage(text));

/** The kind of instructions that the keyword is one of. */
type Of<K extends Keyword, I = Instruction> = I extends { readonly keyword: infer Own }
  ? K extends Own
    ? I
    : never
  : never;

/** The last instruction of that kind. */
export function lastOf<K extends Keyword>(model: DockerfileModel, keyword: K): Of<K> {
  const found = model.instructions.findLast(instruction => instruction.keyword === keyword);
  assert.ok(found, keyword);
  return found as Of<K>;
}
