// The one pass: walks a model in document order and calls the visitors of all rules that run.
import type { ComposeModel } from '../model/compose/model.ts';
import type { DockerfileModel, Instruction } from '../model/dockerfile/model.ts';
import type { ShellScript } from '../model/shell/script.ts';
import type { ComposeVisitors, DockerfileVisitors } from './rule.ts';

/** Called for every instruction and command: unlike a list of any length, two parameters cost nothing to pass on. */
type Visitor<First = void, Second = void> = (first: First, second: Second) => void;

/** A rule that has started. */
export interface Started<V> {
  readonly visitors: V;
  /** A visitor that survives what the rule throws; the rule is called no more after that. */
  guard<First, Second>(visitor: Visitor<First, Second>): Visitor<First, Second>;
}

/** The visitors that rules have for one thing. */
function visitorsFor<V, First = void, Second = void>(
  started: readonly Started<V>[],
  pick: (visitors: V) => Visitor<First, Second> | undefined,
): Visitor<First, Second>[] {
  return started.flatMap(({ visitors, guard }) => {
    const visitor = pick(visitors);
    return visitor ? [guard(visitor)] : [];
  });
}

/** Those that they have under a name, looked up when the first thing of that name turns up: few of all names do. */
function visitorsByName<V, First = void, Second = void>(
  started: readonly Started<V>[],
  pick: (visitors: V) => Readonly<Record<string, Visitor<First, Second>>> | undefined,
): (name: string) => readonly Visitor<First, Second>[] {
  const found = new Map<string, readonly Visitor<First, Second>[]>();
  const named = started.filter(({ visitors }) => pick(visitors) !== undefined);
  return name => {
    const known = found.get(name);
    if (known !== undefined) return known;
    const visitors = visitorsFor(named, all => {
      const byName = pick(all);
      return byName && Object.hasOwn(byName, name) ? byName[name] : undefined;
    });
    found.set(name, visitors);
    return visitors;
  };
}

function scriptOf(instruction: Instruction): ShellScript | undefined {
  return 'script' in instruction ? instruction.script : undefined;
}

type InstructionVisitors = Readonly<Record<string, Visitor<Instruction>>>;

export function walkDockerfile(
  model: DockerfileModel,
  started: readonly Started<DockerfileVisitors>[],
): void {
  const atStage = visitorsFor(started, ({ stage }) => stage);
  const atInstruction = visitorsByName(started, ({ instruction }) => instruction as InstructionVisitors);
  const atCommand = visitorsByName(started, ({ command }) => command);
  const atAnyCommand = atCommand('*');
  const visitsCommands = started.some(({ visitors }) => visitors.command !== undefined);

  const visitCommands = (instruction: Instruction): void => {
    for (const command of scriptOf(instruction)?.commands ?? []) {
      for (const visit of atCommand(command.name ?? '')) visit(command, instruction);
      for (const visit of atAnyCommand) visit(command, instruction);
    }
  };
  const visitInstruction = (instruction: Instruction): void => {
    for (const visit of atInstruction(instruction.keyword)) visit(instruction);
    if (visitsCommands) visitCommands(instruction);
    if (instruction.keyword === 'ONBUILD' && instruction.trigger) visitInstruction(instruction.trigger);
  };

  for (const visit of visitorsFor(started, ({ file }) => file)) visit(model);
  let stages = 0;
  for (const instruction of model.instructions) {
    if (instruction.keyword === 'FROM') {
      const stage = model.stages[stages++];
      if (stage) for (const visit of atStage) visit(stage);
    }
    visitInstruction(instruction);
  }
  for (const visit of visitorsFor(started, ({ end }) => end)) visit();
}

export function walkCompose(model: ComposeModel, started: readonly Started<ComposeVisitors>[]): void {
  const atService = visitorsFor(started, ({ service }) => service);
  for (const visit of visitorsFor(started, ({ file }) => file)) visit(model);
  for (const service of model.services) for (const visit of atService) visit(service);
  for (const visit of visitorsFor(started, ({ end }) => end)) visit();
}
