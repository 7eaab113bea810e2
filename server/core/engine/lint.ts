// Lint: runs the enabled rules over a model and gives their findings, suppressions applied.
import type { ComposeModel, Service } from '../model/compose/model.ts';
import type { ModelInProject } from '../model/compose/neighbours/model.ts';
import type { DockerfileModel } from '../model/dockerfile/model.ts';
import { frameOf } from '../model/dockerfile/sight.ts';
import { looking } from '../model/looking.ts';
import type { Catalogue } from './catalogue.ts';
import { type FactKind, logFacts } from './facts.ts';
import { byPlace, type Finding, regraded } from './finding.ts';
import { lintInline } from './inline.ts';
import type { Ledger } from './ledger.ts';
import type { LintMemory, LintRequest, LintResult } from './linting.ts';
import { knowingImages, withLocalImages, withoutImages } from './local-images.ts';
import type { Memory } from './memory.ts';
import { internalFinding } from './meta-rules.ts';
import { placed, placedIn, toldOnce } from './placing.ts';
import { findingOf } from './report.ts';
import { type Roster, type Runner, rosterOf } from './roster.ts';
import type { Language, Message, Model, Report, RuleContext, Visitors } from './rule.ts';
import { type Running, type Visits, visitsOf } from './running.ts';
import { type ServiceMemory, visitsOfServices } from './service-memory.ts';
import { severityUnder } from './settings.ts';
import { applySuppressions } from './suppressions/apply.ts';
import { walkCompose, walkDockerfile } from './walk.ts';

/** What the rules have reported so far. */
interface Collected extends Ledger {
  /** Of a Compose file; null for others. */
  readonly project: ModelInProject | null;
  /** The one that is being visited. */
  service: Service | null;
}

/** What a rule has gathered in a service that nobody shares, it tells with it. */
const endingAtServices = (visitors: Visitors['compose']): Visitors['compose'] => ({
  ...visitors,
  service(service) {
    visitors.service?.(service);
    visitors.end?.();
  },
});

function startRule<L extends Language>(
  { rule, shown, options }: Runner<L>,
  model: Model,
  into: Collected,
): Running<L> | undefined {
  const report = (messageId: string, written: Report<Message>): void => {
    const reported = into.project === null ? written : placed(into.project, into.service, written);
    if (reported === null) return;
    into.sensitive.push(...(reported.sensitive ?? []));
    const message = rule.messages[messageId];
    if (shown && message) into.findings.push(findingOf(rule, messageId, message, reported));
  };
  const context: RuleContext<L, Readonly<Record<string, Message>>, Record<never, never>, FactKind> = {
    model: model as RuleContext<L, Record<never, never>, Record<never, never>, FactKind>['model'],
    options,
    facts: into.facts,
    report,
  };
  looking.around = false;
  looking.stages.length = 0;
  looking.asked = false;
  looking.gathers = false;
  let visitors: Visitors[L];
  try {
    visitors = rule.start(context);
  } catch (error) {
    into.findings.push(internalFinding(rule.id, error));
    return undefined;
  }
  const looksAround =
    looking.around ||
    looking.stages.length > 0 ||
    looking.asked ||
    rule.linked ||
    ('end' in visitors && !looking.gathers);
  if (looking.gathers) visitors = endingAtServices(visitors as Visitors['compose']) as Visitors[L];
  return {
    visitors,
    looksAround,
    failed: false,
    fail(error) {
      this.failed = true;
      this.looksAround = true;
      looking.around = true;
      into.findings.push(internalFinding(rule.id, error));
    },
  };
}

function lintDockerfile(
  roster: Roster<'dockerfile'>,
  request: LintRequest,
  model: DockerfileModel,
  into: Collected,
): Memory | undefined {
  const memory = request.memory && 'seen' in request.memory ? request.memory : undefined;
  const isGood = memory?.roster === (roster as Roster) && frameOf(memory.model) === frameOf(model);
  const before = isGood ? memory : undefined;
  const visits = visitsOf(roster, runner => startRule(runner, model, into));
  const walked = walkDockerfile(model, visits, into, before);
  return roster.waiting('file') && { roster: roster as Roster, model, ...walked };
}

