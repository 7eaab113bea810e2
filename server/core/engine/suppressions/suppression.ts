// Suppressions: what a comment silences, and where. Made by the readers of our comments and of other tools'.
import type { Span } from '../../text/span.ts';
import type { Finding } from '../finding.ts';
import type { OtherTool } from '../settings.ts';

/** A rule's id in a comment. */
export interface Target {
  readonly id: string;
  readonly span: Span;
}

interface SuppressionBase {
  readonly comment: Span;
  /** Findings that start in it are silenced; null where nothing stands that the comment could speak of. */
  readonly scope: Span | null;
}

export interface OwnSuppression extends SuppressionBase {
  readonly tool: 'bulkhead';
  /** Of the whole file, not of one instruction or YAML node. */
  readonly wholeFile: boolean;
  /** As written, unknown ids too; empty where the comment names none. */
  readonly targets: readonly Target[];
  readonly reason: string | null;
}

export interface OtherSuppression extends SuppressionBase {
  readonly tool: OtherTool;
  /** In lower case; null: whatever the tool has an id for. */
  readonly equivalents: readonly string[] | null;
}

export type Suppression = OwnSuppression | OtherSuppression;

export const isOwn = (suppression: Suppression): suppression is OwnSuppression =>
  suppression.tool === 'bulkhead';

function isNamed(suppression: Suppression, { rule, equivalents }: Finding): boolean {
  if (isOwn(suppression)) return suppression.targets.some(({ id }) => id === rule);
  return equivalents.some(equivalent => {
    const id = equivalent.toLowerCase();
    return suppression.equivalents?.includes(id) ?? id.startsWith(`${suppression.tool}:`);
  });
}

export function silences(suppression: Suppression, finding: Finding): boolean {
  const { scope } = suppression;
  const { start } = finding.span;
  return scope !== null && scope.start <= start && start <= scope.end && isNamed(suppression, finding);
}
