// Findings that no rule makes: the engine's own about suppressions, and about a rule that failed.
import { emptySpan } from '../text/span.ts';
import type { Finding } from './finding.ts';

/** A rule that threw: told as a finding, so that a host shows it and goes on. */
export const internalFinding = (rule: string, error: unknown): Finding => ({
  rule: 'internal-error',
  messageId: 'failed',
  message: `The rule ${rule} failed on this file and was left out (${error instanceof Error ? error.message : String(error)}). Please report it with the file.`,
  severity: 'info',
  span: emptySpan(0),
  related: [],
  equivalents: [],
  fixes: [],
});
