// Where what a builder tells stands in the Dockerfile: by the lines that it names, else by the step that it was at.
import type { DockerfileModel, Instruction } from '../model/dockerfile/model.ts';
import { lineIndex } from '../text/lines.ts';
import { type Span, span } from '../text/span.ts';
import type { BuildStep, ToldProblem } from './step.ts';

export interface BuildProblem extends Pick<ToldProblem, 'severity' | 'code' | 'message'> {
  /** Null where it is about no place in the file. */
  readonly span: Span | null;
}

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

const written = (instruction: Instruction): string =>
  squeezed(
    [
      instruction.keyword === 'UNKNOWN' ? instruction.written : instruction.keyword,
      ...instruction.flags.map(({ raw }) => raw),
      instruction.body.text,
    ].join(' '),
  ).toUpperCase();

/** The instructions that a step may be, by what its builder calls the stage: a name, `stage-1`, or a number from 1. */
function instructionsOf(
  { instructions, stages }: DockerfileModel,
  stage: string | null,
): readonly Instruction[] {
  if (stage === null) return instructions;
  const index = /^stage-(\d+)$/.exec(stage)?.[1];
  const found =
    stages.find(({ name }) => name === stage.toLowerCase()) ??
    stages[index === undefined ? Number(stage) - 1 : Number(index)];
  return found?.instructions ?? instructions;
}

/** The FROM of which BuildKit looks the image up, by the full name that it gives it. */
function fromOf({ stages }: DockerfileModel, image: string): Instruction | null {
  const isNamed = (name: string): boolean => image === name || image.endsWith(`/${name}`);
  const found = stages.find(({ from }) =>
    [from.image?.value, `${from.image?.value}:latest`].some(name => name !== undefined && isNamed(name)),
  );
  return found?.from ?? null;
}

function instructionOf(model: DockerfileModel, step: BuildStep): Instruction | null {
  const image =
    step.number === null ? /^\[internal\] load metadata for (\S+)$/.exec(step.text)?.[1] : undefined;
  if (image !== undefined) return fromOf(model, image);
  if (step.number === null) return null;
  const among = instructionsOf(model, step.stage);
  const text = squeezed(step.text).toUpperCase();
  const keyword = text.slice(0, `${text} `.indexOf(' '));
  const isLike = (instruction: Instruction | undefined): boolean =>
    instruction !== undefined && written(instruction).startsWith(keyword);
  const same = among.filter(instruction => written(instruction) === text);
  const [only] = same;
  if (only && same.length === 1) return only;
  // Builders that count every instruction say by the number which one it is.
  const counted = among[step.number - 1];
  if (counted && isLike(counted) && (same.length === 0 || same.includes(counted))) return counted;
  if (only) return only;
  // BuildKit fills in variables: one of the kind that stands alone is it.
  const alike = among.filter(isLike);
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

export function placeProblems(model: DockerfileModel | null, told: readonly ToldProblem[]): BuildProblem[] {
  const lines = lineIndex(model?.text ?? '');
  const spanOf = ({ lines: named, step, severity }: ToldProblem): Span | null => {
    if (model === null) return null;
    if (named) {
      const [first, last] = named.map(line => Math.min(line, lines.count) - 1) as [number, number];
      const start = lines.startOf(first);
      const indent = /^[ \t]*/.exec(model.text.slice(start, lines.endOf(first)))?.[0].length ?? 0;
      return span(start + indent, Math.max(start + indent, lines.endOf(last)));
    }
    if (step) return instructionOf(model, step)?.span ?? null;
    // A builder that refuses the file without a line: what we refuse in it ourselves.
    return severity === 'error' ? (model.problems[0]?.span ?? null) : null;
  };
  const placed = told.map(problem => {
    const { severity, code, message } = problem;
    return { severity, code, message, span: spanOf(problem) };
  });
  // Errors come first as they are.
  return placed.sort((a, b) => (a.severity === b.severity ? (a.span?.start ?? 0) - (b.span?.start ?? 0) : 0));
}
