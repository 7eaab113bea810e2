// Lint: runs the enabled rules over a model and gives their findings, suppressions applied.
import type { Span } from '../text/span.ts';
import type { Catalogue } from './catalogue.ts';
import { type FactKind, type FactLog, type FactReader, type FactRequest, logFacts } from './facts.ts';
import { byPlace, type Finding } from './finding.ts';
import { internalFinding } from './meta-rules.ts';
import { findingOf } from './report.ts';
import type { Language, Message, Model, Report, Rule, RuleContext, Visitors } from './rule.ts';
import { isEnabled, optionsOf, type Settings, severityUnder } from './settings.ts';
import { applySuppressions } from './suppressions/apply.ts';
import { type Started, walkCompose, walkDockerfile } from './walk.ts';

export interface LintRequest {
  readonly model: Model;
  readonly settings: Settings;
  readonly facts: FactReader;
}

export interface LintResult {
  /** In document order. */
  readonly findings: readonly Finding[];
  /** Silenced by a comment in the file. */
  readonly suppressed: readonly Finding[];
  /** Text that nothing shown to a person may contain. */
  readonly sensitive: readonly Span[];
  /** Everything the findings rest on outside this text: lint again when one of them changes. */
  readonly asked: readonly FactRequest[];
  /** Asked, but not known to the host: lint again when they are. */
  readonly missing: readonly FactRequest[];
}

/** What a rule's visitors have reported so far. */
interface Collected {
  readonly findings: Finding[];
  readonly sensitive: Span[];
}

function startRule<L extends Language>(
  rule: Rule<L>,
  { model, settings }: LintRequest,
  facts: FactLog,
  into: Collected,
): Started<Visitors[L]> | undefined {
  const shown = isEnabled(rule, settings);
  let failed = false;
  const guard: Started<Visitors[L]>['guard'] = visitor => (first, second) => {
    if (failed) return;
    try {
      visitor(first, second);
    } catch (error) {
      failed = true;
      into.findings.push(internalFinding(rule.id, error));
    }
  };
  const report = (messageId: string, reported: Report<Message>): void => {
    into.sensitive.push(...(reported.sensitive ?? []));
    const message = rule.messages[messageId];
    if (shown && message) into.findings.push(findingOf(rule, messageId, message, reported));
  };
  let visitors: Visitors[L] | undefined;
  const start = guard<void, void>(() => {
    const context: RuleContext<L, Readonly<Record<string, Message>>, Record<never, never>, FactKind> = {
      model: model as RuleContext<L, Record<never, never>, Record<never, never>, FactKind>['model'],
      options: optionsOf(rule, settings),
      facts,
      report,
    };
    visitors = rule.start(context);
  });
  start();
  return visitors && { visitors, guard };
}

function startAll<L extends Language>(
  language: L,
  catalogue: Catalogue,
  request: LintRequest,
  facts: FactLog,
  into: Collected,
): Started<Visitors[L]>[] {
  return catalogue.rules
    .filter((rule): rule is Rule<L> => rule.language === language)
    .filter(rule => rule.findsSecrets || isEnabled(rule, request.settings))
    .flatMap(rule => startRule(rule, request, facts, into) ?? []);
}

export function lint(catalogue: Catalogue, request: LintRequest): LintResult {
  const { model, settings } = request;
  const facts = logFacts(request.facts);
  const collected: Collected = { findings: [], sensitive: [] };
  if (model.language === 'dockerfile') {
    walkDockerfile(model, startAll('dockerfile', catalogue, request, facts, collected));
  } else {
    walkCompose(model, startAll('compose', catalogue, request, facts, collected));
  }
  const graded = collected.findings.flatMap(finding => {
    const severity = severityUnder(settings, finding);
    if (severity === 'off') return [];
    return [severity === finding.severity ? finding : { ...finding, severity }];
  });
  const { kept, suppressed } = applySuppressions(
    catalogue,
    { model, settings, missing: facts.missing },
    graded,
  );
  return {
    findings: kept.sort(byPlace),
    suppressed,
    sensitive: collected.sensitive,
    asked: [...facts.asked.values()],
    missing: facts.missing,
  };
}
