// The ledger of a walk: what the rules have told and asked so far, and what of it came since some moment.
import type { Span } from '../text/span.ts';
import type { Answered, FactLog } from './facts.ts';
import type { Finding } from './finding.ts';

export interface Ledger {
  findings: Finding[];
  sensitive: Span[];
  readonly facts: FactLog;
}

export interface Entries {
  readonly findings: readonly Finding[];
  readonly sensitive: readonly Span[];
  readonly answers: readonly Answered[];
}

/** How much it held at some moment. */
export interface Mark {
  readonly findings: number;
  readonly sensitive: number;
  readonly answers: number;
}

export const markOf = ({ findings, sensitive, facts }: Ledger): Mark => ({
  findings: findings.length,
  sensitive: sensitive.length,
  answers: facts.answers.length,
});

/** What came since then; null where that is nothing. */
export function entriesSince(ledger: Ledger, mark: Mark): Entries | null {
  const { findings, sensitive, facts } = ledger;
  const isNothing =
    findings.length === mark.findings &&
    sensitive.length === mark.sensitive &&
    facts.answers.length === mark.answers;
  if (isNothing) return null;
  return {
    findings: findings.slice(mark.findings),
    sensitive: sensitive.slice(mark.sensitive),
    answers: facts.answers.slice(mark.answers),
  };
}

/** True where everything is answered as it was. */
export const isStillAnswered = ({ facts }: Ledger, answers: readonly Answered[]): boolean =>
  answers.length === 0 || answers.every(({ kind, path, answer }) => facts.get(kind, path) === answer);
