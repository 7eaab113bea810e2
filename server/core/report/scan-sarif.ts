// The scan for code scanning: a result for each vulnerability of each package, at the line that brought it.
import type { Finding } from '../engine/finding.ts';
import type { ScanSeverity, Vulnerability } from '../scan/model.ts';
import type { ScanLine } from '../scan/scan.ts';
import { packageTitle } from '../scan/words.ts';
import { span } from '../text/span.ts';
import type { ReportFile } from './report-file.ts';
import { sarifReport } from './sarif.ts';
import { ourSeverity, type ScannedImage } from './scan-image.ts';

/** In the middle of what code scanning takes for each. */
const scores: Readonly<Record<ScanSeverity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  unknown: '0.0',
};

function findingsOf({ place, severity, packages, mistakes, fixes }: ScanLine, image: string): Finding[] {
  const base = {
    messageId: 'scan',
    severity: ourSeverity[severity],
    span: place.span ?? span(0, 0),
    related: place.via ? [{ span: place.via.span, message: 'It came into the image here.' }] : [],
    equivalents: [],
  };
  const said = (id: string, message: string): Finding => ({ ...base, rule: id, message, fixes: [] });
  const findings = [
    ...packages.flatMap(each =>
      each.vulnerabilities.map(({ id, title, fixed }) =>
        said(
          id,
          `${packageTitle(each)} in ${image}${title === null ? '' : `: ${title}`}.${fixed === null ? '' : ` Fixed in ${fixed}.`}`,
        ),
      ),
    ),
    ...mistakes.map(({ id, title, path }) =>
      said(id, `${title || id}${path === null ? '' : ` in ${path}`}.`),
    ),
  ];
  const [first, ...others] = findings;
  return first === undefined ? [] : [{ ...first, fixes }, ...others];
}

/** An image without a file stands for itself. */
const fileOf = ({ image, source, scan }: ScannedImage): ReportFile => ({
  path: source?.path ?? image,
  language: 'dockerfile',
  text: source?.text ?? '',
  findings: scan.lines.flatMap(line => findingsOf(line, image)),
  suppressed: [],
  sensitive: source?.sensitive ?? [],
});

const descriptorOf = ({ id, title, url, severity }: Vulnerability): object => ({
  id,
  shortDescription: { text: title ?? id },
  ...(url === null ? {} : { helpUri: url }),
  properties: { tags: ['security', 'vulnerability'], 'security-severity': scores[severity] },
});

export function scanSarif(images: readonly ScannedImage[], version: string): string {
  const known = new Map(
    images.flatMap(({ scan }) =>
      scan.lines.flatMap(({ packages }) =>
        packages.flatMap(({ vulnerabilities }) => vulnerabilities.map(each => [each.id, each] as const)),
      ),
    ),
  );
  return sarifReport(images.map(fileOf), {
    version,
    info: () => undefined,
    descriptor: rule => {
      const vulnerability = known.get(rule);
      return vulnerability && descriptorOf(vulnerability);
    },
  });
}
