// The catalogue: the rules an engine runs, found by id and by other tools' ids.
import type { Equivalent } from './finding.ts';
import type { Rule } from './rule.ts';

export interface Catalogue {
  readonly rules: readonly Rule[];
  rule(id: string): Rule | undefined;
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
  return {
    rules,
    rule: id => byId.get(id),
    byEquivalent: equivalent => [...(equivalents.get(equivalent.toLowerCase()) ?? [])],
  };
}
