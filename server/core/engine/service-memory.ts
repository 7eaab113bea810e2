// Service memory: what a walk over a Compose file need not do again in its next version. Where the same is seen of a service
// (`model/compose/sight.ts`), a visit that has not looked around finds the same: nothing, or the same findings elsewhere.
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { sightsOf } from '../model/compose/sight.ts';
import { type Glance, isStillSo, looking } from '../model/looking.ts';
import { type Span, spanText } from '../text/span.ts';
import { type Finding, statementOf, withFixes } from './finding.ts';
import { type Entries, entriesSince, isStillAnswered, type Ledger, markOf } from './ledger.ts';
import { makeAll, type Visits } from './running.ts';

/** Where a service and all services stand in a version. */
interface Frame {
  readonly lines: Span;
  readonly all: Span;
}

/** What a visit has told and asked, in the version that it was made in. */
interface Told extends Entries {
  readonly glances: readonly Glance[];
  readonly frame: Frame;
}

/** A visit, by its place, with what it has told; null where it has to be made again. */
interface Visit {
  readonly place: number;
  readonly told: Told | null;
}

/** Of one version of a document. */
export interface ServiceMemory {
  /** What findings rest on besides the text: rules with their settings, and facts. */
  readonly basis: readonly unknown[];
  readonly outline: string;
  /** By the lines of a service, the visits that were not silent. */
  readonly services: ReadonlyMap<string, readonly Visit[]>;
  readonly skeletons: ReadonlyMap<string, string>;
}

type Move = (offset: number) => number | null;

/** Offsets in a service, and in front of and behind all services; null in others, whose text may be another now. */
const moveTo =
  (from: Frame, to: Frame): Move =>
  offset => {
    if (offset >= from.lines.start && offset <= from.lines.end)
      return offset + to.lines.start - from.lines.start;
    if (offset < from.all.start) return offset;
    return offset >= from.all.end ? offset + to.all.end - from.all.end : null;
  };

const moved = ({ start, end }: Span, move: Move): Span => ({ start: move(start) ?? 0, end: move(end) ?? 0 });

const movedFinding = (finding: Finding, move: Move): Finding => {
  const related = finding.related.map(other => ({ ...other, span: moved(other.span, move) }));
  return withFixes(statementOf(finding, { span: moved(finding.span, move), related }), () =>
    finding.fixes.map(fix => ({
      ...fix,
      edits: fix.edits.map(edit => ({ ...edit, span: moved(edit.span, move) })),
      relies: fix.relies.map(span => moved(span, move)),
    })),
  );
};

const spansOf = ({ findings, sensitive }: Told): Span[] => [
  ...sensitive,
  ...findings.flatMap(({ span, related, fixes }) => [
    span,
    ...related.map(each => each.span),
    ...fixes.flatMap(({ edits, relies }) => [...edits.map(edit => edit.span), ...relies]),
  ]),
];

const isSameFrame = (a: Frame, b: Frame): boolean =>
  a.lines.start === b.lines.start && a.lines.end === b.lines.end && a.all.end === b.all.end;

/** Adds what a visit has told, where that is in this version. */
function tellAgain({ findings, sensitive, frame }: Told, now: Frame, into: Ledger): void {
  const move = moveTo(frame, now);
  const isSame = isSameFrame(frame, now);
  for (const finding of findings) into.findings.push(isSame ? finding : movedFinding(finding, move));
  for (const span of sensitive) into.sensitive.push(moved(span, move));
}

const nothing: Entries = { findings: [], sensitive: [], answers: [] };

/** Undefined where it is silent. */
function makeVisit(
  visits: Visits<Service>,
  place: number,
  service: Service,
  frame: Frame,
  into: Ledger,
): Visit | undefined {
  const glances: Glance[] = [];
  looking.around = false;
  looking.glances = glances;
  const mark = markOf(into);
  visits.make(place, service);
  const entries = entriesSince(into, mark);
  if (looking.around) return { place, told: null };
  if (entries === null && glances.length === 0) return undefined;
  const told: Told = { ...(entries ?? nothing), glances, frame };
  const stay = moveTo(frame, frame);
  const isMovable = spansOf(told).every(({ start, end }) => stay(start) !== null && stay(end) !== null);
  return { place, told: isMovable ? told : null };
}

/** True where everything that a visit has asked is answered as it was. */
const isStillTrue = ({ answers, glances }: Told, whole: ComposeModel, into: Ledger): boolean =>
  glances.every(glance => isStillSo(whole, glance)) && isStillAnswered(into, answers);

/** Where nothing of a service stands that others do not take. */
const nowhere: Span = { start: -1, end: -1 };

export interface ServiceVisits {
  /** Makes the visits of a service that have to be made, and tells what the others would. */
  make(service: Service, visits: Visits<Service>): void;
  /** For the next version. */
  memory(): ServiceMemory | undefined;
}

const isSameBasis = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);

/** Services of the model are remembered by their lines. Others, which other files have made of `whole`, are not. */
export function visitsOfServices(
  model: ComposeModel,
  whole: ComposeModel,
  basis: readonly unknown[],
  last: ServiceMemory | undefined,
  into: Ledger,
): ServiceVisits {
  const sights = sightsOf(model, last?.skeletons);
  const isGood = last !== undefined && last.outline === sights?.outline && isSameBasis(last.basis, basis);
  const before = isGood ? last.services : undefined;
  const services = new Map<string, readonly Visit[]>();
  return {
    make(service, visits) {
      const where = sights?.lines.get(service);
      looking.within = where ?? nowhere;
      if (!sights || !where) {
        makeAll(visits, service);
        return;
      }
      const frame = { lines: where, all: sights.all };
      const lines = spanText(model.text, where);
      const made: Visit[] = [];
      const call = (place: number): void => {
        const visit = makeVisit(visits, place, service, frame, into);
        if (visit) made.push(visit);
      };
      const known = before?.get(lines);
      if (known === undefined) for (let place = 0; place < visits.count; place++) call(place);
      for (const visit of known ?? []) {
        if (visit.told !== null && isStillTrue(visit.told, whole, into)) {
          tellAgain(visit.told, frame, into);
          made.push(visit);
        } else {
          call(visit.place);
        }
      }
      services.set(lines, made);
    },
    memory: () =>
      sights ? { basis, outline: sights.outline, services, skeletons: sights.skeletons } : undefined,
  };
}
