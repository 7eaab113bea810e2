// The one pass: walks a model in document order and calls the visitors of all rules that run.
import type { ComposeModel } from '../model/compose/model.ts';
import type { DockerfileModel, Instruction } from '../model/dockerfile/model.ts';
import type { ShellCommand, ShellScript } from '../model/shell/script.ts';
import type { ComposeVisitors, DockerfileVisitors } from './rule.ts';

/** A rule that has started: its visitors, and a way to call them that survives what they throw. */
export interface Started<V> {
  readonly visitors: V;
  guard(call: () => void): void;
}

type CommandVisitor = (command: ShellCommand, instruction: Instruction) => void;
type Call<Visitor> = (invoke: (visitor: Visitor) => void) => void;

/** Visitors of many rules under the key they wait for. */
function table<Visitor>(
  started: readonly Started<DockerfileVisitors>[],
  rows: (visitors: DockerfileVisitors) => Readonly<Record<string, Visitor | undefined>> | undefined,
): Map<string, Call<Visitor>[]> {
  const calls = new Map<string, Call<Visitor>[]>();
  for (const { visitors, guard } of started) {
    for (const [key, visitor] of Object.entries(rows(visitors) ?? {})) {
      if (!visitor) continue;
      const row = calls.get(key) ?? [];
      row.push(invoke => guard(() => invoke(visitor)));
      calls.set(key, row);
    }
  }
  return calls;
}

function scriptOf(instruction: Instruction): ShellScript | undefined {
  return 'script' in instruction ? instruction.script : undefined;
}

export function walkDockerfile(
  model: DockerfileModel,
  started: readonly Started<DockerfileVisitors>[],
): void {
  type Visit = (instruction: Instruction) => void;
  const byKeyword = table<Visit>(
    started,
    ({ instruction }) => instruction as Record<string, Visit> | undefined,
  );
  const byProgram = table<CommandVisitor>(started, ({ command }) => command);
  const anyProgram = byProgram.get('*') ?? [];

  const visit = (instruction: Instruction): void => {
    for (const call of byKeyword.get(instruction.keyword) ?? []) call(visitor => visitor(instruction));
    if (byProgram.size > 0) {
      for (const command of scriptOf(instruction)?.commands ?? []) {
        for (const call of byProgram.get(command.name ?? '') ?? [])
          call(visitor => visitor(command, instruction));
        for (const call of anyProgram) call(visitor => visitor(command, instruction));
      }
    }
    if (instruction.keyword === 'ONBUILD' && instruction.trigger) visit(instruction.trigger);
  };

  for (const { visitors, guard } of started) guard(() => visitors.file?.(model));
  let stages = 0;
  for (const instruction of model.instructions) {
    if (instruction.keyword === 'FROM') {
      const stage = model.stages[stages++];
      if (stage) for (const { visitors, guard } of started) guard(() => visitors.stage?.(stage));
    }
    visit(instruction);
  }
  for (const { visitors, guard } of started) guard(() => visitors.end?.());
}

export function walkCompose(model: ComposeModel, started: readonly Started<ComposeVisitors>[]): void {
  for (const { visitors, guard } of started) guard(() => visitors.file?.(model));
  for (const service of model.services) {
    for (const { visitors, guard } of started) guard(() => visitors.service?.(service));
  }
  for (const { visitors, guard } of started) guard(() => visitors.end?.());
}
