// Fix all: applies fixes pass by pass until nothing allowed is left to repair.
import { applyEdits } from '../text/edit.ts';
import type { Catalogue } from './catalogue.ts';
import type { FactReader, FactRequest } from './facts.ts';
import type { FileChange, Finding, Fix, Safety } from './finding.ts';
import { editsOf, type Selected, selectFixes } from './fix-selection.ts';
import { hasBrokenInline } from './inline.ts';
import { parse } from './language.ts';
import { lint } from './lint.ts';
import type { Language, Model } from './rule.ts';
import type { Settings } from './settings.ts';

export interface FixRequest {
  readonly text: string;
  /** That of the text, where it has been read. */
  readonly model?: Model;
  readonly language: Language;
  readonly settings: Settings;
  readonly facts: FactReader;
  readonly upTo: Safety;
  /** Narrows the findings that are repaired; all by default. */
  readonly wanted?: (finding: Finding, model: Model) => boolean;
}

export interface AppliedFix {
  readonly rule: string;
  readonly title: string;
}

export interface FixResult {
  /** The given text where nothing was applied. */
  readonly text: string;
  readonly applied: readonly AppliedFix[];
  readonly files: readonly FileChange[];
  /** Rules whose fixes together broke the text or went in a circle: nothing of that pass was kept. */
  readonly refused: readonly string[];
  readonly missing: readonly FactRequest[];
}

/** Each pass applies one of the repairs that write at the same place: a service may be given some twenty keys there. */
const maximumPasses = 50;

const fileChangeKey = (change: FileChange): string =>
  change.kind === 'create' ? `create ${change.path}` : `append-line ${change.path} ${change.line}`;

const isBroken = (model: Model): boolean =>
  model.problems.length > 0 || (model.language === 'compose' && hasBrokenInline(model));

const rulesOf = (selected: readonly Selected[]): string[] => [
  ...new Set(selected.map(({ finding }) => finding.rule)),
];

export function fixAll(catalogue: Catalogue, request: FixRequest): FixResult {
  const { language, settings, facts, upTo, wanted = () => true } = request;
  let text = request.text;
  let model = request.model ?? parse(text, language, settings.target);
  const seen = new Set([text]);
  const applied: AppliedFix[] = [];
  const files = new Map<string, FileChange>();
  const missing: FactRequest[] = [];
  let refused: string[] = [];
  /** A fix of other files alone is done once: the facts go on telling of the files as they were. */
  const isDone = (fix: Fix): boolean =>
    fix.edits.length === 0 && fix.files.every(change => files.has(fileChangeKey(change)));

  for (let pass = 0; pass < maximumPasses; pass++) {
    const current = model;
    const result = lint(catalogue, { model, settings, facts });
    missing.push(...result.missing);
    const selected = selectFixes(
      result.findings.filter(finding => wanted(finding, current)),
      upTo,
    ).filter(({ fix }) => !isDone(fix));
    if (selected.length === 0) break;
    const edits = editsOf(selected);
    const next = applyEdits(text, edits);
    const nextModel = parse(next, language, settings.target);
    if (edits.length > 0 && (seen.has(next) || (isBroken(nextModel) && !isBroken(model)))) {
      refused = rulesOf(selected);
      break;
    }
    seen.add(next);
    text = next;
    model = nextModel;
    for (const { finding, fix } of selected) {
      applied.push({ rule: finding.rule, title: fix.title });
      for (const change of fix.files) files.set(fileChangeKey(change), change);
    }
  }
  return { text, applied, files: [...files.values()], refused, missing };
}
