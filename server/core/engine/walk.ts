// The one pass: walks a model in document order and calls the visitors of all rules that run.
import type { ComposeModel, Service } from '../model/compose/model.ts';
import type { DockerfileModel, Instruction, Stage } from '../model/dockerfile/model.ts';
import type { ShellCommand, ShellScript } from '../model/shell/script.ts';
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

export function walkDockerfile(model: DockerfileModel, visits: Visits): void {
  const atInstruction = byName<Instruction, void>(visits, 'instruction');
  const atCommand = byName<ShellCommand, Instruction>(visits, 'command');
  const atAnyCommand = atCommand('*');

  const visitCommands = (instruction: Instruction): void => {
    for (const command of scriptOf(instruction)?.commands ?? []) {
      for (const visit of atCommand(command.name ?? '')) visit(command, instruction);
      for (const visit of atAnyCommand) visit(command, instruction);
    }
  };
  const visitInstruction = (instruction: Instruction): void => {
    for (const visit of atInstruction(instruction.keyword)) visit(instruction);
    visitCommands(instruction);
    if (instruction.keyword === 'ONBUILD' && instruction.trigger) visitInstruction(instruction.trigger);
  };

  for (const visit of visits<DockerfileModel>('file')) visit(model);
  const atStage = visits<Stage>('stage');
  let stages = 0;
  for (const instruction of model.instructions) {
    if (instruction.keyword === 'FROM') {
      const stage = model.stages[stages++];
      if (stage) for (const visit of atStage) visit(stage);
    }
    visitInstruction(instruction);
  }
  for (const visit of visits('end')) visit();
}

/** Services that other files have whole are not visited. */
export function walkCompose(
  model: ComposeModel,
  visits: Visits,
  onService: (service: Service | null) => void,
): void {
  for (const visit of visits<ComposeModel>('file')) visit(model);
  const atService = visits<Service>('service');
  for (const service of model.services) {
    if (service.elsewhere) continue;
    onService(service);
    for (const visit of atService) visit(service);
  }
  onService(null);
  for (const visit of visits('end')) visit();
}
