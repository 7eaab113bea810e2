// Who runs the process of a stage's image: by USER, by the base, or by an entrypoint that gives up root.
import { dropTools, selfDropOf } from '../knowledge/privileges.ts';
import type { Span } from '../text/span.ts';
import { processOf, startedPrograms } from './process.ts';
import { providesProgram } from './run-effects.ts';
import type { StageInsight } from './stage.ts';

export type RunsAs =
  /** `setAt` is what says so; null: nothing says otherwise. */
  | { readonly kind: 'root'; readonly setAt: Span | null }
  | { readonly kind: 'other'; readonly user: string }
  /** It starts as root and gives it up; `how` ends the sentence "it starts as root, but ...". */
  | { readonly kind: 'drops'; readonly how: string }
  | { readonly kind: 'unknown' };

/** `root`, `0`, `root:staff`, `0:0`; a name in capitals is another account. */
export const isRoot = (user: string): boolean => /^(?:root|0+)(?::.*)?$/.test(user.trim());

function droppedBy(insight: StageInsight): string | undefined {
  const entrypoint = processOf(insight.stage, 'ENTRYPOINT');
  const [drop] = insight.facts?.drops ?? [];
  if (!entrypoint && drop) return `its entrypoint hands over to another account with ${drop.tool}`;
  const programs = startedPrograms(insight);
  const tool = programs.find(name => dropTools.has(name));
  if (tool !== undefined) return `it hands over to another account with ${tool}`;
  const self = programs.map(selfDropOf).find(found => found !== undefined);
  if (self) return self.why;
  const installed = entrypoint && [...dropTools].find(name => providesProgram(insight.stage, name));
  return installed && `its entrypoint is assumed to hand over to another account with ${installed}`;
}

export function runsAs(insight: StageInsight): RunsAs {
  const { user } = insight.stage.final;
  if (user.known && !isRoot(user.value)) return { kind: 'other', user: user.value };
  const how = droppedBy(insight);
  if (how !== undefined) return { kind: 'drops', how };
  if (user.known) return { kind: 'root', setAt: user.setAt };
  if (user.because !== 'external-base' || insight.facts === undefined) return { kind: 'unknown' };
  const own = insight.facts.user;
  return own === null || isRoot(own) ? { kind: 'root', setAt: null } : { kind: 'other', user: own };
}
