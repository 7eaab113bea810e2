// Hover: over a finding, its rule in short; over an image, what is known of it; over the name of a service, its posture; over a key of a Compose file, what the
// specification says of it.
import type { CancellationToken, Hover, HoverParams } from 'vscode-languageserver';
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { RuleInfo } from '../core/engine/rule.ts';
import { type KeyHelp, keyHelpAt } from '../core/language/compose/key-hover.ts';
import { imageHelp } from '../core/language/images/help.ts';
import type { ShownPlace } from '../core/report/checklist-file.ts';
import { rulePageUrl } from '../core/report/links.ts';
import { emptySpan, type Span, touches } from '../core/text/span.ts';
import type { Abilities } from './abilities.ts';
import type { Check, Checks } from './checks.ts';
import { rangeOf } from './convert.ts';
import { imageHere } from './image-here.ts';
import { isCompose, type ReadFor } from './language/place.ts';
import { postureAt } from './productions.ts';
import { throwIfCancelled } from './refusal.ts';
import type { RegistryFacts } from './registry-facts.ts';

export type HoverAt = (params: HoverParams, token: CancellationToken) => Promise<Hover | null>;

/** What is wrong and why it matters. What to do says the message beside it; examples and sources are on the page. */
const inShort = ({ id, title, docs }: RuleInfo): string =>
  [`**${title}** ([${id}](${rulePageUrl(id)}))`, docs.why].join('\n\n');

/** What the Compose Specification says. */
const keyInShort = ({ key, text, choices, url }: KeyHelp): string =>
  [
    url === null ? `**${key}**` : `**[${key}](${url})**`,
    text,
    ...(choices.length > 0 ? [`One of ${choices.map(choice => `\`${choice}\``).join(', ')}.`] : []),
  ].join('\n\n');

/** Below something else: what is wrong, and where to read on. */
const byTitle = ({ id, title }: RuleInfo): string => `- ${title} ([${id}](${rulePageUrl(id)}))`;

/** A place in a file, as editors open it. */
const linkTo = ({ location, start }: ShownPlace): string =>
  `${location}#L${start.line + 1},${start.character + 1}`;

interface Part {
  readonly span: Span;
  readonly value: string;
}

export function hoverWith(
  catalogue: Catalogue,
  abilities: Abilities,
  checks: Checks,
  read: ReadFor,
  registries: RegistryFacts | null,
): HoverAt {
  const rulesAt = (
    { findings }: Check,
    offset: number,
  ): { readonly span: Span; readonly info: RuleInfo }[] => {
    const here = findings.filter(({ span }) => touches(span, emptySpan(offset)));
    const places = new Map<string, Span>();
    for (const { rule, span } of here) if (!places.has(rule)) places.set(rule, span);
    return [...places].flatMap(([rule, span]) => {
      const info = catalogue.info(rule);
      return info ? [{ span, info }] : [];
    });
  };
  /** Many rules speak of a service as a whole: beside its posture their titles are enough. */
  const serviceAt = async (check: Check, offset: number): Promise<Part | null> => {
    const posture = await postureAt(check, catalogue, offset, { plain: !abilities.markdown, linkTo });
    if (!posture) return null;
    const titles = rulesAt(check, offset).map(({ info }) => byTitle(info));
    return { span: posture.span, value: `${posture.text}\n\n${titles.join('\n')}`.trimEnd() };
  };
  const helpOfImage = async (
    { model, project, document }: Check,
    offset: number,
    token: CancellationToken,
  ): Promise<Part[]> => {
    const here = imageHere(model, offset);
    if (!here) return [];
    const local = project.facts(document.location).get('image', here.reference.text) ?? null;
    const place = { uri: document.uri, position: document.lines.positionAt(here.span.start) };
    const remote = await registries?.help(place, here, token);
    const value = [imageHelp(here.reference, local), remote].filter(part => part != null).join('\n\n');
    return value === '' ? [] : [{ span: here.span, value }];
  };
  return async ({ textDocument, position }, token) => {
    const check = await checks.of(textDocument.uri);
    throwIfCancelled(token);
    if (!check) return null;
    const { lines } = check.document;
    const offset = lines.offsetAt(position);
    const found = await read('hover', textDocument, token);
    const help = isCompose(found) ? keyHelpAt(found.model, offset) : null;
    const service = await serviceAt(check, offset);
    const image = service ? [] : await helpOfImage(check, offset, token);
    throwIfCancelled(token);
    const findings = rulesAt(check, offset).map(({ span, info }) => ({ span, value: inShort(info) }));
    const parts = service
      ? [service]
      : [...findings, ...image, ...(help ? [{ span: help.span, value: keyInShort(help) }] : [])];
    const [first] = parts;
    if (!first) return null;
    const value = parts.map(part => part.value).join('\n\n---\n\n');
    const kind = abilities.markdown ? 'markdown' : 'plaintext';
    return { contents: { kind, value }, range: rangeOf(lines, first.span) };
  };
}
