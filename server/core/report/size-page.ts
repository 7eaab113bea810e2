// The size of an image as a page of an editor: a bar of its layers, a table, and a map of what is in it in the end. Nothing
// from outside, the editor's own colours; all that is seen can be read and reached with the keyboard.
import { percentText } from '../image/budget.ts';
import { mapTree } from '../image/map-tree.ts';
import type { SizeReport } from '../image/report.ts';
import { layerName } from '../image/sized-layer.ts';
import type { SizeMessage } from '../protocol/messages.ts';
import { bytesText } from '../text/bytes.ts';
import { counted } from './counts.ts';
import { escaped, htmlPage } from './html.ts';
import { rulePageUrl } from './links.ts';
import { colours, script, style } from './size-page-parts.ts';
import { filesText, type SizeRow, sizeRows, totalText } from './size-rows.ts';
import type { SizeSource } from './size-text.ts';

/** Of the bar; its words can be read where the page has half a window. */
const [width, barHeight] = [600, 28];
const letter = 6.6;

const button = (message: SizeMessage, words: string): string =>
  `<button type="button" class="link" data-message="${escaped(JSON.stringify(message))}">${escaped(words)}</button>`;

const lineButton = (line: number): string => button({ kind: 'line', line }, `line ${line + 1}`);

const number = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

/** What is told of a cell when it is pointed at or reached. */
const rectangle = (
  { x, y, width: w, height: h }: Readonly<Record<'x' | 'y' | 'width' | 'height', number>>,
  kind: string,
  says: string,
): string =>
  `<rect x="${number(x)}" y="${number(y)}" width="${number(Math.max(w, 0.5))}" height="${number(h)}" class="${kind}" data-says="${escaped(says)}"/>`;

/** Of what there is room for; a word that is cut says so. */
function label(text: string, room: number): string {
  const fits = Math.floor(room / letter);
  if (text.length <= fits) return text;
  return fits < 4 ? '' : `${text.slice(0, fits - 1)}…`;
}

const textAt = (x: number, y: number, words: string): string =>
  words === '' ? '' : `<text x="${number(x)}" y="${number(y)}">${escaped(words)}</text>`;

function colourOf(rows: readonly SizeRow[]): (layer: number) => string {
  const own = new Map<number, number>();
  let next = 0;
  for (const { layers } of rows) {
    const isBase = layers[0]?.origin === 'base';
    for (const layer of layers) own.set(layer.index, isBase ? 0 : 1 + (next % (colours - 1)));
    if (!isBase) next++;
  }
  return layer => `c${own.get(layer) ?? 0}`;
}

function bar(report: SizeReport, rows: readonly SizeRow[], colour: (layer: number) => string): string {
  let x = 0;
  const parts = rows.map(row => {
    const share = report.size === 0 ? 0 : (row.size / report.size) * width;
    const place = { x, y: 0, width: share, height: barHeight };
    x += share;
    const name = layerName(report.layers, row.layers[0]?.index ?? 0);
    const says = `${name}: ${bytesText(row.size)}${row.wasted > 0 ? `, ${bytesText(row.wasted)} of it gone later` : ''}. ${row.what}`;
    const gone = row.size === 0 ? 0 : (row.wasted / row.size) * barHeight;
    return (
      rectangle(place, colour(row.layers[0]?.index ?? 0), says) +
      (gone > 0 ? rectangle({ ...place, y: barHeight - gone, height: gone }, 'gone', says) : '') +
      textAt(place.x + 4, 12, label(bytesText(row.size), share - 6))
    );
  });
  return `<svg viewBox="0 0 ${width} ${barHeight}" class="bar map" tabindex="0" role="application" aria-label="Bar of the layers. Arrow keys go from one to the next.">${parts.join('')}</svg>`;
}

const asAttribute = (value: unknown): string => escaped(JSON.stringify(value));

function map(report: SizeReport, colour: (layer: number) => string): string {
  const layers = report.layers.map((_, layer) => [colour(layer), layerName(report.layers, layer)]);
  const label =
    'Map of the files in the image, coloured by layer. Arrow keys go from one to the next, Enter goes into a folder, Escape back.';
  return `<nav id="crumbs" aria-label="The folder that the map shows"></nav>
<svg id="files" class="map" tabindex="0" role="application" aria-label="${label}" data-layers="${asAttribute(layers)}" data-tree="${asAttribute(mapTree(report.tree))}"></svg>`;
}

