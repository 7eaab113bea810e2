// What the contract's checks run: one rule on one text, alone or among all others, and its fixes.
import type { Catalogue } from '../../../server/core/engine/catalogue.ts';
import { exampleSettings, factsBeside, readMarks } from '../../../server/core/engine/example.ts';
import type { FactReader } from '../../../server/core/engine/facts.ts';
import { changeFile } from '../../../server/core/engine/file-change.ts';
import type { FileChange, Finding } from '../../../server/core/engine/finding.ts';
import { fixAll } from '../../../server/core/engine/fix-all.ts';
import { parse } from '../../../server/core/engine/language.ts';
import { lint } from '../../../server/core/engine/lint.ts';
import type { LintResult } from '../../../server/core/engine/linting.ts';
import type { Example, Rule } from '../../../server/core/engine/rule.ts';
import { defaultSettings } from '../../../server/core/engine/settings.ts';

export interface Subject {
  readonly rule: Rule;
  /** All rules, this one among them. */
  readonly catalogue: Catalogue;
}

export type Files = Readonly<Record<string, string>>;

/** A text and the files beside it. */
export interface Place {
  readonly text: string;
  readonly files: Files;
}

export const placeOf = ({ code, files = {} }: Example): Place => ({ text: readMarks(code).text, files });

export const internalError = 'internal-error';

export const problemsOf = ({ rule }: Subject, text: string): number =>
  parse(text, rule.language).problems.length;

/** The rule alone. */
export function lintAlone(subject: Subject, example: Example, place: Place, facts?: FactReader): LintResult {
  return lint(subject.catalogue, {
    model: parse(place.text, subject.rule.language),
    settings: exampleSettings(subject.rule, example),
    facts: facts ?? factsBeside(place.files),
  });
}

/** Every rule of the catalogue. */
export function lintWithAll(
  { rule, catalogue }: Subject,
  example: Example,
  { text, files }: Place,
): LintResult {
  const { rules } = exampleSettings(rule, example);
  return lint(catalogue, {
    model: parse(text, rule.language),
    settings: { ...defaultSettings, profile: 'all', rules },
    facts: factsBeside(files),
  });
}

export const ownFindings = ({ rule }: Subject, { findings }: LintResult): readonly Finding[] =>
  findings.filter(finding => finding.rule === rule.id);

export function changeFiles(files: Files, changes: readonly FileChange[]): Files {
  const result: Record<string, string> = { ...files };
  for (const change of changes) result[change.path] = changeFile(result[change.path] ?? null, change);
  return result;
}

export interface Fixed extends Place {
  /** Fixes that would still be applied, or that the engine refused. */
  readonly left: readonly string[];
}

/** The place after the rule's own fixes, the first one of every finding, again and again. */
export function fixAlone(subject: Subject, example: Example, place: Place): Fixed {
  let { text, files } = place;
  for (let round = 0; round < 3; round++) {
    const result = fixAll(subject.catalogue, {
      text,
      language: subject.rule.language,
      settings: exampleSettings(subject.rule, example),
      facts: factsBeside(files),
      upTo: 'suggestion',
      wanted: ({ rule }) => rule === subject.rule.id,
    });
    if (result.refused.length > 0) return { text, files, left: ['what the engine refused'] };
    if (result.applied.length === 0) return { text, files, left: [] };
    text = result.text;
    files = changeFiles(files, result.files);
  }
  const left = ownFindings(subject, lintAlone(subject, example, { text, files }));
  return { text, files, left: left.flatMap(({ fixes }) => fixes[0]?.title ?? []) };
}
