// Checks: the findings of open documents. A version is parsed once, and linted once for what is known about the rest.
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { Answer, FactKind, FactReader, FactRequest } from '../core/engine/facts.ts';
import type { Finding } from '../core/engine/finding.ts';
import { lint } from '../core/engine/lint.ts';
import type { LintMemory } from '../core/engine/linting.ts';
import type { Model } from '../core/engine/rule.ts';
import { hideWith } from '../core/report/sensitive.ts';
import type { Configuration } from '../host/configuration.ts';
import { prefetchNeighbours } from '../host/prefetch.ts';
import type { Project } from '../host/project.ts';
import type { Documents, OpenDocument } from './documents.ts';
import type { ServerHost } from './host.ts';
import { languageIn, type ModelOf } from './models.ts';
import type { Projects } from './projects.ts';
import type { Settings } from './settings.ts';

/** What the findings of a document rest on besides facts. */
interface Basis {
  readonly document: OpenDocument;
  readonly project: Project;
  readonly configuration: Configuration;
  readonly enabled: boolean;
  /** Findings are shown also where another extension shows the same. */
  readonly showsDuplicates: boolean;
}

/** Immutable: what is found later is another object with another id. */
export interface Check extends Basis {
  readonly id: number;
  /** Null where the document is not linted: our own configuration, excluded, switched off, or no language of ours. */
  readonly model: Model | null;
  readonly findings: readonly Finding[];
  /** Takes what is secret in the document out of words that are shown. */
  hide(words: string): string;
  readonly facts: ReadonlyMap<FactRequest, Answer<FactKind>>;
  /** What the next version need not be looked at for again. */
  readonly memory?: LintMemory | undefined;
}

export interface Checks {
  /** Of the newest version of the document; undefined where none is open. */
  of(uri: string): Promise<Check | undefined>;
  latest(uri: string): Check | undefined;
  drop(uri: string): void;
}

export interface ChecksContext {
  readonly documents: Documents;
  readonly settings: Settings;
  readonly projects: Projects;
  readonly catalogue: Catalogue;
  readonly modelOf: ModelOf;
  readonly host: ServerHost;
  /** Facts that a lint has missed: looked up without anybody waiting. */
  lookUp(check: Check, missing: readonly FactRequest[]): void;
}

const readerFor = ({ project, document }: Basis): FactReader => project.facts(document.location);

/** That nobody has an image changes nothing: it is on most machines of most documents. */
const isSame = (kind: FactKind, a: Answer<FactKind>, b: Answer<FactKind>): boolean =>
  a === b || (kind === 'image' && a == null && b == null);

function isCurrent(check: Check, now: Basis): boolean {
  const reader = readerFor(now);
  return (
    check.document === now.document &&
    check.project === now.project &&
    check.configuration === now.configuration &&
    check.enabled === now.enabled &&
    check.showsDuplicates === now.showsDuplicates &&
    [...check.facts].every(([{ kind, path }, answer]) => isSame(kind, reader.get(kind, path), answer))
  );
}

/** Facts that the check had and that have been forgotten since: their findings would come and go. */
function forgottenFacts(check: Check): FactRequest[] {
  const reader = readerFor(check);
  return [...check.facts]
    .filter(([{ kind, path }, answer]) => answer !== undefined && reader.get(kind, path) === undefined)
    .map(([request]) => request);
}

/** What is wrong in the document where it is a configuration file of ours; undefined where it is none. */
function configurationFindings({ document, configuration }: Basis): readonly Finding[] | undefined {
  const source = configuration.sources.find(({ location }) => location === document.location);
  // An older text is on its way to be read again: its positions say nothing about this one.
  return source && (source.text === document.text ? source.findings : []);
}

/** Edits that have arrived already make a version old before work is done for it: one comes in a turn, behind this one. */
async function settled({ documents, host }: ChecksContext, uri: string): Promise<void> {
  let seen: OpenDocument | undefined;
  do {
    seen = documents.get(uri);
    await host.turn();
    await host.turn();
  } while (documents.get(uri) !== seen);
}

export function createChecks(context: ChecksContext): Checks {
  const { documents, settings, projects, catalogue, modelOf, lookUp } = context;
  const latest = new Map<string, Check>();
  let made = 0;

  /** Waits for nothing: the document stays the newest version while it is linted. */
  const make = (basis: Basis): Check => {
    const { document, configuration, enabled } = basis;
    const check = {
      ...basis,
      id: ++made,
      model: null,
      findings: [],
      hide: hideWith(document.text, []),
      facts: new Map(),
    };
    const own = configurationFindings(basis);
    if (own) return { ...check, findings: own };
    const { settings } = configuration;
    const model = enabled && !configuration.excluded ? modelOf(document, settings.target) : null;
    if (model === null) return check;

    const reader = readerFor(basis);
    const { findings, sensitive, asked, missing, memory } = lint(catalogue, {
      model,
      settings,
      facts: reader,
      memory: latest.get(document.uri)?.memory,
    });
    const facts = new Map(asked.map(request => [request, reader.get(request.kind, request.path)]));
    const linted = { ...check, model, findings, hide: hideWith(document.text, sensitive), facts, memory };
    if (missing.length > 0) lookUp(linted, missing);
    return linted;
  };

  return {
    async of(uri) {
      await settled(context, uri);
      const opened = documents.get(uri);
      if (!opened) return undefined;
      const { location } = opened;
      const { enable: enabled, showDuplicates: showsDuplicates, ...editor } = await settings.of(uri);
      const project = projects.under(editor);
      const configuration = await project.configuration(location);
      const before = latest.get(uri);
      const forgotten = before?.project === project ? forgottenFacts(before) : [];
      if (forgotten.length > 0) await project.fetch(location, forgotten);

      if (languageIn(opened) === 'compose' && enabled) await prefetchNeighbours(project, location);
      const document = documents.get(uri);
      if (!document) return undefined;
      const basis: Basis = { document, project, configuration, enabled, showsDuplicates };
      const last = latest.get(uri);
      if (last && isCurrent(last, basis)) return last;
      const check = make(basis);
      latest.set(uri, check);
      return check;
    },
    latest: uri => latest.get(uri),
    drop: uri => latest.delete(uri),
  };
}
