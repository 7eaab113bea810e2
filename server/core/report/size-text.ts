// The size of an image for people at a terminal.
import { percentText } from '../image/budget.ts';
import type { Comparison } from '../image/compare.ts';
import type { SizeReport } from '../image/report.ts';
import { layerName } from '../image/sized-layer.ts';
import { bytesText } from '../text/bytes.ts';
import { counted } from './counts.ts';
import { printable } from './drawn-line.ts';
import { filesText, sizeRows, totalText } from './size-rows.ts';
import type { Style } from './style.ts';
import { alignedRows } from './table.ts';
import { wrap } from './wrap.ts';

/** The file that the lines are lines of. */
export interface SizeSource {
  readonly path: string;
  /** `FROM debian:13`. */
  readonly from: string;
}

const clip = (line: string, width: number): string =>
  line.length <= width ? line : `${line.slice(0, width - 1)}…`;

const block = (title: string, lines: readonly string[], { palette }: Style): string =>
  lines.length === 0 ? '' : `\n${palette.strong(title)}\n${lines.map(line => `${line}\n`).join('')}`;

function layerTable(report: SizeReport, source: SizeSource | null, { width }: Style): string[] {
  const rows = sizeRows(report, source?.from ?? null).map(row => [
    row.line,
    bytesText(row.size),
    row.wasted === 0 ? '' : bytesText(row.wasted),
    filesText(row),
    printable(row.what).replaceAll('\n', ' '),
  ]);
  const heads = ['line', 'size', 'wasted', 'files', 'instruction'];
  return alignedRows([heads, ...rows], ['right', 'right', 'right', 'left', 'left']).map(line =>
    clip(`  ${line}`, width),
  );
}

function noticeLines(
  { notices }: SizeReport,
  source: SizeSource | null,
  { palette, width }: Style,
): string[] {
  return notices.flatMap(({ message, rule, line }) => {
    const place = source && line !== null ? `${source.path}:${line + 1}  ` : '';
    const cure = rule === null ? '' : palette.dim(`  ${rule}`);
    const head = place + cure.trimStart();
    return [
      ...(head === '' ? [] : [`  ${printable(place)}${cure.trimStart()}`]),
      ...wrap(printable(message), width, head === '' ? '  ' : '    '),
    ];
  });
}

function largest(report: SizeReport): string[] {
  const files = report.largestFiles
    .slice(0, 10)
    .map(({ path, size, layer }) => [bytesText(size), path, layerName(report.layers, layer)]);
  const folders = report.largestFolders
    .slice(0, 10)
    .map(({ path, bytes, files: count }) => [bytesText(bytes), `${path}/`, counted(count, 'file')]);
  return alignedRows(
    [...files, ...folders].map(row => row.map(printable)),
    ['right', 'left', 'left'],
  ).map(line => `  ${line}`);
}

export function sizeText(report: SizeReport, source: SizeSource | null, style: Style): string {
  const { palette, width } = style;
  const { image, platform, wasted, size, efficiency } = report;
  const facts = `${totalText(report)}, ${bytesText(wasted)} (${percentText(wasted, size)}) wasted, efficiency ${percentText(efficiency, 1)}`;
  return [
    `${palette.strong(printable(image))}  ${palette.dim(printable(platform))}\n${wrap(facts, width).join('\n')}\n`,
    `\n${layerTable(report, source, style)
      .map((line, at) => `${at === 0 ? palette.dim(line) : line}\n`)
      .join('')}`,
    block('What could be spared', noticeLines(report, source, style), style),
    block('Largest files and folders', largest(report), style),
    block(
      'Beyond the budget',
      report.excesses.flatMap(({ message }) => wrap(printable(message), width, '  ')).map(palette.error),
      style,
    ),
  ].join('');
}

const difference = (before: number, after: number): string =>
  `${after >= before ? '+' : ''}${bytesText(after - before)}`;

export function comparisonText(
  before: SizeReport,
  after: SizeReport,
  { changes, changed }: Comparison,
  style: Style,
): string {
  const facts: readonly (readonly [string, (report: SizeReport) => number])[] = [
    ['size', ({ size }) => size],
    ['in the end', ({ final }) => final.bytes],
    ['wasted', ({ wasted }) => wasted],
  ];
  const rows = [
    ['', before.image, after.image, ''],
    ...facts.map(([name, count]) => [
      name,
      bytesText(count(before)),
      bytesText(count(after)),
      difference(count(before), count(after)),
    ]),
    ['layers', String(before.layers.length), String(after.layers.length), ''],
    ['efficiency', percentText(before.efficiency, 1), percentText(after.efficiency, 1), ''],
  ];
  const files = changes.map(({ path, before: was, after: is }) => [
    difference(was ?? 0, is ?? 0),
    is === null ? 'gone' : was === null ? 'new' : 'changed',
    path,
  ]);
  const table = alignedRows(
    rows.map(row => row.map(printable)),
    ['left', 'right', 'right', 'right'],
  );
  return [
    table.map(line => `${line}\n`).join(''),
    block(
      `Files of another size: ${changed}`,
      alignedRows(
        files.map(row => row.map(printable)),
        ['right', 'left', 'left'],
      ).map(line => `  ${line}`),
      style,
    ),
  ].join('');
}
