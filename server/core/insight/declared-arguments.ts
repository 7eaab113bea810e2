// What ARG declares outside of a stage: in front of the first FROM, and in the stages above.
import type { DockerfileModel, KeyValue, Stage } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';

/** The ARGs in front of the first FROM. */
export const globalNames = rememberFor(({ stages: [first] }: DockerfileModel): ReadonlySet<string> => {
  const globals = Array.from(first?.from.before.variables() ?? []);
  return new Set(globals.flatMap(({ name, kind }) => (kind === 'arg' ? [name] : [])));
});

interface Declaration {
  readonly stage: Stage;
  readonly pair: KeyValue;
}

/** What the ARGs of stages declare, by name, in order. */
const declarationsOf = rememberFor(({ stages }: DockerfileModel): ReadonlyMap<string, Declaration[]> => {
  const byName = new Map<string, Declaration[]>();
  for (const stage of stages) {
    for (const own of stage.instructions) {
      if (own.keyword !== 'ARG') continue;
      for (const pair of own.pairs)
        byName.set(pair.name, [...(byName.get(pair.name) ?? []), { stage, pair }]);
    }
  }
  return byName;
});

/** The last declaration of the name in a stage above that this one is not made from. */
export const declaredAbove = (model: DockerfileModel, below: Stage, name: string): KeyValue | undefined =>
  declarationsOf(model)
    .get(name)
    ?.findLast(({ stage }) => stage.index < below.index && !below.chain.includes(stage))?.pair;
