// Sources: every place where a file names an image or one of its own stages.
import type {
  CopyInstruction,
  DockerfileModel,
  FromInstruction,
  Instruction,
  Mount,
  RunInstruction,
  Stage,
} from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import { type Span, span } from '../text/span.ts';

export interface Source {
  readonly kind: 'FROM' | 'COPY' | 'mount';
  readonly instruction: FromInstruction | CopyInstruction | RunInstruction;
  readonly written: string;
  /** What is written, and no more. */
  readonly span: Span;
  /** Null for an image, and for what a variable hides. */
  readonly stage: Stage | null;
}

/** The stage of a name, as `--from` and `from=` see it: the last one of the file. */
export const stageNamed = ({ stages }: DockerfileModel, name: string): Stage | null =>
  stages.findLast(stage => stage.name === name.toLowerCase()) ?? null;

function baseSource(from: FromInstruction): Source[] {
  const { image, stage } = from;
  if (image === null || stage === null) return [];
  const base = stage.base.kind === 'stage' ? stage.base.stage : null;
  return [{ kind: 'FROM', instruction: from, written: image.value, span: image.span, stage: base }];
}

function copySource(copy: CopyInstruction): Source[] {
  const { value = null, valueSpan = null } = copy.from?.flag ?? {};
  if (value === null || valueSpan === null || value === '') return [];
  return [
    { kind: 'COPY', instruction: copy, written: value, span: valueSpan, stage: copy.from?.stage ?? null },
  ];
}

function mountSource(model: DockerfileModel, run: RunInstruction, { options }: Mount): Source[] {
  const from = options.get('from');
  if (from === undefined || from.value === '') return [];
  const { value } = from;
  const where = span(from.span.end - value.length, from.span.end);
  // Quotes around the option stand behind the value.
  const isPlain = model.text.slice(where.start, where.end) === value;
  return [
    {
      kind: 'mount',
      instruction: run,
      written: value,
      span: isPlain ? where : from.span,
      stage: stageNamed(model, value),
    },
  ];
}

export function sourcesOf(model: DockerfileModel, instruction: Instruction): readonly Source[] {
  switch (instruction.keyword) {
    case 'FROM':
      return baseSource(instruction);
    case 'COPY':
    case 'ADD':
      return copySource(instruction);
    case 'RUN':
      return instruction.mounts.flatMap(mount => mountSource(model, instruction, mount));
    case 'ONBUILD':
      return instruction.trigger === null ? [] : sourcesOf(model, instruction.trigger);
    default:
      return [];
  }
}

/** In document order. */
export const allSources = rememberFor((model: DockerfileModel): readonly Source[] =>
  model.instructions.flatMap(instruction => sourcesOf(model, instruction)),
);

/** Whether a stage is made from another one, over whatever steps. */
export function dependsOn(model: DockerfileModel, stage: Stage, other: Stage): boolean {
  const seen = new Set<Stage>();
  const open = [stage];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === other) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    for (const instruction of next.instructions) {
      for (const source of sourcesOf(model, instruction)) if (source.stage !== null) open.push(source.stage);
    }
  }
  return false;
}
