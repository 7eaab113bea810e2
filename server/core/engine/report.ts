// From what a rule reports to a finding: the message filled in, the rest as the rule declares it.
import type { Finding } from './finding.ts';
import type { Message, Report, RuleInfo } from './rule.ts';

const fillHoles = (text: string, data: Readonly<Record<string, string | number>> = {}): string =>
  text.replace(/\{(\w+)\}/g, (hole, name: string) => String(data[name] ?? hole));

export function findingOf<M extends Message>(
  rule: Pick<RuleInfo, 'id' | 'severity'>,
  messageId: string,
  message: M,
  { at, fixes, related, data }: Report<M>,
): Finding {
  return {
    rule: rule.id,
    messageId,
    message: fillHoles(message.text, data),
    severity: message.severity ?? rule.severity,
    span: at,
    related: related ?? [],
    equivalents: message.equivalents ?? [],
    fixes: fixes ?? [],
  };
}
