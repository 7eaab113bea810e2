// Two builds as a page of an editor: the image as the file makes it and as it would be, and the repairs between them.
import type { Compared } from '../build/compared.ts';
import type { AppliedFix } from '../engine/fix-all.ts';
import { compareRows } from './compare-text.ts';
import { counted } from './counts.ts';
import { escaped, htmlPage, pageStyle } from './html.ts';
import { rulePageUrl } from './links.ts';

const style = `${pageStyle}
.same { color: var(--vscode-descriptionForeground); }
tbody th { font-weight: 400; }
.changed td:last-child { font-weight: 600; }
th, td { white-space: nowrap; }
td + td { width: 100%; white-space: normal; }`;

/** Each repair once, and how often. */
function repairList(repairs: readonly AppliedFix[]): string {
  const times = new Map<string, number>();
  for (const { rule, title } of repairs) {
    const item = `${escaped(title)} <a href="${rulePageUrl(rule)}">${escaped(rule)}</a>`;
    times.set(item, (times.get(item) ?? 0) + 1);
  }
  return [...times].map(([item, count]) => `<li>${item}${count > 1 ? ` × ${count}` : ''}</li>`).join('');
}

export interface ComparePage {
  readonly tag: string;
  readonly compared: Compared;
  readonly repairs: readonly AppliedFix[];
  /** Whole sentences. */
  readonly note: string | null;
}

export function comparePage({ tag, compared, repairs, note }: ComparePage, nonce: string): string {
  const rows = compareRows(compared).map(
    ({ name, before, after }) =>
      `<tr class="${before === after ? 'same' : 'changed'}"><th scope="row">${name}</th><td>${escaped(before)}</td><td>${escaped(after)}</td></tr>`,
  );
  const body = `<h1>${escaped(tag)}</h1>
<p>Built as the file is, and with ${counted(repairs.length, 'repair')}. The file was not changed.</p>
<table><thead><tr><td></td><th scope="col">before</th><th scope="col">after the repairs</th></tr></thead><tbody>${rows.join('')}</tbody></table>
${note === null ? '' : `<p>${escaped(note)}</p>`}
<h2>Repairs</h2>
<ul>${repairList(repairs)}</ul>`;
  return htmlPage({ title: tag, body, style, script: '' }, nonce);
}
