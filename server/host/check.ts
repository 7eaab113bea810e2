// Checking a document for hosts that can wait: lint or fix again until every fact asked for has been looked up.
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { FactRequest } from '../core/engine/facts.ts';
import type { Finding, Safety } from '../core/engine/finding.ts';
import { type FixResult, fixAll } from '../core/engine/fix-all.ts';
import { parse } from '../core/engine/language.ts';
import { lint } from '../core/engine/lint.ts';
import type { LintMemory, LintResult } from '../core/engine/linting.ts';
import type { Language, Model } from '../core/engine/rule.ts';
import type { Settings } from '../core/engine/settings.ts';
import type { Location } from './files.ts';
import { prefetchNeighbours } from './prefetch.ts';
import type { Project } from './project.ts';

export interface Document {
  readonly location: Location;
  readonly text: string;
  readonly language: Language;
}

export interface Checked extends LintResult {
  readonly model: Model;
}

/** Facts may lead to further facts; a rule that never stops asking is cut off here. */
const maximumRounds = 4;

/** Runs again until all that it asked for is known. */
export async function untilKnown<R extends { readonly missing: readonly FactRequest[] }>(
  project: Project,
  { location }: Pick<Document, 'location'>,
  run: () => R,
): Promise<R> {
  let result = run();
  for (let round = 1; round < maximumRounds && result.missing.length > 0; round++) {
    await project.fetch(location, result.missing);
    result = run();
  }
  return result;
}

const contextOf: FactRequest = { kind: 'context', path: '.' };

/** Of a Dockerfile that copies, some rule asks what there is to copy: known before, it is linted once and not twice. */
async function prefetch(project: Project, { location }: Document, model: Model): Promise<void> {
  if (model.language === 'compose') await prefetchNeighbours(project, location);
  const copies =
    model.language === 'dockerfile' &&
    model.instructions.some(({ keyword }) => keyword === 'COPY' || keyword === 'ADD');
  if (copies && project.facts(location).get(contextOf.kind, contextOf.path) === undefined) {
    await project.fetch(location, [contextOf]);
  }
}

/** Under settings that need not be those of the document. */
export async function lintModel(
  project: Project,
  catalogue: Catalogue,
  document: Document,
  model: Model,
  settings: Settings,
): Promise<LintResult> {
  const facts = project.facts(document.location);
  await prefetch(project, document, model);
  // What does not ask for what has become known is not looked for again.
  let memory: LintMemory | undefined;
  return untilKnown(project, document, () => {
    const result = lint(catalogue, { model, settings, facts, memory });
    memory = result.memory;
    return result;
  });
}

export async function lintDocument(
  project: Project,
  catalogue: Catalogue,
  document: Document,
): Promise<Checked> {
  const { settings } = await project.configuration(document.location);
  const model = parse(document.text, document.language, settings.target);
  return { ...(await lintModel(project, catalogue, document, model, settings)), model };
}

export interface FixChoice {
  readonly upTo: Safety;
  readonly wanted?: (finding: Finding, model: Model) => boolean;
  /** In place of those of the document. */
  readonly settings?: Settings;
}

export async function fixDocument(
  project: Project,
  catalogue: Catalogue,
  document: Document,
  choice: FixChoice,
): Promise<FixResult> {
  const { settings } = await project.configuration(document.location);
  const facts = project.facts(document.location);
  const { text, language } = document;
  if (language === 'compose') await prefetchNeighbours(project, document.location);
  return untilKnown(project, document, () =>
    fixAll(catalogue, { text, language, settings, facts, ...choice }),
  );
}
