// Hardening a service: all its repairs, also by the rules of the checklist that the profile leaves out.
import { checklistRules } from '../core/checklist/lines.ts';
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { Finding } from '../core/engine/finding.ts';
import type { FixResult } from '../core/engine/fix-all.ts';
import { parse } from '../core/engine/language.ts';
import type { LintResult } from '../core/engine/linting.ts';
import type { Model } from '../core/engine/rule.ts';
import { type Settings, withAlso } from '../core/engine/settings.ts';
import { changedServices } from '../core/model/compose/changed.ts';
import { holdersOf } from '../core/model/compose/holders.ts';
import { type Document, type FixChoice, fixDocument, lintModel } from './check.ts';
import type { Project } from './project.ts';

export interface Hardened extends FixResult {
  /** Other services that change with it, by what they share. */
  readonly others: readonly string[];
}

const widened = new WeakMap<Settings, Settings>();

function settingsFor(settings: Settings): Settings {
  const known = widened.get(settings) ?? withAlso(checklistRules, settings);
  widened.set(settings, known);
  return known;
}

/** It belongs to the service, and perhaps to others too. */
const isOfService =
  (service: string) =>
  ({ span }: Finding, model: Model): boolean =>
    model.language === 'compose' && holdersOf(model, span).some(({ name }) => name === service);

/** The document with all findings of the service; those of others are left out. */
export async function lintService(
  project: Project,
  catalogue: Catalogue,
  document: Document,
  service: string,
): Promise<LintResult> {
  const { settings } = await project.configuration(document.location);
  const model = parse(document.text, document.language, settings.target);
  const result = await lintModel(project, catalogue, document, model, settingsFor(settings));
  const isMeant = isOfService(service);
  return { ...result, findings: result.findings.filter(finding => isMeant(finding, model)) };
}

export async function hardenService(
  project: Project,
  catalogue: Catalogue,
  document: Document,
  service: string,
  { upTo, wanted = () => true }: FixChoice,
): Promise<Hardened> {
  const { settings } = await project.configuration(document.location);
  const isMeant = isOfService(service);
  const result = await fixDocument(project, catalogue, document, {
    upTo,
    settings: settingsFor(settings),
    wanted: (finding, model) => isMeant(finding, model) && wanted(finding, model),
  });
  const [before, after] = [document.text, result.text].map(text => parse(text, document.language));
  const others =
    before?.language === 'compose' && after?.language === 'compose'
      ? changedServices(before, after).filter(name => name !== service)
      : [];
  return { ...result, others };
}
