// The production report as a page of an editor: real headings, tables and buttons, the editor's own colours, nothing from
// outside. What its buttons do, the client carries out.
import { type Status, statuses } from '../checklist/checklist.ts';
import type { Safety } from '../engine/finding.ts';
import type { ReportMessage } from '../protocol/messages.ts';
import {
  acceptanceText,
  type ChecklistFile,
  countsOf,
  nameOf,
  placeText,
  type ShownFile,
  type ShownFinding,
  type ShownItem,
  type ShownList,
  type ShownOrigin,
  type ShownPlace,
  showFile,
} from './checklist-file.ts';
import { script, style } from './checklist-page-parts.ts';
import { escaped, htmlPage, requireNonce } from './html.ts';
import { rulePageUrl } from './links.ts';

/** Words of ours, in which backticks mark what is code. */
const prose = (words: string): string =>
  words
    .split(/(`[^`]+`)/)
    .map(piece => (/^`[^`]+`$/.test(piece) ? `<code>${escaped(piece.slice(1, -1))}</code>` : escaped(piece)))
    .join('');

/** Where an element stands on the page: what is focused stays so when the page changes. */
const idOf = (...parts: readonly (string | number)[]): string => escaped(parts.join('-').replace(/\s/g, '_'));

const button = (
  id: string,
  message: ReportMessage,
  words: string,
  kind: 'link' | 'action',
  label?: string,
): string =>
  `<button type="button" id="${id}" class="${kind}" data-message="${escaped(JSON.stringify(message))}"${
    label === undefined ? '' : ` aria-label="${escaped(label)}"`
  }>${words}</button>`;

const placeButton = (id: string, place: ShownPlace): string =>
  button(
    id,
    { kind: 'open', location: place.location, range: { start: place.start, end: place.end } },
    escaped(placeText(place)),
    'link',
    `Go to ${placeText(place)}`,
  );

const originCell = (id: string, origin: ShownOrigin): string =>
  origin.kind === 'file'
    ? placeButton(id, origin.place)
    : escaped(origin.kind === 'image' ? `image ${origin.image}` : 'default');

const link = (url: string, words: string): string => `<a href="${escaped(url)}">${escaped(words)}</a>`;

const ways: Readonly<Record<Safety, string>> = {
  safe: 'safe',
  unsafe: 'may change behaviour',
  suggestion: 'your choice',
};

function repairs({ rule, place: { location, start }, fixes }: ShownFinding, id: string): string {
  const [best = '', ...others] = fixes.map(({ title, safety }, fix) => {
    const message = { kind: 'fix', rule, location, start, fix } as const;
    const words = `${prose(title)} <span class="safety">${ways[safety]}</span>`;
    return button(idOf(id, 'fix', fix), message, words, 'action', `Fix: ${title} (${ways[safety]})`);
  });
  const more =
    others.length > 0
      ? `<details id="${idOf(id, 'more')}"><summary>Other choices</summary>${others.join(' ')}</details>`
      : '';
  return best + more;
}

function findingEntry(finding: ShownFinding, id: string): string {
  const { rule, severity, message, place, accepted } = finding;
  const how = accepted
    ? `<span class="note">${escaped(acceptanceText(accepted))}</span>`
    : repairs(finding, id);
  const at = placeButton(idOf(id, 'at'), place);
  return [
    `<li class="${severity}"><p>${prose(message)}</p>`,
    `<p class="source"><span class="severity">${severity}</span> ${link(rulePageUrl(rule), rule)} ${at}</p>`,
    `${how}</li>`,
  ].join('');
}

const marks: Readonly<Record<Status, string>> = { failed: '✗', unknown: '?', accepted: '!', passed: '✓' };

function rows(item: ShownItem, id: string): string {
  const { title, status, severity, value, known, why, references, findings, origin } = item;
  const found = findings.map((finding, n) => findingEntry(finding, idOf(id, n))).join('');
  const more = `<details id="${idOf(id, 'why')}"><summary>Why it matters</summary><p>${escaped(why)}</p><ul>${references
    .map(({ title: words, url }) => `<li>${link(url, words)}</li>`)
    .join('')}</ul></details>`;
  return [
    `<tr class="${status} ${severity ?? ''}">`,
    `<td class="status"><span aria-hidden="true">${marks[status]}</span> ${status}</td>`,
    `<th scope="row">${escaped(title)}</th>`,
    `<td>${known ? '' : '<span class="note">not known:</span> '}${escaped(value)}</td>`,
    `<td class="from">${originCell(idOf(id, 'from'), origin)}</td>`,
    '</tr>',
    `<tr class="more"><td></td><td colspan="3">${found && `<ul class="findings">${found}</ul>`}${more}</td></tr>`,
  ].join('');
}

function section(list: ShownList, number: number): string {
  const id = `list-${number}`;
  const items = [...list.items].sort((a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status));
  const canHarden = list.kind === 'service' && items.some(({ status }) => status === 'failed');
  const name = nameOf(list);
  const harden = canHarden
    ? `<p>${button(idOf(id, 'harden'), { kind: 'harden', service: name }, `Harden ${escaped(name)}…`, 'action')}</p>`
    : '';
  return [
    `<section aria-labelledby="${id}">`,
    `<h2 id="${id}">${escaped(name)}</h2>`,
    `<p>${countsOf(items)} <span class="note">${placeButton(idOf(id, 'at'), list.place)}</span></p>`,
    harden,
    `<table aria-labelledby="${id}"><thead><tr><th scope="col">Status</th><th scope="col">Line</th><th scope="col">Value</th><th scope="col">From</th></tr></thead>`,
    `<tbody>${items.map(item => rows(item, idOf(id, item.id))).join('')}</tbody></table>`,
    '</section>',
  ].join('');
}

/** To each of several. */
const contents = (lists: readonly ShownList[]): string =>
  lists.length < 2
    ? ''
    : `<nav aria-label="Services"><ul>${lists
        .map(
          (list, n) =>
            `<li><a href="#list-${n}">${escaped(nameOf(list))}</a> <span class="note">${countsOf(list.items)}</span></li>`,
        )
        .join('')}</ul></nav>`;

function bodyOf({ path, problems, lists }: ShownFile): string {
  const items = lists.flatMap(list => list.items);
  return [
    `<h1 tabindex="-1">Production readiness</h1><p>${escaped(path)}</p>`,
    problems.length > 0
      ? `<section aria-labelledby="problems"><h2 id="problems">It cannot be read whole</h2><ul class="findings">${problems
          .map((problem, n) => findingEntry(problem, idOf('problem', n)))
          .join('')}</ul></section>`
      : '',
    items.length === 0
      ? '<p>There is no service and no image to report on.</p>'
      : `<p id="counts">${countsOf(items)}</p>`,
    contents(lists),
    ...lists.map(section),
  ].join('\n');
}

export interface ChecklistPage {
  readonly html: string;
  /** What changes with the document, within `main`. */
  readonly body: string;
}

export function checklistPage(file: ChecklistFile, nonce: string): ChecklistPage {
  requireNonce(nonce);
  const shown = showFile(file);
  const body = bodyOf(shown);
  const title = `Production readiness: ${shown.path}`;
  return { html: htmlPage({ title, body, style, script }, nonce), body };
}
