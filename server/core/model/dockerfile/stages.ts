// Stages: what each is made from, what it is made of, and which of them the final one needs.
import { hull } from '../../text/span.ts';
import type { LocalImages } from '../local-image.ts';
import { withinFrame } from '../looking.ts';
import { lazyObjects, ofStage } from './lazy.ts';
import type { Base, FromInstruction, Instruction, RunInstruction, Stage } from './model.ts';
import type { Parsed, ParsedInstruction, ParsedModel } from './parsed.ts';
import { atEnd, stateAt } from './timeline.ts';

interface StageOrigin {
  readonly index: number;
  readonly start: Parsed<FromInstruction>;
  readonly model: ParsedModel;
  /** The index of the first instruction behind it. */
  readonly behind: number;
}

const makeStage: (origin: StageOrigin) => Stage = lazyObjects<StageOrigin, Omit<Stage, 'index'>>({
  from: ofStage(({ start }) => start),
  name: ofStage(({ start }) => start.name?.value.toLowerCase() ?? null),
  base: ofStage(({ model, index }) => foundation(model, index).base),
  instructions: ofStage(({ model, start, behind }) => model.instructions.slice(start.index, behind)),
  isFinal: self => withinFrame(() => self === self.model.finalStage),
  ships: self => withinFrame(() => self.model.finalStage?.chain.includes(self) ?? true),
  isUsed: self => withinFrame(() => self.model.usedStages.has(self)),
  chain: ofStage(chainOf),
  root: ({ model, index }) => withinFrame(() => foundation(model, index).root),
  final: ofStage(({ model, index }) => stateAt({ timeline: model.timelineOf(index), at: atEnd })),
  span: ofStage(({ start, instructions }) => hull(start.span, (instructions.at(-1) ?? start).span)),
});

const unfounded: Foundation = { base: { kind: 'unknown' }, root: { kind: 'unknown' } };
const foundation = ({ foundations }: ParsedModel, index: number): Foundation =>
  foundations[index] ?? unfounded;

export function stagesOf(model: ParsedModel): Stage[] {
  const froms = model.instructions.filter(
    (instruction): instruction is Parsed<FromInstruction> => instruction.keyword === 'FROM',
  );
  return froms.map((start, index) =>
    makeStage({ index, start, model, behind: froms[index + 1]?.index ?? model.instructions.length }),
  );
}

/** What a stage is made from: its base, and the base of the last stage below it. */
export interface Foundation {
  readonly base: Base;
  readonly root: Base;
}

/** One for each stage, in order: a name means the last stage of that name above. */
export function foundationsOf(model: ParsedModel): Foundation[] {
  const named = new Map<string, Stage>();
  const foundations: Foundation[] = [];
  for (const stage of model.stages) {
    const base = baseOf(stage.from, named, model.images);
    const below = base.kind === 'stage' ? foundations[base.stage.index] : undefined;
    foundations.push({ base, root: below?.root ?? base });
    if (stage.name !== null) named.set(stage.name, stage);
  }
  return foundations;
}

function baseOf(
  { reference }: FromInstruction,
  named: ReadonlyMap<string, Stage>,
  images: LocalImages,
): Base {
  if (!reference.known) return { kind: 'unknown' };
  const { text } = reference.value;
  if (text === 'scratch') return { kind: 'scratch' };
  const stage = named.get(text.toLowerCase());
  return stage === undefined
    ? { kind: 'image', reference: reference.value, local: images.get(text) ?? null }
    : { kind: 'stage', stage };
}

/** The last stage of each name. */
export function stagesByName({ stages }: ParsedModel): Map<string, Stage> {
  const named = new Map<string, Stage>();
  for (const stage of stages) {
    if (stage.name !== null) named.set(stage.name, stage);
  }
  return named;
}

/** The stage that `--from` or `from=` names, by its name or, for COPY, its number. */
export function stageReferred(model: ParsedModel, reference: string, byNumber: boolean): Stage | null {
  if (byNumber && /^\d+$/.test(reference)) return model.stages[Number(reference)] ?? null;
  return model.stagesByName.get(reference.toLowerCase()) ?? null;
}

function chainOf(stage: Stage): Stage[] {
  const chain = [stage];
  for (let { base } = stage; base.kind === 'stage'; { base } = base.stage) chain.push(base.stage);
  return chain;
}

export const finalStageOf = (model: ParsedModel): Stage | null =>
  (model.target === null ? null : stageReferred(model, model.target, true)) ?? model.stages.at(-1) ?? null;

/** The final stage and all that it is made from. */
export function usedStages(model: ParsedModel): Set<Stage> {
  const used = new Set<Stage>();
  const open = model.finalStage === null ? [] : [model.finalStage];
  for (let stage = open.pop(); stage !== undefined; stage = open.pop()) {
    if (used.has(stage)) continue;
    used.add(stage);
    if (stage.base.kind === 'stage') open.push(stage.base.stage);
    for (const instruction of stage.instructions) open.push(...sourcesOf(model, instruction));
  }
  return used;
}

/** The stages that an instruction takes files from. */
function sourcesOf(model: ParsedModel, instruction: Instruction): Stage[] {
  if (instruction.keyword === 'ONBUILD')
    return instruction.trigger === null ? [] : sourcesOf(model, instruction.trigger);
  // A flag names them, and most instructions have none.
  if ((instruction as ParsedInstruction).statement.command.flags.length === 0) return [];
  switch (instruction.keyword) {
    case 'COPY':
    case 'ADD':
      return instruction.from?.stage ? [instruction.from.stage] : [];
    case 'RUN':
      return mountSources(model, instruction);
    default:
      return [];
  }
}

function mountSources(model: ParsedModel, { mounts }: RunInstruction): Stage[] {
  return mounts.flatMap(({ options }) => {
    const from = options.get('from');
    return (from && stageReferred(model, from.value, false)) ?? [];
  });
}
