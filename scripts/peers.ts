// The rules of other tools: all their ids for Dockerfiles and Compose files, which of our rules answer each, and why none answers the rest.
import type { RuleInfo } from '../server/core/engine/rule.ts';
import reasons from './data/equivalents-left-out.json' with { type: 'json' };
import ids from './data/peers.json' with { type: 'json' };

export const leftOut: Readonly<Record<string, string>> = reasons;

/** Tool -> ids, as the tool spells them. */
export const peerIds: Readonly<Record<string, readonly string[]>> = ids;

export interface Answer {
  readonly rule: RuleInfo;
  /** Those of its messages that say the same. */
  readonly messages: readonly string[];
}

/** `tool:id` -> the rules that answer it. */
export function answersOf(rules: readonly RuleInfo[]): Map<string, Answer[]> {
  const answers = new Map<string, Answer[]>();
  for (const rule of rules) {
    for (const id of new Set(Object.values(rule.messages).flatMap(({ equivalents = [] }) => equivalents))) {
      const messages = Object.values(rule.messages).filter(({ equivalents }) => equivalents?.includes(id));
      answers.set(id, [...(answers.get(id) ?? []), { rule, messages: messages.map(({ text }) => text) }]);
    }
  }
  return answers;
}

const all = Object.entries(peerIds).flatMap(([tool, names]) => names.map(name => `${tool}:${name}`));

/** Ids that have neither an answer nor a reason. */
export const unansweredIds = (answers: ReadonlyMap<string, readonly Answer[]>): string[] =>
  all.filter(id => !answers.has(id) && !(id in leftOut));

/** Ids that have both, or that no tool has. */
export function contradictoryIds(answers: ReadonlyMap<string, readonly Answer[]>): string[] {
  const known = new Set(all);
  const reasoned = Object.keys(leftOut);
  return [
    ...reasoned.filter(id => answers.has(id)),
    ...[...answers.keys(), ...reasoned].filter(id => !known.has(id)),
  ];
}
