// The scan for programs: JSON, version 1. Lines and characters are zero-based.
import type { ScanLine } from '../scan/scan.ts';
import type { Span } from '../text/span.ts';
import type { ScannedImage } from './scan-image.ts';

const rangeOf = ({ source }: ScannedImage, span: Span | null) =>
  span && source && { start: source.lines.positionAt(span.start), end: source.lines.positionAt(span.end) };

const lineOf = (
  image: ScannedImage,
  { place, severity, message, packages, mistakes, fixes, ...counts }: ScanLine,
) => ({
  place: {
    label: place.label,
    range: rangeOf(image, place.span),
    via: rangeOf(image, place.via?.span ?? null),
    sure: place.isSure,
  },
  severity,
  count: counts.count,
  fixable: counts.fixable,
  message,
  packages: packages.map(({ name, installed, fixed, vulnerabilities }) => ({
    name,
    installed,
    fixed,
    vulnerabilities: vulnerabilities.map(({ id, title, url, fixed: own, status, path }) => ({
      id,
      title,
      url,
      fixed: own,
      status,
      path,
    })),
  })),
  mistakes: mistakes.map(({ kind, id, title, url, path }) => ({ kind, id, title, url, path })),
  fixes: fixes.map(({ title, safety, edits }) => ({
    title,
    safety,
    edits: edits.map(({ span, text }) => ({ range: rangeOf(image, span), newText: text })),
  })),
});

export function scanJson(images: readonly ScannedImage[]): string {
  const report = {
    version: 1,
    images: images.map(each => ({
      image: each.image,
      scanner: each.by,
      file: each.source?.path ?? null,
      lines: each.scan.lines.map(line => lineOf(each, line)),
      accepted: each.scan.filtered.ignored.map(({ vulnerability, by }) => ({
        id: vulnerability.id,
        package: vulnerability.package,
        reason: by.reason,
        from: by.from,
      })),
      filteredOut: each.scan.filtered.hidden,
      notes: each.scan.notes,
    })),
  };
  return `${JSON.stringify(report)}\n`;
}
