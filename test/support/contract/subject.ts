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
import type { Example, Model, Rule } from '../../../server/core/engine/rule.ts';
import { defaultSettings, type Settings } from '../../../server/core/engine/settings.ts';

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

/** Of the texts read last: the checks go over the same ones again and again. */
const models = new Map<string, Model>();

/** Reads a text once. */
export function modelOf({ rule: { language } }: Subject, text: string): Model {
  const key = `${language}\n${text}`;
  const model = models.get(key) ?? parse(text, language);
  if (models.size > 100) models.clear();
  models.set(key, model);
  return model;
}

/** For a check that is about reading again. */
export const forgetModels = (): void => models.clear();

export const problemsOf = (subject: Subject, text: string): number => modelOf(subject, text).problems.length;

const settingsByExample = new WeakMap<Example, Settings>();

/** The same object each time: from settings the engine makes a list of who wants to see what. */
function settingsOf({ rule }: Subject, example: Example): Settings {
  const settings = settingsByExample.get(example) ?? exampleSettings(rule, example);
  settingsByExample.set(example, settings);
  return settings;
}

/** The rule alone. */
export function lintAlone(subject: Subject, example: Example, place: Place, facts?: FactReader): LintResult {
  return lint(subject.catalogue, {
    model: modelOf(subject, place.text),
    settings: settingsOf(subject, example),
    facts: facts ?? factsBeside(place.files),
  });
}

const settingsOfAll = new WeakMap<Example, Settings>();

/** Every rule of the catalogue. */
export function lintWithAll(subject: Subject, example: Example, { text, files }: Place): LintResult {
  const all = settingsOfAll.get(example) ?? {
    ...defaultSettings,
    profile: 'all',
    rules: settingsOf(subject, example).rules,
  };
  settingsOfAll.set(example, all);
  return lint(subject.catalogue, {
    model: modelOf(subject, text),
    settings: all,
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

/** Passes that the engine makes at most; one that applies fewer fixes has ended by itself. */
const mostPasses = 50;

/** The place after the rule's own fixes, the first one of every finding, again and again. */
export function fixAlone(subject: Subject, example: Example, place: Place): Fixed {
  let { text, files } = place;
  for (let round = 0; round < 3; round++) {
    const result = fixAll(subject.catalogue, {
      text,
      model: modelOf(subject, text),
      language: subject.rule.language,
      settings: settingsOf(subject, example),
      facts: factsBeside(files),
      upTo: 'suggestion',
      wanted: ({ rule }) => rule === subject.rule.id,
    });
    if (result.refused.length > 0) return { text, files, left: ['what the engine refused'] };
    if (result.applied.length === 0) return { text, files, left: [] };
    text = result.text;
    files = changeFiles(files, result.files);
    // It has ended by itself, and where it has changed no other file, it would find the same once more.
    if (result.files.length === 0 && result.applied.length < mostPasses) return { text, files, left: [] };
  }
  const left = ownFindings(subject, lintAlone(subject, example, { text, files }));
  return { text, files, left: left.flatMap(({ fixes }) => fixes[0]?.title ?? []) };
}
