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

/** Does the work; gives what it has told and asked, null where that is nothing. */
export function entriesOf(ledger: Ledger, work: () => void): Entries | null {
  const { findings, sensitive, facts } = ledger;
  const [finding, secret, answer] = [findings.length, sensitive.length, facts.answers.length];
  work();
  if (findings.length === finding && sensitive.length === secret && facts.answers.length === answer)
    return null;
  return {
    findings: findings.slice(finding),
    sensitive: sensitive.slice(secret),
    answers: facts.answers.slice(answer),
  };
}

/** True where everything is answered as it was. */
export const isStillAnswered = ({ facts }: Ledger, answers: readonly Answered[]): boolean =>
  answers.length === 0 || answers.every(({ kind, path, answer }) => facts.get(kind, path) === answer);
