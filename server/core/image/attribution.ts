// Attribution: which instruction of a Dockerfile brought a layer of an image that was built from it.
import type { DockerfileModel, FromInstruction, Instruction, Stage } from '../model/dockerfile/model.ts';
import type { HistoryEntry, ImageConfig } from './config.ts';
import { isLayerStep, type LayerInstruction, likenessOf, mayLeaveLayer, readStep } from './steps.ts';

export type Origin =
  | { readonly kind: 'instruction'; readonly instruction: Instruction }
  /** It belongs to the image that the file builds on, or is what that image's triggers made. */
  | { readonly kind: 'base'; readonly from: FromInstruction }
  /** The file says nothing like it: it has changed since, or the image was made by other means. */
  | { readonly kind: 'unknown' };

export interface AttributedLayer {
  readonly diffId: string;
  /** Null where the image does not tell. */
  readonly entry: HistoryEntry | null;
  readonly origin: Origin;
}

export interface Hints {
  /** What was built; by default the stage that ships. */
  readonly stage?: Stage | null;
  /** The layers of the base image, where somebody knows it. */
  readonly baseDiffIds?: readonly string[];
}

/** More steps than any builder makes. */
const mostSteps = 2_000;

/** A layer for each diff id, the lowest first. Where the file does not tell for certain, it is unknown. */
export function attribute(
  model: DockerfileModel,
  { history, diffIds }: ImageConfig,
  { stage = model.finalStage, baseDiffIds = [] }: Hints = {},
): AttributedLayer[] {
  const root = stage?.chain.at(-1)?.from;
  const inBase = sharedLength(baseDiffIds, diffIds);
  const told = layersTold(history, diffIds);
  const origins = told && stage ? originsOf(stage, history, told[inBase - 1] ?? -1) : [];
  return diffIds.map((diffId, index) => {
    const at = told?.[index] ?? -1;
    const isOfBase = index < inBase && root !== undefined;
    const origin: Origin = isOfBase ? { kind: 'base', from: root } : (origins[at] ?? { kind: 'unknown' });
    return { diffId, entry: history[at] ?? null, origin };
  });
}

/** For each layer the place of its step in the history; null where the two do not fit. */
function layersTold(history: readonly HistoryEntry[], diffIds: readonly string[]): number[] | null {
  const places = history.flatMap(({ isEmpty }, place) => (isEmpty ? [] : [place]));
  return places.length === diffIds.length && history.length <= mostSteps ? places : null;
}

/** How many of the layers are those of the base: all of its own, or it was another one. */
const sharedLength = (base: readonly string[], all: readonly string[]): number =>
  base.every((diffId, index) => diffId === all[index]) ? base.length : 0;

/** What a build of the stage carries out, in order: the stages below it, then the triggers that they left, then its own. */
function instructionsThrough({ chain }: Stage): LayerInstruction[] {
  let triggers: readonly Instruction[] = [];
  return [...chain]
    .reverse()
    .flatMap(({ instructions }) => {
      const carriedOut = [...triggers, ...instructions];
      triggers = instructions.flatMap(each => (each.keyword === 'ONBUILD' && each.trigger) || []);
      return carriedOut;
    })
    .filter(mayLeaveLayer);
}

/** How much of a file is in an image. */
export interface Fit {
  /** Instructions of the file that are steps of the image, of those that leave a layer. */
  readonly found: number;
  readonly of: number;
  /** Nothing was built upon it: its last step is one of the file. */
  readonly isLast: boolean;
}

/** Whether an image was built from the file. */
export function fitOf({ finalStage }: DockerfileModel, history: readonly HistoryEntry[]): Fit {
  if (!finalStage || history.length > mostSteps) return { found: 0, of: 0, isLast: false };
  const instructions = instructionsThrough(finalStage);
  const matched = align(instructions, history, -1);
  const last = history.findLastIndex(({ createdBy }) => isLayerStep(createdBy));
  return {
    found: matched.filter(instruction => instruction !== null).length,
    of: instructions.length,
    isLast: matched[last] != null,
  };
}

/** Of every step; the base is known to end with that at `baseEnd`, if that is not below 0. */
function originsOf(stage: Stage, history: readonly HistoryEntry[], baseEnd: number): Origin[] {
  const instructions = instructionsThrough(stage);
  const matched = align(instructions, history, baseEnd);
  const first = matched.findIndex(instruction => instruction !== null);
  const from = stage.chain.at(-1)?.from ?? stage.from;
  // Steps in front of the first instruction of the file are those of its base. If that instruction is none of the steps,
  // some of them may be what stood there when the image was built.
  const isWhole = first < 0 ? instructions.length === 0 : matched[first] === instructions[0];
  const behindBase = first < 0 ? history.length : first;
  const hasBase = stage.root.kind !== 'scratch' && baseEnd < 0 && isWhole;
  return matched.map((instruction, index) => {
    if (instruction !== null) return { kind: 'instruction', instruction };
    return hasBase && index < behindBase ? { kind: 'base', from } : { kind: 'unknown' };
  });
}

/**
 * For each step the instruction that it is. Both keep their order, and together the pairs are as alike as can be; of
 * steps that say the same the later ones count, since a base may have done before what the file does.
 */
function align(
  instructions: readonly LayerInstruction[],
  entries: readonly HistoryEntry[],
  baseEnd: number,
): (LayerInstruction | null)[] {
  const steps = entries.map(({ createdBy }) => readStep(createdBy));
  if (instructions.length > mostSteps) return steps.map(() => null);
  const width = instructions.length + 1;
  const likenesses = instructions.map(instruction => steps.map(likenessOf(instruction)));
  /** How alike the best pairs are of the first `row` steps and the first `column` instructions. */
  const best = new Uint32Array((steps.length + 1) * width);
  const at = (row: number, column: number): number => best[row * width + column] ?? 0;
  const likeness = (row: number, column: number): number =>
    row - 1 > baseEnd ? (likenesses[column - 1]?.[row - 1] ?? 0) : 0;
  for (let row = 1; row <= steps.length; row++) {
    for (let column = 1; column < width; column++) {
      const alike = likeness(row, column);
      const paired = alike > 0 ? at(row - 1, column - 1) + alike : 0;
      best[row * width + column] = Math.max(paired, at(row - 1, column), at(row, column - 1));
    }
  }
  const matched: (LayerInstruction | null)[] = steps.map(() => null);
  for (let row = steps.length, column = instructions.length; row > 0 && column > 0; ) {
    const alike = likeness(row, column);
    if (alike > 0 && at(row, column) === at(row - 1, column - 1) + alike) {
      matched[row - 1] = instructions[column - 1] ?? null;
      row--;
      column--;
    } else if (at(row, column) === at(row, column - 1)) {
      column--;
    } else {
      row--;
    }
  }
  return matched;
}
