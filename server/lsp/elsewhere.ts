// Elsewhere: what other extensions show in the same documents, so that nobody reads the same thing twice.
import type { Finding } from '../core/engine/finding.ts';
import type { ShownElsewhereParams } from '../core/protocol/messages.ts';
import type { Check } from './checks.ts';

export interface Elsewhere {
  /** The findings that are ours alone to show. */
  ownOf(check: Check): readonly Finding[];
  shown(params: ShownElsewhereParams): void;
  /** The document is closed. */
  drop(uri: string): void;
}

const keyOf = (equivalent: string, line: number): string => `${line} ${equivalent.toLowerCase()}`;

export function createElsewhere(): Elsewhere {
  const shown = new Map<string, ReadonlySet<string>>();
  return {
    ownOf({ document: { uri, lines }, findings, showsDuplicates }) {
      const others = shown.get(uri);
      if (!others || others.size === 0 || showsDuplicates) return findings;
      return findings.filter(({ span, equivalents }) => {
        const line = lines.lineAt(span.start);
        return !equivalents.some(equivalent => others.has(keyOf(equivalent, line)));
      });
    },
    shown({ uri, findings }) {
      shown.set(uri, new Set(findings.map(({ equivalent, line }) => keyOf(equivalent, line))));
    },
    drop: uri => shown.delete(uri),
  };
}
