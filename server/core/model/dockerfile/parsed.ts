// What the files of this folder know of a model beyond what the rest of the product sees. Types only.
import type { LocalImages } from '../local-image.ts';
import type { Arguments, Pair } from './arguments.ts';
import type { Base, DockerfileModel, Instruction, Stage, VariablesInstruction } from './model.ts';
import type { Scan, Statement } from './scanner.ts';
import type { Timeline } from './timeline.ts';

/** Where an instruction comes from. */
export interface Origin {
  readonly model: ParsedModel;
  /** Of an ONBUILD trigger its line is the part behind ONBUILD. */
  readonly statement: Statement;
  /** The index of its stage; -1 before the first FROM. */
  readonly stageIndex: number;
}

export type Parsed<Kind extends Instruction> = Kind extends VariablesInstruction
  ? Kind & Parts & Places
  : Kind & Parts;

type Parts = Origin & { readonly split: Arguments };

/** Where the pairs of an instruction stand in its body. */
export interface Places {
  readonly places: readonly Pair[];
}

export type ParsedInstruction = Parsed<Instruction>;

export interface ParsedModel extends DockerfileModel {
  readonly scan: Scan;
  /** What `--target` names, as far as the file has such a stage. */
  readonly target: string | null;
  /** What is known of images outside of the file, by what FROM names. */
  readonly images: LocalImages;
  readonly instructions: readonly ParsedInstruction[];
  /** What holds before the first FROM, and so in every FROM. */
  readonly globals: Timeline;
  /** That of a stage, by its index; the global one where there is no such stage. */
  readonly timelineOf: (stageIndex: number) => Timeline;
  /** One for each stage. */
  readonly foundations: readonly { readonly base: Base; readonly root: Base }[];
  /** The last stage of each name, in lower case. */
  readonly stagesByName: ReadonlyMap<string, Stage>;
  readonly usedStages: ReadonlySet<Stage>;
}
