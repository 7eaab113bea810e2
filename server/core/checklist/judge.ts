// Judging: a line holds where its rules are silent and its value is known. Nothing is decided here that a rule decides.
import { byPlace, severities } from '../engine/finding.ts';
import { holdersOf } from '../model/compose/holders.ts';
import type { ComposeModel } from '../model/compose/model.ts';
import { withinFile } from '../model/compose/space.ts';
import { rememberFor } from '../model/remembered.ts';
import type { Checked, Checklist, Evidence, Item, Status, Value, Where } from './checklist.ts';
import { type Line, rulesOf } from './line.ts';
import { lines } from './lines.ts';
import type { ImageSubject, ServiceSubject, Subject } from './subject.ts';

const evidenceIn = ({ findings, accepted }: Checked, where: Where): Evidence[] => [
  ...findings.map(finding => ({ finding, where, accepted: null })),
  ...accepted.map(({ finding, acceptance }) => ({ finding, where, accepted: acceptance })),
];

/** By the name of the service; what several take belongs to each of them. Worked out once for all of them. */
const evidenceByService = rememberFor(
  (document: Checked<ComposeModel>): ReadonlyMap<string, readonly Evidence[]> => {
    const byService = new Map<string, Evidence[]>();
    for (const evidence of evidenceIn(document, 'document')) {
      for (const { name } of holdersOf(document.model, evidence.finding.span)) {
        const known = byService.get(name);
        if (known) known.push(evidence);
        else byService.set(name, [evidence]);
      }
    }
    return byService;
  },
);

/** What all files of the project hold against a service. */
function evidenceOfService({ document, beside, service: { name } }: ServiceSubject): Evidence[] {
  const own = evidenceByService(document).get(name) ?? [];
  const others = [...beside].flatMap(([where, { checked }]) =>
    (evidenceByService(checked).get(name) ?? []).map(evidence => ({ ...evidence, where })),
  );
  return [...own, ...others];
}

const ofRules = (evidence: readonly Evidence[], rules: readonly string[]): Evidence[] =>
  evidence.filter(({ finding }) => rules.includes(finding.rule));

function evidenceFor(line: Line, subject: Subject): Evidence[] {
  const { compose, dockerfile } = line.rules;
  if (subject.kind === 'image') return ofRules(evidenceIn(subject.document, 'document'), dockerfile);
  const written = evidenceOfService(subject);
  const own = ofRules(written, compose);
  if (!subject.dockerfile || line.overridden?.(subject)) return own;
  // A Dockerfile within the file has its findings there.
  const behind = [...written, ...evidenceIn(subject.dockerfile, 'dockerfile')];
  return [...own, ...ofRules(behind, dockerfile)];
}

/** What the model tells of another file at offsets of its own is told of that file. */
function settled(value: Value, subject: Subject): Value {
  const { origin } = value;
  if (subject.kind === 'image' || origin.kind !== 'file' || origin.where !== 'document') return value;
  const path = subject.project.fileOf(origin.span);
  if (path === null) return value;
  return { ...value, origin: { kind: 'file', where: `beside ${path}`, span: withinFile(origin.span) } };
}

/** Other files, which are not known here, may say what this one leaves out: of that the rules say nothing. */
function isLeftOpen(subject: Subject, { origin }: Value): boolean {
  if (subject.kind === 'image') return false;
  const { project, beside, service } = subject;
  const isBegun = [...beside.values()].some(({ checked }) =>
    checked.model.services.some(({ name }) => name === service.name),
  );
  const isStated = origin.kind === 'file' && origin.span.start !== service.nameSpan.start;
  return project.partial.has(service.name) && !isBegun && !isStated;
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
  const found = settled(tell(evidence), subject);
  const value =
    evidence.length === 0 && found.known && isLeftOpen(subject, found)
      ? { ...found, known: false, text: `${found.text} here, where another file goes on` }
      : found;
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
