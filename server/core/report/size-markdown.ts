// The size of an image as Markdown, for pull requests and wikis.
import { percentText } from '../image/budget.ts';
import type { SizeReport } from '../image/report.ts';
import { bytesText } from '../text/bytes.ts';
import { rulePageUrl } from './links.ts';
import { code, escaped } from './markdown.ts';
import { filesText, sizeRows, totalText } from './size-rows.ts';
import type { SizeSource } from './size-text.ts';

/** Of an instruction in a cell. */
const longest = 120;

export function sizeMarkdown(report: SizeReport, source: SizeSource | null): string {
  const { image, wasted, size, efficiency, notices, excesses, largestFiles } = report;
  const rows = sizeRows(report, source?.from ?? null).map(row =>
    [
      row.line,
      bytesText(row.size),
      row.wasted === 0 ? '' : bytesText(row.wasted),
      filesText(row),
      code(row.what.slice(0, longest)),
    ].join(' | '),
  );
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines.map(line => `- ${line}`)];
  return [
    `## ${escaped(image)}`,
    '',
    `${totalText(report)}, ${bytesText(wasted)} (${percentText(wasted, size)}) wasted, efficiency ${percentText(efficiency, 1)}.`,
    '',
    '| line | size | wasted | files | instruction |',
    '| ---: | ---: | ---: | --- | --- |',
    ...rows.map(row => `| ${row} |`),
    ...list(
      'Beyond the budget',
      excesses.map(({ message }) => escaped(message)),
    ),
    ...list(
      'What could be spared',
      notices.map(
        ({ message, rule }) =>
          `${escaped(message)}${rule === null ? '' : ` [${rule}](${rulePageUrl(rule)})`}`,
      ),
    ),
    ...list(
      'Largest files',
      largestFiles.slice(0, 10).map(({ path, size: bytes }) => `${bytesText(bytes)} ${code(path)}`),
    ),
    '',
  ].join('\n');
}
