// Hover: over a finding, the page of its rule.
import type { CancellationToken, Hover, HoverParams } from 'vscode-languageserver';
import type { Catalogue } from '../core/engine/catalogue.ts';
import { rulePage } from '../core/report/page.ts';
import { emptySpan, touches } from '../core/text/span.ts';
import type { Abilities } from './abilities.ts';
import type { Checks } from './checks.ts';
import { rangeOf } from './convert.ts';
import { throwIfCancelled } from './refusal.ts';

export type HoverAt = (params: HoverParams, token: CancellationToken) => Promise<Hover | null>;

export const hoverWith =
  (catalogue: Catalogue, abilities: Abilities, checks: Checks): HoverAt =>
  async ({ textDocument, position }, token) => {
    const check = await checks.of(textDocument.uri);
    throwIfCancelled(token);
    if (!check) return null;
    const { lines } = check.document;
    const place = emptySpan(lines.offsetAt(position));
    const here = check.findings.filter(({ span }) => touches(span, place));
    const rules = [...new Set(here.map(({ rule }) => rule))].flatMap(id => catalogue.info(id) ?? []);
    const [first] = here;
    if (!first || rules.length === 0) return null;
    const value = rules.map(rule => rulePage(rule)).join('\n\n---\n\n');
    const kind = abilities.markdown ? 'markdown' : 'plaintext';
    return { contents: { kind, value }, range: rangeOf(lines, first.span) };
  };
