// Memory: what a walk over a Dockerfile need not do again in the next version of it. A visit that looked at nothing but its
// instruction does the same wherever the same is seen of it (`model/dockerfile/sight.ts`): what it told is told again, as
// far on as the instruction has moved.
import type { DockerfileModel, Instruction } from '../model/dockerfile/model.ts';
import { linesOf, type Sight } from '../model/dockerfile/sight.ts';
import { looking } from '../model/looking.ts';
import { contains, type Span, span } from '../text/span.ts';
import type { Answered } from './facts.ts';
import { type Fix, type Statement, statementOf, withFixes } from './finding.ts';
import { type Entries, entriesOf, isStillAnswered, type Ledger } from './ledger.ts';
import type { Roster } from './roster.ts';

/** What a visit has told and asked. */
interface Told {
  readonly statements: readonly Statement[];
  readonly sensitive: readonly Span[];
  readonly answers: readonly Answered[];
  /** Where the instruction was. */
  readonly start: number;
}

/** A visit that was not silent, by the place of the visitor in its list; null where it has to be made again. */
interface LoudVisit {
  readonly place: number;
  readonly told: Told | null;
}

/** Those of a list of visitors. */
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
}

/** What was seen of an instruction, and what came of it. */
export interface Seen {
  readonly sight: Sight;
  readonly visits: InstructionVisits;
}

const none: LoudVisits = [];
export const silent: InstructionVisits = { named: none, any: none, commands: [] };

/** The instruction that is visited, in its file. */
interface Scene {
  readonly text: string;
  readonly instruction: Instruction;
}

type Visit = () => void;

/** What a visit has told; null where that may be something else in another version. */
function toldBy({ findings, sensitive, answers }: Entries, { text, instruction }: Scene): Told | null {
  const lines = linesOf(text, instruction);
  const statements = findings.map(finding => statementOf(finding));
  const places = statements.flatMap(({ span, related }) => [span, ...related.map(other => other.span)]);
  if (![...places, ...sensitive].every(place => contains(lines, place))) return null;
  return { statements, sensitive, answers, start: instruction.extent.start };
}

/** Makes the visit for the sake of the fixes of one of its findings. */
function fixesOf(ledger: Ledger, index: number, visit: Visit): readonly Fix[] {
  const { findings, sensitive } = ledger;
  Object.assign(ledger, { findings: [], sensitive: [] });
  visit();
  const fixes = ledger.findings[index]?.fixes ?? [];
  Object.assign(ledger, { findings, sensitive });
  return fixes;
}

/** Tells the same as before, or nothing where the answers are others now. */
function tellAgain(ledger: Ledger, told: Told, { instruction }: Scene, visit: Visit): boolean {
  if (!isStillAnswered(ledger, told.answers)) return false;
  const by = instruction.extent.start - told.start;
  const further = (place: Span): Span => span(place.start + by, place.end + by);
  for (const [index, statement] of told.statements.entries()) {
    const related = statement.related.map(({ span: at, message }) => ({ span: further(at), message }));
    const now = statementOf(statement, { span: further(statement.span), related });
    ledger.findings.push(withFixes(now, () => fixesOf(ledger, index, visit)));
  }
  for (const place of told.sensitive) ledger.sensitive.push(further(place));
  return true;
}

/** Makes visits, with what they tell and ask going to a ledger. */
export interface Visiting {
  /** The instruction that is visited from now on, and the variables that count as seen with it. */
  enter(instruction: Instruction, sees: readonly string[]): void;
  /** All visits of a call, or those that were not silent before; gives those that were not silent now. */
  visit<V>(
    visitorsOf: (name: string) => readonly V[],
    name: string,
    before: LoudVisits | undefined,
    call: (visitor: V) => void,
  ): LoudVisits;
}

export function createVisiting(ledger: Ledger, text: string): Visiting {
  let scene: Scene;

  const make = (place: number, visit: Visit): LoudVisit | null => {
    looking.around = false;
    const entries = entriesOf(ledger, visit);
    if (looking.around) return { place, told: null };
    return entries && { place, told: toldBy(entries, scene) };
  };
  return {
    enter(instruction, sees) {
      scene = { text, instruction };
      looking.sees = sees;
    },
    visit(visitorsOf, name, before, call) {
      if (before?.length === 0) return none;
      const visitors = visitorsOf(name);
      // After most edits the same as before, which is then kept and not written down again.
      let loud: LoudVisit[] | null = before ? null : [];
      const count = before?.length ?? visitors.length;
      for (let index = 0; index < count; index++) {
        const last = before?.[index];
        const place = last?.place ?? index;
        const visitor = visitors[place];
        const visit = (): void => visitor && call(visitor);
        const isToldAgain = last?.told && tellAgain(ledger, last.told, scene, visit);
        const now = isToldAgain ? last : make(place, visit);
        if (now !== last) loud ??= before?.slice(0, index) ?? [];
        if (now) loud?.push(now);
      }
      if (loud === null) return before ?? none;
      return loud.length === 0 ? none : loud;
    },
  };
}