function lintServices(
  roster: Roster<'compose'>,
  request: LintRequest,
  model: ComposeModel,
  into: Collected & { readonly project: ModelInProject },
): ServiceMemory | undefined {
  const { project, facts } = into;
  const informed = withLocalImages(project.model, facts);
  const asked = [...facts.asked.values()].map(({ kind, path }) => request.facts.get(kind, path) ?? null);
  const basis = [roster, [...project.partial].join(), ...asked.filter(answer => answer !== null)];
  const last = request.memory && 'services' in request.memory ? request.memory : undefined;
  const services = visitsOfServices(model, informed, basis, last, into);
  const visits = visitsOf(roster, runner => startRule(runner, informed, into));
  const visit = (service: Service, visits: Visits<Service>): void => {
    into.service = service;
    services.make(service, visits);
  };
  walkCompose(informed, visits, visit, () => {
    into.service = null;
    looking.within = null;
  });
  return roster.waiting('file') && services.memory();
}

function lintOnce(catalogue: Catalogue, request: LintRequest): LintResult {
  const { model, settings } = request;
  const facts = logFacts(request.facts);
  const project = model.language === 'compose' ? placedIn(model, facts) : null;
  const collected: Collected = {
    findings: [],
    sensitive: [],
    facts: project === null ? facts : knowingImages(facts),
    project,
    service: null,
  };
  let memory: LintMemory | undefined;
  // The one that was read for the rules: the same text is not read twice.
  const own = model.language === 'dockerfile' ? withLocalImages(model, facts) : model;
  if (own.language === 'dockerfile') {
    memory = lintDockerfile(rosterOf('dockerfile', catalogue, settings), request, own, collected);
  } else if (project !== null) {
    memory = lintServices(rosterOf('compose', catalogue, settings), request, own, {
      ...collected,
      project,
    });
  }
  const isAlone = project === null || project.model === model;
  const graded = (isAlone ? collected.findings : toldOnce(collected.findings)).flatMap(finding => {
    const severity = severityUnder(settings, finding);
    if (severity === 'off') return [];
    return [severity === finding.severity ? finding : regraded(finding, severity)];
  });
  const inner = own.language === 'compose' ? lintInline(catalogue, own, settings, facts, lintOnce) : null;
  const { kept, suppressed } = applySuppressions(
    catalogue,
    { model: own, settings, missing: facts.missing },
    [...graded, ...(inner?.findings ?? [])],
  );
  return {
    findings: kept.sort(byPlace),
    suppressed: [...suppressed, ...(inner?.suppressed ?? [])],
    sensitive: [...collected.sensitive, ...(inner?.sensitive ?? [])],
    asked: [...facts.asked.values()],
    missing: facts.missing,
    memory,
  };
}

const isUnused = ({ rule }: Finding): boolean => rule === 'unused-suppression';

/** A comment that silences something for those who have no engine to ask is in use. */
export function lint(catalogue: Catalogue, request: LintRequest): LintResult {
  const result = lintOnce(catalogue, request);
  const { facts } = request;
  const isInformed = result.asked.some(({ kind, path }) => kind === 'image' && facts.get(kind, path));
  if (!isInformed || !result.findings.some(isUnused)) return result;
  const plain = lintOnce(catalogue, {
    ...request,
    facts: withoutImages(facts),
    memory: undefined,
  }).findings.filter(isUnused);
  const isTold = (finding: Finding): boolean =>
    plain.some(({ span, message }) => span.start === finding.span.start && message === finding.message);
  return { ...result, findings: result.findings.filter(finding => !isUnused(finding) || isTold(finding)) };
}