const layerRow = (row: SizeRow, colour: string): string => {
  const line = row.layers[0]?.line ?? null;
  return [
    `<tr><td><svg viewBox="0 0 10 10" class="key" aria-hidden="true"><rect width="10" height="10" class="${colour}"/></svg></td>`,
    `<td>${line === null ? '' : lineButton(line)}</td>`,
    `<td class="number">${bytesText(row.size)}</td>`,
    `<td class="number">${row.wasted === 0 ? '' : bytesText(row.wasted)}</td>`,
    `<td class="files">${filesText(row)}</td>`,
    `<td><code>${escaped(row.what)}</code></td></tr>`,
  ].join('');
};

const section = (id: string, title: string, content: string): string =>
  content === '' ? '' : `<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;

const list = (items: readonly string[]): string =>
  items.length === 0 ? '' : `<ul>${items.map(item => `<li>${item}</li>`).join('')}</ul>`;

const table = (kind: string, heads: readonly string[], rows: readonly string[]): string =>
  `<table class="${kind}"><thead><tr>${heads.map(head => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;

type Repairable = (notice: { readonly line: number; readonly rule: string | null }) => boolean;

/** With the rule that knows the cure, and the way to its repair. */
const noticeItem = ({ message, rule, line }: SizeReport['notices'][number], repairable: Repairable): string =>
  [
    `${escaped(message)} ${line === null ? '' : lineButton(line)}`,
    rule === null ? '' : `<a href="${rulePageUrl(rule)}">${rule}</a>`,
    line === null || !repairable({ line, rule })
      ? ''
      : button({ kind: 'line', line, repair: true }, 'Show Repair'),
  ]
    .filter(part => part !== '')
    .join(' · ');

function bodyOf(report: SizeReport, source: SizeSource | null, repairable: Repairable): string {
  const { image, platform, wasted, size, efficiency, notices, excesses, layers } = report;
  const rows = sizeRows(report, source?.from ?? null);
  const colour = colourOf(rows);
  const sized = (path: string, bytes: number, beside: string): string =>
    `<tr><td class="number">${bytesText(bytes)}</td><td><code>${escaped(path)}</code></td><td>${escaped(beside)}</td></tr>`;
  return [
    `<h1 tabindex="-1">${escaped(image)}</h1><p>${escaped([platform, source?.path ?? ''].filter(part => part !== '').join(' · '))}</p>`,
    '<p id="stale" hidden>The file has changed since: build the image and inspect it again. <button type="button" class="action" data-message="{&quot;kind&quot;:&quot;again&quot;}">Inspect Again</button></p>',
    `<p id="counts">${totalText(report)}, ${bytesText(wasted)} (${percentText(wasted, size)}) wasted, efficiency ${percentText(efficiency, 1)}.</p>`,
    bar(report, rows, colour),
    '<p id="says" aria-live="polite">&nbsp;</p>',
    section(
      'excesses',
      'Beyond the budget',
      list(
        excesses.map(({ message, line }) => `${escaped(message)} ${line === null ? '' : lineButton(line)}`),
      ),
    ),
    section('notices', 'What could be spared', list(notices.map(notice => noticeItem(notice, repairable)))),
    section(
      'layers',
      'Layers',
      table(
        'layers',
        ['<span class="unseen">Colour</span>', 'Line', 'Size', 'Wasted', 'Files', 'Instruction'],
        rows.map(row => layerRow(row, colour(row.layers[0]?.index ?? 0))),
      ),
    ),
    section('map', 'What is in the image', map(report, colour)),
    section(
      'largest',
      'Largest files and folders',
      table(
        'paths',
        ['Size', 'Path', 'From'],
        [
          ...report.largestFiles
            .slice(0, 15)
            .map(({ path, size: bytes, layer }) => sized(path, bytes, layerName(layers, layer))),
          ...report.largestFolders
            .slice(0, 10)
            .map(({ path, bytes, files }) => sized(`${path}/`, bytes, counted(files, 'file'))),
        ],
      ),
    ),
    `<p>${(['json', 'csv', 'markdown'] as const).map(format => `<button type="button" class="action" data-message="${escaped(JSON.stringify({ kind: 'export', format }))}">Export as ${format === 'markdown' ? 'Markdown' : format.toUpperCase()}</button>`).join(' ')}</p>`,
  ].join('\n');
}

export const sizePage = (
  report: SizeReport,
  source: SizeSource | null,
  nonce: string,
  repairable: Repairable = () => false,
): string =>
  htmlPage(
    { title: `Size of ${report.image}`, body: bodyOf(report, source, repairable), style, script },
    nonce,
  );
