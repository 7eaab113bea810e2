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

/** Where nothing is known of a version before. */
const allChanged: Unchanged = { first: 0, last: 0 };

interface Part {
  readonly behind: number;
  readonly ahead: number;
}

/** How many instructions a file has up to the end of a stage, and from its beginning on. */
function partOf({ stages, instructions: { length } }: DockerfileModel, index: number): Part | undefined {
  const stage = stages[index];
  return stage && { behind: stages[index + 1]?.from.index ?? length, ahead: length - stage.from.index };
}

/** Makes the visits of a stage, those left out that need not be made again; gives those that were not silent. */
export function visitingStages(
  model: DockerfileModel,
  visits: Visits<Stage>,
  ledger: Ledger,
  before: Memory | undefined,
  { first, last }: Unchanged = allChanged,
): (stage: Stage) => LoudVisits {
  const isAsItWas = ({ index }: Stage): boolean => {
    const parts = [before?.model, model].map(version => version && partOf(version, index));
    return (
      parts.every(part => part && part.behind <= first) || parts.every(part => part && part.ahead <= last)
    );
  };
  const by = before ? model.text.length - before.model.text.length : 0;
  const firstEnd = before?.model.instructions[first - 1]?.extent.end ?? -1;
  const move: Move = at => (by === 0 || at.start <= firstEnd ? at : span(at.start + by, at.end + by));

  const make = (stage: Stage, place: number): LoudVisit | null => {
    looking.around = false;
    looking.stages.length = 0;
    const mark = markOf(ledger);
    visits.make(place, stage);
    const { around, stages: seen } = looking;
    if (around || seen.some(other => !stage.chain.includes(other as Stage))) return { place, told: null };
    const entries = entriesSince(ledger, mark);
    if (entries === null) return null;
    const holders = stage.chain.map(holder => holder.span);
    return { place, told: toldBy(entries, 0, at => holders.some(holder => contains(holder, at))) };
  };
  const again = (stage: Stage, place: number, told: Told): LoudVisit => {
    tellAgain(ledger, told, move, () => visits.make(place, stage));
    if (by === 0) return { place, told };
    const statements = told.statements.map(statement => moved(statement, move));
    return { place, told: { ...told, statements, sensitive: told.sensitive.map(move) } };
  };
  return stage => {
    looking.sees = [];
    const known = stage.chain.every(isAsItWas) ? before?.stages[stage.index] : undefined;
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
