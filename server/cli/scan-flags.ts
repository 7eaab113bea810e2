// The flags of `bulkhead scan`, and the reports that they name.
import { readFile } from 'node:fs/promises';
import { scanFailOnWords, scanSeverities } from '../core/engine/config/scan.ts';
import { type ScanReport, scannerNames, scannerTitles } from '../core/scan/model.ts';
import { readReport } from '../core/scan/read-report.ts';
import { decode, reasonOf } from '../node/text-file.ts';
import type { Arguments } from './arguments.ts';
import { Failure } from './failure.ts';
import { flag } from './flags.ts';
import { outputFlags } from './reports.ts';
import { commonFlags } from './session.ts';

export const defaultFailOn = 'high';

export const scanFlags = {
  image: flag.value(
    'IMAGE',
    'The image that was built from the Dockerfile; by default the newest here that was',
  ),
  base: flag.switch('The images that the stages of the Dockerfile start from'),
  service: flag.values('NAME', 'Only this service of the Compose file; may be repeated'),
  report: flag.values('FILE', 'A report that was written before, instead of a scan; may be repeated'),
  scanner: flag.choice(scannerNames, 'The scanner; by default Trivy, or Grype where there is none'),
  'scanner-path': flag.value('FILE', 'This program of it'),
  server: flag.value('URL', 'A server of Trivy that has the database'),
  remote: flag.switch('Scan images in their registries, although the machine may have them'),
  'update-db': flag.switch('Let the scanner fetch a newer database first'),
  severity: flag.choice(scanSeverities, 'The least severity that is shown; all by default'),
  'fixable-only': flag.switch('Only what a newer version is without'),
  vex: flag.values('FILE', 'What does no harm here, as OpenVEX or CycloneDX; may be repeated'),
  details: flag.switch('Every package and every vulnerability'),
  format: flag.choice(['text', 'json', 'sarif'], 'The form of the report; default text'),
  ...outputFlags,
  'fail-on': flag.choice(
    scanFailOnWords,
    `The severity from which the exit code is 1; default ${defaultFailOn}`,
  ),
  target: commonFlags.target,
  config: commonFlags.config,
  'no-config': commonFlags['no-config'],
};

export type ScanFlags = Arguments<typeof scanFlags>['flags'];

/** A report, and who wrote it. */
export interface Read {
  readonly report: ScanReport;
  readonly by: string;
}

/** Reports are long: no bound but that of a text. */
async function textOf(file: string): Promise<string> {
  try {
    return decode(await readFile(file)).text;
  } catch (error) {
    throw new Failure(`${file} ${reasonOf(error)}. Name a report of a scanner.`);
  }
}

export async function readGiven(file: string): Promise<Read> {
  const result = readReport(await textOf(file));
  if ('problem' in result) throw new Failure(`${file}: ${result.problem}`);
  const { scanner, version: own } = result.report;
  return { report: result.report, by: `${scannerTitles[scanner]}${own === null ? '' : ` ${own}`}` };
}
