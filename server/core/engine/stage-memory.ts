// Stage memory: what a walk over a Dockerfile need not do again for a stage in the next version. A visit that looked at
// nothing but its stage, and those that it is made from, does the same where none of their instructions has changed.
import type { DockerfileModel, Stage } from '../model/dockerfile/model.ts';
import type { Unchanged } from '../model/dockerfile/unchanged.ts';
import { looking } from '../model/looking.ts';
import { contains, span } from '../text/span.ts';
import { entriesSince, isStillAnswered, type Ledger, markOf } from './ledger.ts';
import {
  type LoudVisit,
  type LoudVisits,
  type Memory,
  type Move,
  moved,
  none,
  type Told,
  tellAgain,
  toldBy,
} from './memory.ts';
import type { Visits } from './running.ts';

interface Part {
  readonly behind: number;
  readonly ahead: number;
}

/** How many instructions a file has up to the end of a stage, and from its beginning on. */
function partOf({ stages, instructions: { length } }: DockerfileModel, index: number): Part | undefined {
  const stage = stages[index];
  return stage && { behind: stages[index + 1]?.from.index ?? length, ahead: length - stage.from.index };
}

/** What the version before has left. Nothing else of it is held by those who make visits, nor by their findings. */
interface Left {
  /** By the index of a stage, where it is as it was. */
  readonly visits: readonly (LoudVisits | undefined)[];
  readonly move: Move;
}

const nothing: Left = { visits: [], move: place => place };

/** Of two versions whose FROM lines are the same. */
export function leftBy(before: Memory, model: DockerfileModel, { first, last }: Unchanged): Left {
  const areAsTheyWere = model.stages.map((_, index): boolean => {
    const parts = [before.model, model].map(version => partOf(version, index));
    return (
      parts.every(part => part && part.behind <= first) || parts.every(part => part && part.ahead <= last)
    );
  });
  return {
    visits: model.stages.map(({ chain, index }) =>
      chain.every(stage => areAsTheyWere[stage.index]) ? before.stages[index] : undefined,
    ),
    move: moving(
      before.model.instructions[first - 1]?.extent.end ?? -1,
      model.text.length - before.model.text.length,
    ),
  };
}

const moving =
  (unmoved: number, by: number): Move =>
  at =>
    by === 0 || at.start <= unmoved ? at : span(at.start + by, at.end + by);

/** Makes the visits of a stage, those left out that need not be made again; gives those that were not silent. */
export function visitingStages(
  visits: Visits<Stage>,
  ledger: Ledger,
  left: Left = nothing,
): (stage: Stage) => LoudVisits {
  const make = (stage: Stage, place: number): LoudVisit | null => {
    looking.around = false;
    looking.stages.length = 0;
    const mark = markOf(ledger);
    visits.make(place, stage);
    const { around, stages: seen } = looking;
    const own = new Set<object>(stage.chain);
    if (around || seen.some(other => !own.has(other))) return { place, told: null };
    const entries = entriesSince(ledger, mark);
    if (entries === null) return null;
    const holders = stage.chain.map(holder => holder.span);
    return { place, told: toldBy(entries, 0, at => holders.some(holder => contains(holder, at))) };
  };
  const again = (stage: Stage, place: number, told: Told): LoudVisit => {
    tellAgain(ledger, told, left.move, () => visits.make(place, stage));
    const statements = told.statements.map(statement => moved(statement, left.move));
    return { place, told: { ...told, statements, sensitive: told.sensitive.map(left.move) } };
  };
  return stage => {
    looking.sees = [];
    const known = left.visits[stage.index];
    if (known?.length === 0) return none;
    const loud: LoudVisit[] = [];
    const count = known?.length ?? visits.count;
    for (let index = 0; index < count; index++) {
      const { place, told } = known?.[index] ?? { place: index, told: null };
      const visit =
        told && isStillAnswered(ledger, told.answers) ? again(stage, place, told) : make(stage, place);
      if (visit !== null) loud.push(visit);
    }
    return loud;
  };
}
