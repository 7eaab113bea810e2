// The catalogue: the rules an engine runs, found by id and by other tools' ids.
import type { Equivalent } from './finding.ts';
import { metaRules } from './meta-rules.ts';
import type { Rule, RuleInfo } from './rule.ts';

export interface Catalogue {
  readonly rules: readonly Rule[];
  /** The rules, and what the engine itself finds. */
  readonly infos: readonly RuleInfo[];
  rule(id: string): Rule | undefined;
  info(id: string): RuleInfo | undefined;
  /** Rules of which some message has this equivalent; tool ids compare without case. */
  byEquivalent(equivalent: Equivalent): readonly Rule[];
}

export function catalogueOf(rules: readonly Rule[]): Catalogue {
  const byId = new Map<string, Rule>();
  const equivalents = new Map<string, Set<Rule>>();
  for (const rule of rules) {
    if (byId.has(rule.id)) throw new Error(`Two rules have the id ${rule.id}.`);
    byId.set(rule.id, rule);
    for (const message of Object.values(rule.messages)) {
      for (const equivalent of message.equivalents ?? []) {
        const key = equivalent.toLowerCase();
        equivalents.set(key, (equivalents.get(key) ?? new Set()).add(rule));
      }
    }
  }
  const infos = [...rules, ...metaRules];
  const infosById = new Map(infos.map(info => [info.id, info]));
  return {
    rules,
    infos,
    rule: id => byId.get(id),
    info: id => infosById.get(id),
    byEquivalent: equivalent => [...(equivalents.get(equivalent.toLowerCase()) ?? [])],
  };
}
