// Requests about production: the report as a page, a repair on it, and the hardening of one service.
import type { Evidence, Production } from '../core/checklist/checklist.ts';
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { Fix } from '../core/engine/finding.ts';
import type {
  FileParams,
  HardenServiceParams,
  HardenServiceResult,
  ReportFix,
  ReportFixParams,
  ReportParams,
  ReportResult,
  ServicesResult,
} from '../core/protocol/messages.ts';
import { checklistPage } from '../core/report/checklist-page.ts';
import { minimalEdits } from '../core/text/diff.ts';
import { lineIndex } from '../core/text/lines.ts';
import { hardenService } from '../host/hardening.ts';
import type { Checks } from './checks.ts';
import { rangeOf } from './convert.ts';
import type { Documents } from './documents.ts';
import { checklistFileOf, productionIn } from './productions.ts';
import type { EditedDocument, EditMaker } from './workspace-edit.ts';

export interface ProductionRequests {
  report(params: ReportParams): Promise<ReportResult | null>;
  fix(params: ReportFixParams): Promise<unknown>;
  services(params: FileParams): Promise<ServicesResult>;
  harden(params: HardenServiceParams): Promise<HardenServiceResult | null>;
}

export interface ProductionContext {
  readonly checks: Checks;
  readonly catalogue: Catalogue;
  readonly documents: Documents;
  readonly editOf: EditMaker;
}

interface Text {
  readonly location: string;
  readonly text: string;
}

/** Every finding on the page, with the text that it is in; of text within the file none, as its repairs are not offered. */
function* found({
  location,
  checked,
  beside,
  lists,
}: Production): Generator<{ evidence: Evidence; in: Text }> {
  const document = { location, text: checked.model.text };
  for (const { checklist, behind } of lists) {
    const dockerfile = behind?.location
      ? { location: behind.location, text: behind.checked.model.text }
      : null;
    for (const evidence of checklist.items.flatMap(item => item.evidence)) {
      const other = beside.get(evidence.where);
      const text = other
        ? { location: other.location, text: other.checked.model.text }
        : evidence.where === 'document'
          ? document
          : dockerfile;
      if (text) yield { evidence, in: text };
    }
  }
}

function meantFix(
  production: Production,
  { rule, location, start, fix }: ReportFix,
): { readonly fix: Fix; readonly in: Text } | null {
  for (const { evidence, in: text } of found(production)) {
    const { finding } = evidence;
    if (finding.rule !== rule || text.location !== location) continue;
    const at = lineIndex(text.text).positionAt(finding.span.start);
    const meant = finding.fixes[fix];
    if (meant && at.line === start.line && at.character === start.character) return { fix: meant, in: text };
  }
  return null;
}

export function createProductionRequests(context: ProductionContext): ProductionRequests {
  const { checks, catalogue, documents, editOf } = context;
  const productionAt = async (uri: string): Promise<Production | null> => {
    const check = await checks.of(uri);
    return check ? productionIn(check, catalogue) : null;
  };
  const documentOf = ({ location, text }: Text): EditedDocument =>
    documents.at(location) ?? { uri: location, version: null, location, lines: lineIndex(text) };

  return {
    async report({ uri, nonce }) {
      const production = await productionAt(uri);
      if (!production) return null;
      const behind = production.lists.flatMap(list => list.behind?.location ?? []);
      const beside = [...production.beside.values()].map(({ location }) => location);
      const locations = [...new Set([production.location, ...behind, ...beside])];
      return { ...checklistPage(checklistFileOf(production), nonce), locations };
    },
    async fix({ uri, ...wanted }) {
      const production = await productionAt(uri);
      const meant = production && meantFix(production, wanted);
      return meant && editOf(documentOf(meant.in), meant.fix);
    },
    async services({ uri }) {
      const check = await checks.of(uri);
      if (check?.model?.language !== 'compose') return [];
      const { lines } = check.document;
      return check.model.services.map(({ name, span }) => ({ name, range: rangeOf(lines, span) }));
    },
    async harden({ uri, service, upTo }) {
      const check = await checks.of(uri);
      if (check?.model?.language !== 'compose') return null;
      const { location, text } = check.document;
      const document = { location, text, language: 'compose' } as const;
      const hardened = await hardenService(check.project, catalogue, document, service, { upTo });
      if (hardened.text === text && hardened.files.length === 0) return null;
      const change = { edits: minimalEdits(text, hardened.text), files: hardened.files };
      const edit = await editOf(check.document, change);
      return edit && { edit, others: hardened.others };
    },
  };
}
