// What a scanner says that a rule of ours says too: it is not shown a second time.
import type { Catalogue } from '../engine/catalogue.ts';
import type { Finding } from '../engine/finding.ts';
import type { Mistake } from './model.ts';
import type { Placing } from './placing.ts';

/** `DS002`, `DS-0002` and `AVD-DS-0002` are one check of Trivy. */
function equivalentOf(id: string): `trivy:${string}` {
  const [, group, number = ''] = /^(?:AVD-)?([A-Z]+)-?(\d+)$/.exec(id) ?? [];
  return `trivy:${group === undefined ? id : `${group}-${number.padStart(4, '0')}`}`;
}

/**
 * Whether a rule of ours looks for the same, whatever its settings: who has switched it off does not want to hear it from
 * another. Of secrets, whether we have found one where this one came from.
 */
export function saidByUs(catalogue: Catalogue, findings: readonly Finding[], placeOf: Placing) {
  const secrets = findings.filter(({ rule }) => catalogue.rule(rule)?.findsSecrets);
  return (mistake: Mistake): boolean => {
    if (mistake.kind === 'misconfiguration')
      return catalogue.byEquivalent(equivalentOf(mistake.id)).length > 0;
    const { instruction } = placeOf({ ...mistake, package: '', ecosystem: '' });
    const extent = instruction?.extent;
    return (
      extent !== undefined && secrets.some(({ span }) => span.start >= extent.start && span.end <= extent.end)
    );
  };
}
