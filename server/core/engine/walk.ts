// The one pass: walks a model in document order and calls the visitors of all rules that run.
import type { ComposeModel, Service } from '../model/compose/model.ts';
import type { DockerfileModel, Instruction, Stage } from '../model/dockerfile/model.ts';
import { createSights } from '../model/dockerfile/sight.ts';
import { unchangedSince } from '../model/dockerfile/unchanged.ts';
import type { ShellCommand, ShellScript } from '../model/shell/script.ts';
import type { Ledger } from './ledger.ts';
import {
  type CommandVisits,
  createVisiting,
  type InstructionVisits,
  type Memory,
  type Seen,
  silent,
} from './memory.ts';
import { type Call, namedCall } from './roster.ts';

/** Called for every instruction and command: unlike a list of any length, two parameters cost nothing to pass on. */
export type Visitor<First = void, Second = void> = (first: First, second: Second) => void;

/** The visitors that the running rules have for a call, in the order of the rules; none of them throws. */
export type Visits = <First = void, Second = void>(call: Call) => readonly Visitor<First, Second>[];

/** Looked up when the first thing of a name turns up: few of all names do. */
function byName<First, Second>(
  visits: Visits,
  group: string,
): (name: string) => readonly Visitor<First, Second>[] {
  const found = new Map<string, readonly Visitor<First, Second>[]>();
  return name => {
    let visitors = found.get(name);
    if (visitors === undefined) {
      visitors = visits<First, Second>(namedCall(group, name));
      found.set(name, visitors);
    }
    return visitors;
  };
}

function scriptOf(instruction: Instruction): ShellScript | undefined {
  return 'script' in instruction ? instruction.script : undefined;
}

const nothing: readonly never[] = [];

type InstructionVisiting = (
  instruction: Instruction,
  sees: readonly string[],
  last: InstructionVisits | undefined,
) => InstructionVisits;

/** Makes the visits of an instruction, those left out that need not be made again after the `last` ones. */
function visitingInstructions(model: DockerfileModel, visits: Visits, ledger: Ledger): InstructionVisiting {
  const visiting = createVisiting(ledger, model.text);
  const atInstruction = byName<Instruction, void>(visits, 'instruction');
  const atCommand = byName<ShellCommand, Instruction>(visits, 'command');

  const visitCommand = (
    instruction: Instruction,
    index: number,
    name: string,
    last?: CommandVisits,
  ): CommandVisits => {
    // What was told is told again without reading the script.
    const call = (visitor: Visitor<ShellCommand, Instruction>): void => {
      const command = scriptOf(instruction)?.commands[index];
      if (command) visitor(command, instruction);
    };
    const named = visiting.visit(atCommand, name, last?.named, call);
    const any = visiting.visit(atCommand, '*', last?.any, call);
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
    const call = (visitor: Visitor<Instruction>): void => visitor(instruction);
    const named = visiting.visit(atInstruction, instruction.keyword, last?.named, call);
    const any = visiting.visit(atInstruction, '*', last?.any, call);
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

/** Gives what was seen, and what came of it, beginning with that of the version before. */
export function walkDockerfile(
  model: DockerfileModel,
  visits: Visits,
  ledger: Ledger,
  before: Memory | undefined,
): Seen[] {
  const visitInstruction = visitingInstructions(model, visits, ledger);
  const seenBefore = createSeen(model, before);

  for (const visit of visits<DockerfileModel>('file')) visit(model);
  const atStage = visits<Stage>('stage');
  let stages = 0;
  const seen = model.instructions.map((instruction, index): Seen => {
    if (instruction.keyword === 'FROM') {
      const stage = model.stages[stages++];
      if (stage) for (const visit of atStage) visit(stage);
    }
    const last = seenBefore(instruction, index);
    const visits = visitInstruction(instruction, last.sight.sees, last.visits);
    return last.visits === visits ? last : { sight: last.sight, visits };
  });
  for (const visit of visits('end')) visit();
  return seen;
}

/** What is seen of an instruction, and what came of it where the same was seen before. */
type SeenBefore = Seen | { readonly sight: Seen['sight']; readonly visits?: undefined };

function createSeen(
  model: DockerfileModel,
  before: Memory | undefined,
): (instruction: Instruction, index: number) => SeenBefore {
  const sightOf = createSights(model.text);
  if (before === undefined) return instruction => ({ sight: sightOf(instruction) });
  const { first, last } = unchangedSince(before.model, model);
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
  visits: Visits,
  onService: (service: Service, visitors: readonly Visitor<Service>[]) => void,
  onEnd: () => void,
): void {
  for (const visit of visits<ComposeModel>('file')) visit(model);
  const atService = visits<Service>('service');
  for (const service of model.services) if (!service.elsewhere) onService(service, atService);
  onEnd();
  for (const visit of visits('end')) visit();
}
