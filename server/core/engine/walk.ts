// The one pass: walks a model in document order and calls the visitors of all rules that run.
import type { ComposeModel, Service } from '../model/compose/model.ts';
import type { DockerfileModel, Instruction, Stage } from '../model/dockerfile/model.ts';
import { createSights } from '../model/dockerfile/sight.ts';
import { type Unchanged, unchangedSince } from '../model/dockerfile/unchanged.ts';
import { looking } from '../model/looking.ts';
import type { ShellCommand, ShellScript } from '../model/shell/script.ts';
import type { Ledger } from './ledger.ts';
import {
  type CommandVisits,
  createVisiting,
  type InstructionVisits,
  type LoudVisits,
  type Memory,
  type Seen,
  type Subject,
  silent,
} from './memory.ts';
import { namedCall } from './roster.ts';
import { makeAll, type Visits, type VisitsOf } from './running.ts';
import { leftBy, visitingStages } from './stage-memory.ts';

/** Looked up when the first thing of a name turns up: few of all names do. */
function byName<First, Second>(visitsOf: VisitsOf, group: string): (name: string) => Visits<First, Second> {
  const found = new Map<string, Visits<First, Second>>();
  return name => {
    let visits = found.get(name);
    if (visits === undefined) {
      visits = visitsOf<First, Second>(namedCall(group, name));
      found.set(name, visits);
    }
    return visits;
  };
}

function scriptOf(instruction: Instruction): ShellScript | undefined {
  return 'script' in instruction ? instruction.script : undefined;
}

const nothing: readonly never[] = [];

class InstructionSubject implements Subject<Instruction> {
  readonly #instruction: Instruction;

  constructor(instruction: Instruction) {
    this.#instruction = instruction;
  }

  visit(visits: Visits<Instruction>, place: number): void {
    visits.make(place, this.#instruction);
  }
}

/** One of the commands of an instruction. */
class CommandSubject implements Subject<ShellCommand, Instruction> {
  readonly #instruction: Instruction;
  readonly #index: number;

  constructor(instruction: Instruction, index: number) {
    this.#instruction = instruction;
    this.#index = index;
  }

  visit(visits: Visits<ShellCommand, Instruction>, place: number): void {
    const command = scriptOf(this.#instruction)?.commands[this.#index];
    if (command) visits.make(place, command, this.#instruction);
  }
}

type InstructionVisiting = (
  instruction: Instruction,
  sees: readonly string[],
  last: InstructionVisits | undefined,
) => InstructionVisits;

/** Makes the visits of an instruction, those left out that need not be made again after the `last` ones. */
function visitingInstructions(
  model: DockerfileModel,
  visitsOf: VisitsOf,
  ledger: Ledger,
): InstructionVisiting {
  const visiting = createVisiting(ledger, model.text);
  const atInstruction = byName<Instruction, void>(visitsOf, 'instruction');
  const atCommand = byName<ShellCommand, Instruction>(visitsOf, 'command');

  const visitCommand = (
    instruction: Instruction,
    index: number,
    name: string,
    last?: CommandVisits,
  ): CommandVisits => {
    const subject = new CommandSubject(instruction, index);
    const named = visiting.visit(atCommand, name, last?.named, subject);
    const any = visiting.visit(atCommand, '*', last?.any, subject);
    return named === last?.named && any === last.any ? last : { index, name, named, any };
  };
  const visitCommands = (
    instruction: Instruction,
    last?: InstructionVisits,
  ): InstructionVisits['commands'] => {
    if (last?.commands.length === 0) return nothing;
    const visits = last
      ? last.commands.map(known => visitCommand(instruction, known.index, known.name, known))
      : (scriptOf(instruction)?.commands ?? nothing).map(({ name }, index) =>
          visitCommand(instruction, index, name ?? ''),
        );
    if (last && visits.every((visit, index) => visit === last.commands[index])) return last.commands;
    return visits.filter(({ named, any }) => named.length + any.length > 0);
  };
  const visitInstruction = (instruction: Instruction, last?: InstructionVisits): InstructionVisits => {
    const subject = new InstructionSubject(instruction);
    const named = visiting.visit(atInstruction, instruction.keyword, last?.named, subject);
    const any = visiting.visit(atInstruction, '*', last?.any, subject);
    const commands = visitCommands(instruction, last);
    if (instruction.keyword === 'ONBUILD' && instruction.trigger) visitInstruction(instruction.trigger);
    if (named === last?.named && any === last.any && commands === last.commands) return last;
    return named.length + any.length + commands.length === 0 ? silent : { named, any, commands };
  };
  return (instruction, sees, last) => {
    if (last === silent && instruction.keyword !== 'ONBUILD') return last;
    visiting.enter(instruction, sees);
    return visitInstruction(instruction, last);
  };
}

/** Gives what was seen, and what came of it, for the version to come. */
export function walkDockerfile(
  model: DockerfileModel,
  visitsOf: VisitsOf,
  ledger: Ledger,
  before: Memory | undefined,
): Pick<Memory, 'seen' | 'stages'> {
  const unchanged = before && unchangedSince(before.model, model);
  const visitInstruction = visitingInstructions(model, visitsOf, ledger);
  const seenBefore = createSeen(model, before, unchanged);

  makeAll(visitsOf<DockerfileModel>('file'), model);
  const left = before && unchanged && leftBy(before, model, unchanged);
  const visitStage = visitingStages(visitsOf<Stage>('stage'), ledger, left);
  const stages: LoudVisits[] = [];
  const seen = model.instructions.map((instruction, index): Seen => {
    if (instruction.keyword === 'FROM') {
      const stage = model.stages[stages.length];
      if (stage) stages.push(visitStage(stage));
    }
    const last = seenBefore(instruction, index);
    const visits = visitInstruction(instruction, last.sight.sees, last.visits);
    return last.visits === visits ? last : { sight: last.sight, visits };
  });
  makeAll(visitsOf('end'), undefined);
  // A version that is gone is not held by what was looked at last.
  looking.stages = [];
  return { seen, stages };
}

/** What is seen of an instruction, and what came of it where the same was seen before. */
type SeenBefore = Seen | { readonly sight: Seen['sight']; readonly visits?: undefined };

function createSeen(
  model: DockerfileModel,
  before: Memory | undefined,
  unchanged: Unchanged | undefined,
): (instruction: Instruction, index: number) => SeenBefore {
  const sightOf = createSights(model.text);
  if (!before || !unchanged) return instruction => ({ sight: sightOf(instruction) });
  const { first, last } = unchanged;
  const changed = before.seen.slice(first, before.seen.length - last);
  const bySight = new Map(changed.map(seen => [seen.sight.text, seen]));
  const further = before.seen.length - model.instructions.length;
  return (instruction, index) => {
    const isSame = index < first || index >= model.instructions.length - last;
    const same = isSame ? before.seen[index < first ? index : index + further] : undefined;
    if (same) return same;
    const sight = sightOf(instruction);
    return bySight.get(sight.text) ?? { sight };
  };
}

/** Services that other files have whole are not visited. */
export function walkCompose(
  model: ComposeModel,
  visitsOf: VisitsOf,
  onService: (service: Service, visits: Visits<Service>) => void,
  onEnd: () => void,
): void {
  makeAll(visitsOf<ComposeModel>('file'), model);
  const atService = visitsOf<Service>('service');
  for (const service of model.services) if (!service.elsewhere) onService(service, atService);
  onEnd();
  makeAll(visitsOf('end'), undefined);
}
