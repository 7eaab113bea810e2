// Judging: a line holds where its rules are silent and its value is known. Nothing is decided here that a rule decides.
import { byPlace, severities } from '../engine/finding.ts';
import { rememberFor } from '../knowledge/remember.ts';
import { holdersOf } from '../model/compose/holders.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import type { Checked, Checklist, Evidence, Item, Status, Value, Where } from './checklist.ts';
import { type Line, rulesOf } from './line.ts';
import { lines } from './lines.ts';
import type { ImageSubject, ServiceSubject, Subject } from './subject.ts';

const evidenceIn = ({ findings, accepted }: Checked, where: Where): Evidence[] => [
  ...findings.map(finding => ({ finding, where, accepted: null })),
  ...accepted.map(({ finding, acceptance }) => ({ finding, where, accepted: acceptance })),
];

/** By service; what several take belongs to each of them. Worked out once for all services of the document. */
const evidenceByService = rememberFor((document: Checked<ComposeModel>): ReadonlyMap<Service, Evidence[]> => {
  const byService = new Map<Service, Evidence[]>();
  for (const evidence of evidenceIn(document, 'document')) {
    for (const service of holdersOf(document.model, evidence.finding.span)) {
      byService.set(service, [...(byService.get(service) ?? []), evidence]);
    }
  }
  return byService;
});

const ofRules = (evidence: readonly Evidence[], rules: readonly string[]): Evidence[] =>
  evidence.filter(({ finding }) => rules.includes(finding.rule));

function evidenceFor(line: Line, subject: Subject): Evidence[] {
  const { compose, dockerfile } = line.rules;
  if (subject.kind === 'image') return ofRules(evidenceIn(subject.document, 'document'), dockerfile);
  const own = ofRules(evidenceByService(subject.document).get(subject.service) ?? [], compose);
  if (!subject.dockerfile || line.overridden?.(subject)) return own;
  return [...own, ...ofRules(evidenceIn(subject.dockerfile, 'dockerfile'), dockerfile)];
}

function statusOf(evidence: readonly Evidence[], value: Value): Status {
  if (evidence.some(({ accepted }) => accepted === null)) return 'failed';
  if (evidence.length > 0) return 'accepted';
  return value.known ? 'passed' : 'unknown';
}

/** What fails before what was accepted, the most severe first. */
function byWeight(a: Evidence, b: Evidence): number {
  return (
    Number(a.accepted !== null) - Number(b.accepted !== null) ||
    severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity) ||
    a.where.localeCompare(b.where) ||
    byPlace(a.finding, b.finding)
  );
}

function itemOf(line: Line, subject: Subject, tell: (evidence: readonly Evidence[]) => Value): Item {
  const evidence = evidenceFor(line, subject).sort(byWeight);
  const value = tell(evidence);
  const { id, title, why, references } = line;
  const rules = rulesOf(line, subject);
  return { id, title, why, references, rules, status: statusOf(evidence, value), value, evidence };
}

export const serviceChecklist = (subject: ServiceSubject): Checklist => ({
  kind: 'service',
  name: subject.service.name,
  span: subject.service.nameSpan,
  items: lines.map(line => itemOf(line, subject, evidence => line.service(subject, evidence))),
});

export function imageChecklist(subject: ImageSubject): Checklist {
  const { stage } = subject.insight;
  const items = lines.flatMap(line => {
    const { image } = line;
    return image ? [itemOf(line, subject, evidence => image(subject, evidence))] : [];
  });
  return { kind: 'image', name: stage.name, span: stage.from.span, items };
}
