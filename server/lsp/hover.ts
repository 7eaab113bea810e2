// Hover: over a finding, its rule in short.
import type { CancellationToken, Hover, HoverParams } from 'vscode-languageserver';
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { RuleInfo } from '../core/engine/rule.ts';
import { rulePageUrl } from '../core/report/links.ts';
import { emptySpan, touches } from '../core/text/span.ts';
import type { Abilities } from './abilities.ts';
import type { Checks } from './checks.ts';
import { rangeOf } from './convert.ts';
import { throwIfCancelled } from './refusal.ts';

export type HoverAt = (params: HoverParams, token: CancellationToken) => Promise<Hover | null>;

/** What is wrong, why it matters, what to do; the rest is on the page. */
const inShort = ({ id, title, docs }: RuleInfo): string =>
  [
    `**${title}** ([${id}](${rulePageUrl(id)}))`,
    docs.why,
    docs.remedy,
    ...docs.references.map(reference => `<${reference}>`),
  ].join('\n\n');

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
    const value = rules.map(inShort).join('\n\n---\n\n');
    const kind = abilities.markdown ? 'markdown' : 'plaintext';
    return { contents: { kind, value }, range: rangeOf(lines, first.span) };
  };
