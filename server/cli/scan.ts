// `bulkhead scan`: what a scanner finds in images, at the lines of the files that they are built from or named in.
import type { ScanConfig } from '../core/engine/config/scan.ts';
import type { ScanProblem } from '../core/protocol/messages.ts';
import { sourceOf } from '../core/report/report-file.ts';
import type { ScannedImage } from '../core/report/scan-image.ts';
import { scanJson } from '../core/report/scan-json.ts';
import { scanSarif } from '../core/report/scan-sarif.ts';
import { scanSummary, scanText } from '../core/report/scan-text.ts';
import { isAtLeast, isForAll, type Obstacle } from '../core/scan/model.ts';
import { readReport } from '../core/scan/read-report.ts';
import { type ScanContext, type ScannedPlan, type ScanPlan, scannedPlan } from '../host/scanning.ts';
import { diskFiles, locationOf } from '../node/files.ts';
import { rememberedFiles } from '../node/remembered.ts';
import { scanImage } from '../node/scanners/run.ts';
import { command, type ExitCode } from './command.ts';
import { deliver, reportStyle } from './reports.ts';
import { defaultFailOn, type Read, readGiven, type ScanFlags, scanFlags } from './scan-flags.ts';
import { plansFor } from './scan-plans.ts';
import { openSession, shownPath } from './session.ts';
import { withSignal } from './signals.ts';
import { type Terminal, tell } from './terminal.ts';
import { version } from './version.ts';

/** What a flag can do about it. */
const hints: Readonly<Record<Obstacle, string>> = {
  'no scanner': ' A report that was written elsewhere is read with --report.',
  'no database': ' With --update-db the scanner fetches it.',
  'no image': ' With --remote it is scanned in its registry.',
  cancelled: '',
  other: '',
};

async function scanNow(
  image: string,
  flags: ScanFlags,
  onStart: () => void,
  signal: AbortSignal,
): Promise<Read | ScanProblem> {
  const answer = await scanImage({
    image,
    scanner: flags.scanner ?? (flags.server === undefined ? null : 'trivy'),
    program: flags['scanner-path'] ?? null,
    server: flags.server ?? null,
    mayUpdate: flags['update-db'],
    isRemote: flags.remote,
    projects: [locationOf('.')],
    onStart,
    signal,
  });
  if ('problem' in answer) return { text: `${answer.problem}${hints[answer.kind]}`, kind: answer.kind };
  const read = readReport(answer.text);
  if ('problem' in read) return { text: `${image}: ${read.problem}`, kind: 'other' };
  return { report: read.report, by: answer.by };
}

function configOf(flags: ScanFlags): ScanConfig {
  return {
    ...(flags.severity ? { severity: flags.severity } : {}),
    ...(flags['fixable-only'] ? { fixableOnly: true } : {}),
    ...(flags['fail-on'] ? { failOn: flags['fail-on'] } : {}),
    ...(flags.vex.length > 0 ? { vex: flags.vex.map(file => locationOf(file)) } : {}),
  };
}

function scannedImage(plan: ScanPlan, { by }: Read, { scan }: ScannedPlan): ScannedImage {
  const { document, image } = plan;
  if (document === null) return { image, by, scan, source: null };
  const { language, text } = document;
  const file = {
    path: shownPath(document.location),
    language,
    text,
    findings: [],
    suppressed: [],
    sensitive: [],
  };
  return { image, by, scan, source: sourceOf(file) };
}

const fails = ({ scan, failOn }: ScannedPlan): boolean => {
  const least = failOn ?? defaultFailOn;
  return least !== 'never' && scan.lines.some(({ severity }) => isAtLeast(severity, least));
};

interface Outcome {
  readonly images: readonly ScannedImage[];
  readonly code: ExitCode;
}

/** One image after the other: a scanner takes all of a machine, and locks its cache. */
async function scanAll(
  plans: readonly ScanPlan[],
  given: ReadonlyMap<ScanPlan, Read>,
  context: ScanContext,
  flags: ScanFlags,
  terminal: Terminal,
): Promise<Outcome> {
  const images: ScannedImage[] = [];
  let code: ExitCode = 0;
  await withSignal(async signal => {
    for (const plan of plans) {
      const start = (): void => {
        if (!flags.quiet) tell(terminal, `Scanning ${plan.image}.`);
      };
      const read = given.get(plan) ?? (await scanNow(plan.image, flags, start, signal));
      if ('kind' in read) {
        tell(terminal, read.text);
        code = 2;
        if (isForAll(read.kind)) return;
        continue;
      }
      const scanned = await scannedPlan(context, plan, read.report);
      images.push(scannedImage(plan, read, scanned));
      if (code === 0 && fails(scanned)) code = 1;
    }
  });
  return { images, code };
}

export const scanCommand = command(
  {
    name: 'scan',
    operands: '[IMAGE|FILE|DIR...]',
    summary: 'Scan images for vulnerabilities, at the lines that bring them',
    notes: `\
An operand is a Dockerfile (or with --base what it starts from), a Compose file, a folder with one of them (., ./app), or else the
name of an image. The scanner is one of this machine: Trivy, Grype, or Docker Scout where it is named. It reads images that a container engine has, by a database
that it has; nothing is fetched without --remote or --update-db.

Exit codes: 0 nothing at or above --fail-on, 1 something is, 2 an image could not be scanned.`,
    flags: scanFlags,
  },
  async ({ flags, operands }, terminal) => {
    const files = rememberedFiles(diskFiles);
    const { target, config, 'no-config': noConfig } = flags;
    const session = await openSession(
      { target, config, 'no-config': noConfig, 'fail-on': undefined, 'stdin-filename': undefined },
      files,
    );
    const reports: Read[] = [];
    for (const file of flags.report) reports.push(await readGiven(file));
    const { plans, given } = await plansFor({ ...session, files, flags, operands, reports });
    const context: ScanContext = {
      ...session,
      files,
      today: new Date().toISOString().slice(0, 10),
      above: configOf(flags),
      home: locationOf('Dockerfile'),
    };
    const { images, code } = await scanAll(plans, given, context, flags, terminal);
    const style = { ...reportStyle(flags, terminal), hasDetails: flags.details };
    const text = (): string =>
      [scanText(images, style), flags.quiet ? '' : scanSummary(images, style)]
        .filter(part => part !== '')
        .join('\n');
    const report =
      flags.format === 'json'
        ? scanJson(images)
        : flags.format === 'sarif'
          ? scanSarif(images, version)
          : text();
    if (images.length > 0 || code === 0) await deliver(report, flags.output, terminal.out);
    return code;
  },
);
