// Who runs the process of a stage's image: by USER, by the base, or by an entrypoint that gives up root.
import { dropTools, selfDropOf } from '../knowledge/privileges.ts';
import type { Span } from '../text/span.ts';
import { asOfText } from './image-facts.ts';
import { processOf, runsServiceOfBase, startedPrograms, startsOwnProcess } from './process.ts';
import { providesProgram } from './run-effects.ts';
import type { StageInsight } from './stage.ts';

export type RunsAs =
  /** `setAt` is what says so; null: nothing says otherwise. */
  | { readonly kind: 'root'; readonly setAt: Span | null }
  | { readonly kind: 'other'; readonly user: string }
  /** It starts as root and gives it up; `how` ends the sentence "it starts as root, but ...". */
  | { readonly kind: 'drops'; readonly how: string; readonly setAt: Span | null }
  | { readonly kind: 'unknown' };

/** `root`, `0`, `root:staff`, `0:0`; a name in capitals is another account. */
export const isRoot = (user: string): boolean => /^(?:root|0+)(?::.*)?$/.test(user.trim());

/** The tool that is installed for the script that the container starts with. */
function installedTool({ stage }: StageInsight): string | undefined {
  if (!startsOwnProcess(stage)) return undefined;
  return [...dropTools].find(name => providesProgram(stage, name));
}

function droppedBy(insight: StageInsight): string | undefined {
  const [drop] = insight.facts?.drops ?? [];
  // The entrypoints of images look at the command, and keep root for another one than their own.
  if (drop && runsServiceOfBase(insight) && !processOf(insight.stage, 'ENTRYPOINT')) {
    return `its entrypoint hands over to another account with ${drop.tool}${asOfText(insight.facts)}`;
  }
  const programs = startedPrograms(insight);
  const tool = programs.find(name => dropTools.has(name));
  if (tool !== undefined) return `it hands over to another account with ${tool}`;
  const self = programs.map(selfDropOf).find(found => found !== undefined);
  if (self) return self.why;
  const installed = installedTool(insight);
  return installed && `its start script is assumed to hand over to another account with ${installed}`;
}

/** The account that the process starts as; undefined where nobody says. */
function startingUser({ stage: { final }, facts }: StageInsight): string | undefined {
  if (final.user.known) return final.user.value;
  const isOfBase = final.user.because === 'external-base' && final.user.setAt === null;
  return isOfBase && facts ? (facts.user ?? 'root') : undefined;
}

export function runsAs(insight: StageInsight): RunsAs {
  const user = startingUser(insight);
  if (user !== undefined && !isRoot(user)) return { kind: 'other', user };
  const { known, setAt } = insight.stage.final.user;
  const how = droppedBy(insight);
  if (how !== undefined) return { kind: 'drops', how, setAt: known ? setAt : null };
  return user === undefined ? { kind: 'unknown' } : { kind: 'root', setAt: known ? setAt : null };
}
