// The scan for people: each line of the file with the packages that it brought, worst first.
import type { Place } from '../scan/placing.ts';
import type { ScanLine } from '../scan/scan.ts';
import { countedByScanSeverity, idsOf, notShown, packageTitle, vulnerabilityCount } from '../scan/words.ts';
import { printable } from './drawn-line.ts';
import { codeFrame } from './frame.ts';
import { ourSeverity, type ScannedImage } from './scan-image.ts';
import type { Style } from './style.ts';
import { ways } from './text.ts';
import { wrap } from './wrap.ts';

export interface ScanStyle extends Style {
  /** Every package and every vulnerability. */
  readonly hasDetails: boolean;
}

const indentation = '  ';
const mostPackages = 8;

interface Row {
  readonly severity: ScanLine['severity'];
  readonly name: string;
  readonly ids: string;
}

function rowsOf({ severity, packages, mistakes }: ScanLine, hasDetails: boolean): Row[] {
  const shown = hasDetails ? packages : packages.slice(0, mostPackages);
  const rest = packages.slice(shown.length);
  const count = rest.reduce((sum, { vulnerabilities }) => sum + vulnerabilities.length, 0);
  return [
    ...shown.map(each => ({
      severity,
      name: `${packageTitle(each)}${each.fixed === null ? '' : ` → ${each.fixed}`}`,
      ids: idsOf(each, hasDetails ? Number.POSITIVE_INFINITY : 3),
    })),
    ...(rest.length === 0
      ? []
      : [{ severity, name: `and ${rest.length} more packages`, ids: vulnerabilityCount(count, '').trim() }]),
    ...mistakes.map(({ id, title, path }) => ({ severity, name: title || id, ids: path ?? '' })),
  ];
}

function placeOf({ span, label }: Place, { source }: ScannedImage): string {
  if (span === null || source === null) return printable(label);
  const { line, character } = source.lines.positionAt(span.start);
  return `${printable(source.path)}:${line + 1}:${character + 1}`;
}

function block(lines: readonly ScanLine[], image: ScannedImage, style: ScanStyle): string {
  const { palette } = style;
  const [first] = lines;
  if (first === undefined) return '';
  const { place } = first;
  const paint = palette[ourSeverity[first.severity]];
  const rows = lines.flatMap(line => rowsOf(line, style.hasDetails));
  const width = Math.min(48, Math.max(...rows.map(({ name }) => name.length)));
  const frame = place.span && image.source ? codeFrame(image.source, place.span, paint, style) : [];
  const unsure = place.isSure
    ? []
    : wrap('No layer tells that these come from here.', style.width, indentation);
  const fixes = new Map(lines.flatMap(line => line.fixes.map(fix => [fix.title, fix] as const)));
  const via =
    place.via && image.source
      ? [
          `${indentation}${palette.dim(`by way of line ${image.source.lines.lineAt(place.via.span.start) + 1}`)}`,
        ]
      : [];
  return [
    `${palette.strong(placeOf(place, image))}  ${paint(countedByScanSeverity(lines))}`,
    ...frame,
    ...via,
    ...unsure,
    ...rows.map(({ severity, name, ids }) =>
      `${indentation}${palette[ourSeverity[severity]](severity.padEnd(8))}  ${printable(name).padEnd(width)}  ${palette.dim(printable(ids))}`.trimEnd(),
    ),
    ...[...fixes.keys()].map(
      title =>
        `${indentation}${palette.good('fix:')} ${printable(title)} ${palette.dim(`(${ways.suggestion})`)}`,
    ),
    '',
  ].join('\n');
}

/** Those of one place together. */
function byPlace(lines: readonly ScanLine[]): ScanLine[][] {
  const places = new Map<string, ScanLine[]>();
  for (const line of lines) places.set(line.place.key, [...(places.get(line.place.key) ?? []), line]);
  return [...places.values()];
}

/** Empty where nothing was found. */
export const scanText = (images: readonly ScannedImage[], style: ScanStyle): string =>
  images.flatMap(image => byPlace(image.scan.lines).map(lines => block(lines, image, style))).join('\n');

function summaryOf({ image, by, scan }: ScannedImage, { palette }: Style): string {
  const { lines, notes } = scan;
  const fixable = lines.reduce((sum, line) => sum + line.fixable, 0);
  const found =
    lines.length === 0
      ? `${palette.good('nothing to show')}.`
      : `${palette.strong(countedByScanSeverity(lines))}.${fixable > 0 ? ` Newer versions are without ${fixable} of them.` : ''}`;
  const rest = notShown(scan);
  return [
    `${printable(image)} (${printable(by)}): ${found}${rest.length > 0 ? ` Not shown: ${rest.join(', ')}.` : ''}`,
    ...notes.map(note => palette.dim(printable(note))),
    '',
  ].join('\n');
}

export const scanSummary = (images: readonly ScannedImage[], style: Style): string =>
  images.map(image => summaryOf(image, style)).join('');
