// Checklists as every report shows them: places found, secrets hidden, the words of each line put together.
import {
  type Acceptance,
  type Behind,
  type Checked,
  type Checklist,
  type Evidence,
  type Item,
  type Origin,
  type Production,
  type Reference,
  type Status,
  statuses,
  type Where,
} from '../checklist/checklist.ts';
import { readingRules } from '../checklist/lines.ts';
import type { Finding, Safety, Severity } from '../engine/finding.ts';
import type { Language } from '../engine/rule.ts';
import { lineIndex, type Position } from '../text/lines.ts';
import { fileSpan, type MappedText } from '../text/mapped-text.ts';
import type { Span } from '../text/span.ts';
import { hideWith } from './sensitive.ts';

/** The checklists of a document, with the way from places to paths as people read them. */
export interface ChecklistFile {
  readonly production: Production;
  pathOf(location: string): string;
}

export interface ShownPlace {
  readonly path: string;
  readonly location: string;
  readonly start: Position;
  readonly end: Position;
}

export type ShownOrigin =
  | { readonly kind: 'file'; readonly place: ShownPlace }
  | Exclude<Origin, { kind: 'file' }>;

export interface ShownFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place: ShownPlace;
  /** The first one is the best. */
  readonly fixes: readonly { readonly title: string; readonly safety: Safety }[];
  readonly accepted: Acceptance | null;
}

export interface ShownItem {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly references: readonly Reference[];
  readonly rules: readonly string[];
  readonly status: Status;
  /** Of a line that failed, the worst of its findings. */
  readonly severity: Severity | null;
  readonly value: string;
  readonly known: boolean;
  readonly origin: ShownOrigin;
  readonly findings: readonly ShownFinding[];
}

export interface ShownList {
  readonly kind: Checklist['kind'];
  readonly name: string | null;
  readonly place: ShownPlace;
  readonly items: readonly ShownItem[];
}

export interface ShownFile {
  readonly path: string;
  readonly language: Language;
  readonly problems: readonly ShownFinding[];
  readonly lists: readonly ShownList[];
}

interface Shower {
  /** The repairs can be carried out: they are of the text of a file. */
  readonly repairs: boolean;
  place(span: Span): ShownPlace;
  hide(words: string): string;
}

/** `inline` is text that stands within the file. */
function showerOf(
  { model, sensitive }: Checked,
  path: string,
  location: string,
  inline: MappedText | null = null,
  text: string = model.text,
): Shower {
  const lines = lineIndex(text);
  return {
    repairs: inline === null,
    place(span) {
      const { start, end } = inline ? fileSpan(inline, span) : span;
      return { path, location, start: lines.positionAt(start), end: lines.positionAt(end) };
    },
    hide: hideWith(model.text, sensitive),
  };
}

const showFinding = (
  { message, rule, severity, span, fixes }: Finding,
  accepted: Acceptance | null,
  { place, hide, repairs }: Shower,
): ShownFinding => ({
  rule,
  severity,
  message: hide(message),
  place: place(span),
  fixes: repairs ? fixes.map(({ title, safety }) => ({ title: hide(title), safety })) : [],
  accepted: accepted && { ...accepted, reason: accepted.reason && hide(accepted.reason) },
});

/** The documents behind a checklist. */
interface At {
  (where: Where): Shower;
  hide(words: string): string;
}

function showOrigin(origin: Origin, at: At): ShownOrigin {
  return origin.kind === 'file' ? { kind: 'file', place: at(origin.where).place(origin.span) } : origin;
}

function showItem({ value, evidence, status, ...item }: Item, at: At): ShownItem {
  const findings = evidence.map(({ finding, where, accepted }: Evidence) =>
    showFinding(finding, accepted, at(where)),
  );
  return {
    ...item,
    status,
    severity: status === 'failed' ? (findings[0]?.severity ?? null) : null,
    value: at.hide(value.text),
    known: value.known,
    origin: showOrigin(value.origin, at),
    findings,
  };
}

export function showFile({ production, pathOf }: ChecklistFile): ShownFile {
  const { location, checked, beside, lists } = production;
  const path = pathOf(location);
  const document = showerOf(checked, path, location);
  const others = new Map(
    [...beside].map(([where, other]) => [
      where,
      showerOf(other.checked, pathOf(other.location), other.location),
    ]),
  );
  const behindOf = ({ checked: own, location: place, inline }: Behind): Shower =>
    place === null
      ? showerOf(own, path, location, inline, checked.model.text)
      : showerOf(own, pathOf(place), place);
  return {
    path,
    language: checked.model.language,
    problems: checked.findings
      .filter(({ rule }) => readingRules.includes(rule))
      .map(problem => showFinding(problem, null, document)),
    lists: lists.map(({ checklist, behind }) => {
      const dockerfile = behind ? behindOf(behind) : document;
      const showers = [document, dockerfile, ...others.values()];
      const at: At = Object.assign(
        (where: Where) => (where === 'dockerfile' ? dockerfile : (others.get(where) ?? document)),
        { hide: (words: string) => showers.reduce((shown, { hide }) => hide(shown), words) },
      );
      const { kind, name, span, items } = checklist;
      return { kind, name, place: document.place(span), items: items.map(item => showItem(item, at)) };
    }),
  };
}

/** `web`; an image that has no name goes by what it is. */
export const nameOf = ({ kind, name }: ShownList): string => name ?? (kind === 'image' ? 'the image' : '');

export const countOf = (items: readonly ShownItem[], status: Status): number =>
  items.filter(item => item.status === status).length;

/** `3 failed, 1 unknown, 12 passed`. */
export const countsOf = (items: readonly ShownItem[]): string =>
  statuses
    .map(status => ({ status, count: countOf(items, status) }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`)
    .join(', ');

/** `compose.yaml:3:5`, one-based. */
export const placeText = ({ path, start }: ShownPlace): string =>
  `${path}:${start.line + 1}:${start.character + 1}`;

export function originText(origin: ShownOrigin): string {
  if (origin.kind === 'file') return placeText(origin.place);
  return origin.kind === 'image' ? `image ${origin.image}` : 'by default';
}

/** Why something that was found may stay. */
export function acceptanceText({ by, reason }: Acceptance): string {
  const who = by === 'comment' ? 'accepted in the file' : 'switched off in the configuration';
  return reason === null ? `${who}, without a reason` : `${who}: ${reason}`;
}
