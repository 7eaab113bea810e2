// Findings and fixes: what a rule says about a text, as data.
import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** Most severe first. */
export const severities = ['error', 'warning', 'info', 'hint'] as const;
export type Severity = (typeof severities)[number];

/**
 * `safe`: the built image or running service differs only in what cannot change behaviour. `unsafe`: it builds as a
 * rule, but content or behaviour may change. `suggestion`: it needs a choice, or a value from outside the file.
 */
export const safeties = ['safe', 'unsafe', 'suggestion'] as const;
export type Safety = (typeof safeties)[number];

/** `tool:id`, the id spelled as the tool spells it: `hadolint:DL3002`. */
export type Equivalent = `${string}:${string}`;

/** A change of another file, by its path relative to the folder of the document. The host carries it out. */
export type FileChange =
  /** Adds a line at the end, unless the file has it; makes the file where there is none. */
  | { readonly kind: 'append-line'; readonly path: string; readonly line: string }
  /** Makes a file, unless one is there. `secret` content appears in no report. */
  | { readonly kind: 'create'; readonly path: string; readonly text: string; readonly secret: boolean };

export interface Fix {
  readonly title: string;
  readonly safety: Safety;
  /** Disjoint, in any order. */
  readonly edits: readonly Edit[];
  readonly files: readonly FileChange[];
  /** Text the fix has read: no other fix of the same pass may change it. */
  readonly relies: readonly Span[];
  /** At most one fix of a group is applied in a pass. */
  readonly group: string | null;
}

export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** What would make a repair possible, and is looked up only when a person asks for it. */
export interface LookUp {
  readonly title: string;
  /** Of the facts that are missing. */
  readonly kind: 'registry' | 'version';
  readonly questions: readonly string[];
  /** The answers make the message say more, and nothing is written. */
  readonly onlyTells?: true;
}

export interface Finding {
  readonly rule: string;
  /** The id of the message within the rule. */
  readonly messageId: string;
  readonly message: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly related: readonly Related[];
  readonly equivalents: readonly Equivalent[];
  /** The best one first. */
  readonly fixes: readonly Fix[];
  readonly lookUp?: LookUp;
}

/** All that a finding says, but not what to do about it. */
export type Statement = Omit<Finding, 'fixes'>;

/**
 * What a finding says, or would say with some of it changed. Taken out one by one: a copy of the whole would ask for the
 * fixes, and make an object that is three times as large.
 */
export function statementOf(
  finding: Statement,
  changed: Partial<Pick<Statement, 'severity' | 'span' | 'related'>> = {},
): Statement {
  const { rule, messageId, message, equivalents, lookUp } = finding;
  const { severity = finding.severity, span = finding.span, related = finding.related } = changed;
  const said = { rule, messageId, message, severity, span, related, equivalents };
  return lookUp === undefined ? said : { ...said, lookUp };
}

/** Where the fixes are, or what makes them. */
const made = Symbol('fixes');

interface Lazy {
  [made]: readonly Fix[] | (() => readonly Fix[]);
}

/**
 * One function for all findings, which is why it is none of an object literal: V8 keeps that of each object until it goes
 * through all that is old, and with it everything that the function can reach.
 */
const fixes: PropertyDescriptor & ThisType<Lazy> = {
  enumerable: true,
  get() {
    // What is worked out is kept, and what it is worked out from let go: a finding may outlive its version of the file.
    if (typeof this[made] === 'function') this[made] = this[made]();
    return this[made];
  },
};

/**
 * The statement itself becomes the finding. The fixes are worked out when somebody asks for them: who shows what is wrong
 * does not.
 */
export function withFixes(statement: Statement, work: () => readonly Fix[]): Finding {
  Object.defineProperty(statement, made, { value: work, writable: true });
  return Object.defineProperty(statement, 'fixes', fixes) as Finding;
}

export const regraded = (finding: Finding, severity: Severity): Finding =>
  withFixes(statementOf(finding, { severity }), () => finding.fixes);

/** Silenced by a comment. */
export interface SuppressedFinding extends Finding {
  /** Why, in the words of the comment; null where it gives no reason. */
  readonly reason: string | null;
}

/** Document order; at one place the more severe first, then by rule. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  );
}

/** True where a fix of this safety may be applied when `limit` is allowed. */
export const allowedBy = (limit: Safety, safety: Safety): boolean =>
  safeties.indexOf(safety) <= safeties.indexOf(limit);

/** The fix that would be applied is one of this text alone. */
export const staysInText =
  (upTo: Safety) =>
  ({ fixes }: Finding): boolean =>
    fixes.find(({ safety }) => allowedBy(upTo, safety))?.files.length === 0;
