// Fix all: the repairs of a whole document, with the same bytes as on the command line, as the smallest edits.
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { Safety } from '../core/engine/finding.ts';
import { minimalEdits } from '../core/text/diff.ts';
import { fixDocument } from '../host/check.ts';
import { hardenService } from '../host/hardening.ts';
import type { Check } from './checks.ts';
import type { Change } from './workspace-edit.ts';

export interface FixAllChoice {
  /** Absent: every rule. It goes to the client and back, and some of them drop what is null. */
  readonly rule?: string;
  /** Absent: the whole file. */
  readonly service?: string;
  readonly upTo: Safety;
}

/** Nothing to edit where nothing can be repaired. */
export type FixAll = (check: Check, choice: FixAllChoice) => Promise<Change>;

export const fixAllWith =
  (catalogue: Catalogue): FixAll =>
  async ({ document: { location, text }, model, project }, { rule, service, upTo }) => {
    if (!model) return { edits: [], files: [] };
    const document = { location, text, language: model.language };
    const wanted =
      rule === undefined ? {} : { wanted: (finding: { readonly rule: string }) => finding.rule === rule };
    const choice = { upTo, ...wanted };
    const fixed =
      service === undefined
        ? await fixDocument(project, catalogue, document, choice)
        : await hardenService(project, catalogue, document, service, choice);
    return { edits: minimalEdits(text, fixed.text), files: fixed.files };
  };
