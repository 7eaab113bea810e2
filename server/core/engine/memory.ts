// Memory: what a walk over a Dockerfile need not do again in the next version of it. A visit that looked at nothing but its
// instruction does the same wherever the same is seen of it (`model/dockerfile/sight.ts`): what it told is told again, as
// far on as the instruction has moved.
import type { DockerfileModel, Instruction } from '../model/dockerfile/model.ts';
import { linesOf, type Sight } from '../model/dockerfile/sight.ts';
import { looking } from '../model/looking.ts';
import { contains, type Span, span } from '../text/span.ts';
import type { Answered } from './facts.ts';
import { type Fix, type Statement, statementOf, withFixes } from './finding.ts';
import { type Entries, entriesSince, isStillAnswered, type Ledger, markOf } from './ledger.ts';
import type { Roster } from './roster.ts';
import type { Visits } from './running.ts';

/** What a visit has told and asked. */
export interface Told {
  readonly statements: readonly Statement[];
  readonly sensitive: readonly Span[];
  readonly answers: readonly Answered[];
  /** Where the instruction was. */
  readonly start: number;
}

/** A visit that was not silent, by its place among those of a call; null where it has to be made again. */
export interface LoudVisit {
  readonly place: number;
  readonly told: Told | null;
}

/** Those of a call. */
export type LoudVisits = readonly LoudVisit[];

/** The visits of a command: by its name, and by `*`. */
export interface CommandVisits {
  readonly index: number;
  readonly name: string;
  readonly named: LoudVisits;
  readonly any: LoudVisits;
}

/** The visits of an instruction: by its keyword, by `*`, and of its commands. */
export interface InstructionVisits {
  readonly named: LoudVisits;
  readonly any: LoudVisits;
  readonly commands: readonly CommandVisits[];
}

/** Of one version of a document. It is good for the rules under the settings that it was made with. */
export interface Memory {
  readonly roster: Roster;
  readonly model: DockerfileModel;
  /** Of each instruction. */
  readonly seen: readonly Seen[];
  /** The visits of each stage. */
  readonly stages: readonly LoudVisits[];
}

/** What was seen of an instruction, and what came of it. */
export interface Seen {
  readonly sight: Sight;
  readonly visits: InstructionVisits;
}

export const none: LoudVisits = [];
export const silent: InstructionVisits = { named: none, any: none, commands: [] };

/** The instruction that is visited, in its file. */
interface Scene {
  readonly text: string;
  readonly instruction: Instruction;
}

/** An instruction or a command: what was told of it is told again without a look at it. */
export interface Subject<First, Second = void> {
  visit(visits: Visits<First, Second>, place: number): void;
}

/** What a visit has told; null where that may be something else in another version: of places that it does not hold. */
export function toldBy(
  { findings, sensitive, answers }: Entries,
  start: number,
  holds: (place: Span) => boolean,
): Told | null {
  const statements = findings.map(finding => statementOf(finding));
  const places = statements.flatMap(({ span, related }) => [span, ...related.map(other => other.span)]);
  if (![...places, ...sensitive].every(holds)) return null;
  return { statements, sensitive, answers, start };
}

/** Makes the visit for the sake of the fixes of one of its findings. */
function fixesOf(ledger: Ledger, index: number, visit: () => void): readonly Fix[] {
  const { findings, sensitive } = ledger;
  Object.assign(ledger, { findings: [], sensitive: [] });
  visit();
  const fixes = ledger.findings[index]?.fixes ?? [];
  Object.assign(ledger, { findings, sensitive });
  return fixes;
}

/** Tells the same as before; the visit is made for the sake of fixes alone. */
export function tellAgain(ledger: Ledger, told: Told, move: Move, visit: () => void): void {
  for (const [index, statement] of told.statements.entries()) {
    ledger.findings.push(withFixes(moved(statement, move), () => fixesOf(ledger, index, visit)));
  }
  for (const place of told.sensitive) ledger.sensitive.push(move(place));
}

/** To where a place of the version before stands now. */
export type Move = (place: Span) => Span;

export function moved(statement: Statement, move: Move): Statement {
  const related = statement.related.map(({ span: at, message }) => ({ span: move(at), message }));
  return statementOf(statement, { span: move(statement.span), related });
}

/** Makes visits, with what they tell and ask going to a ledger. */
export interface Visiting {
  /** The instruction that is visited from now on, and the variables that count as seen with it. */
  enter(instruction: Instruction, sees: readonly string[]): void;
  /** All visits of a call, or those that were not silent before; gives those that were not silent now. */
  visit<First, Second>(
    visitsOf: (name: string) => Visits<First, Second>,
    name: string,
    before: LoudVisits | undefined,
    subject: Subject<First, Second>,
  ): LoudVisits;
}

export function createVisiting(ledger: Ledger, text: string): Visiting {
  let scene: Scene;

  const make = <First, Second>(
    visits: Visits<First, Second>,
    place: number,
    subject: Subject<First, Second>,
  ): LoudVisit | null => {
    looking.around = false;
    looking.stages.length = 0;
    const mark = markOf(ledger);
    subject.visit(visits, place);
    if (looking.around || looking.stages.length > 0) return { place, told: null };
    const entries = entriesSince(ledger, mark);
    if (entries === null) return null;
    const lines = linesOf(scene.text, scene.instruction);
    const { start } = scene.instruction.extent;
    return { place, told: toldBy(entries, start, at => contains(lines, at)) };
  };
  return {
    enter(instruction, sees) {
      scene = { text, instruction };
      looking.sees = sees;
    },
    visit(visitsOf, name, before, subject) {
      if (before?.length === 0) return none;
      const visits = visitsOf(name);
      // After most edits the same as before, which is then kept and not written down again.
      let loud: LoudVisit[] | null = before ? null : [];
      const count = before?.length ?? visits.count;
      for (let index = 0; index < count; index++) {
        const last = before?.[index];
        const place = last?.place ?? index;
        let now: LoudVisit | null;
        if (last?.told && isStillAnswered(ledger, last.told.answers)) {
          const by = scene.instruction.extent.start - last.told.start;
          const further: Move = at => span(at.start + by, at.end + by);
          tellAgain(ledger, last.told, further, () => subject.visit(visits, place));
          now = last;
        } else {
          now = make(visits, place, subject);
        }
        if (now !== last) loud ??= before?.slice(0, index) ?? [];
        if (now) loud?.push(now);
      }
      if (loud === null) return before ?? none;
      return loud.length === 0 ? none : loud;
    },
  };
}
