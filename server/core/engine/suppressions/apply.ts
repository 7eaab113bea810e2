// Applying suppressions: which findings stay, which are silenced, and what is to be said about the comments themselves.
import type { Catalogue } from '../catalogue.ts';
import type { Finding, SuppressedFinding } from '../finding.ts';
import { isEnabled, severityUnder } from '../settings.ts';
import { findingsAbout, type SuppressionRequest } from './about.ts';
import { readSuppressions } from './read.ts';
import { isOwn, type Suppression, silences, type Target } from './suppression.ts';

export interface Sifted {
  readonly kept: Finding[];
  readonly suppressed: SuppressedFinding[];
}

/** The reasons of all comments that silence it, each once. */
function reasonOf(silencing: readonly Suppression[]): string | null {
  const reasons = silencing.flatMap(suppression => (isOwn(suppression) && suppression.reason) || []);
  return reasons.length === 0 ? null : [...new Set(reasons)].join('; ');
}

function sift(suppressions: readonly Suppression[], findings: readonly Finding[], used: Set<Target>): Sifted {
  if (suppressions.length === 0) return { kept: [...findings], suppressed: [] };
  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const silencing = suppressions.filter(suppression => silences(suppression, finding));
    if (silencing.length === 0) kept.push(finding);
    else suppressed.push({ ...finding, reason: reasonOf(silencing) });
    for (const { targets } of silencing.filter(isOwn)) {
      for (const target of targets) if (target.id === finding.rule) used.add(target);
    }
  }
  return { kept, suppressed };
}

/** `findings` are those of the rules, graded. What is found about the comments is among those kept. */
export function applySuppressions(
  catalogue: Catalogue,
  request: SuppressionRequest,
  findings: readonly Finding[],
): Sifted {
  const { settings, model } = request;
  const suppressions = readSuppressions(model, settings.ignoredTools);
  const used = new Set<Target>();
  const ofRules = sift(suppressions, findings, used);
  const about = findingsAbout(catalogue, request, suppressions.filter(isOwn), findings, used);
  const graded = about.flatMap(finding => {
    const info = catalogue.info(finding.rule);
    const severity = severityUnder(settings, finding);
    return info && isEnabled(info, settings) && severity !== 'off' ? [{ ...finding, severity }] : [];
  });
  const ofComments = sift(suppressions, graded, used);
  return {
    kept: [...ofRules.kept, ...ofComments.kept],
    suppressed: [...ofRules.suppressed, ...ofComments.suppressed],
  };
}
