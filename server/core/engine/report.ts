// From what a rule reports to a finding: the message filled in, the rest as the rule declares it.
import { fillHoles } from '../text/template.ts';
import { type Finding, type Statement, withFixes } from './finding.ts';
import type { Message, Report, RuleInfo } from './rule.ts';

export function findingOf<M extends Message>(
  rule: Pick<RuleInfo, 'id' | 'severity'>,
  messageId: string,
  message: M,
  { at, fixes, lookUp, related, equivalents, data }: Report<M>,
): Finding {
  const said: Statement = {
    rule: rule.id,
    messageId,
    message: fillHoles(message.text, data),
    severity: message.severity ?? rule.severity,
    span: at,
    related: related ?? [],
    equivalents: equivalents ? [...(message.equivalents ?? []), ...equivalents] : (message.equivalents ?? []),
  };
  const statement = lookUp ? { ...said, lookUp } : said;
  return typeof fixes === 'function'
    ? withFixes(statement, fixes)
    : Object.assign(statement, { fixes: fixes ?? [] });
}
