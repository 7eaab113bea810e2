// Reports: the flags that choose one, and the way from findings to a stream or a file.
import { writeFile } from 'node:fs/promises';
import type { Catalogue } from '../core/engine/catalogue.ts';
import { githubReport } from '../core/report/github.ts';
import { jsonReport } from '../core/report/json.ts';
import { colorPalette, plainPalette } from '../core/report/palette.ts';
import type { ReportFile } from '../core/report/report-file.ts';
import { sarifReport } from '../core/report/sarif.ts';
import type { Style } from '../core/report/style.ts';
import { reasonOf } from '../node/text-file.ts';
import type { Arguments } from './arguments.ts';
import { Failure } from './failure.ts';
import { flag } from './flags.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

export const colorFlag = {
  color: flag.choice(
    ['auto', 'always', 'never'],
    'Colours; auto asks the terminal, NO_COLOR and FORCE_COLOR',
  ),
};

export const outputFlags = {
  output: flag.value('FILE', 'Write the report to a file', 'o'),
  quiet: flag.switch('Findings only, no summary', 'q'),
  ...colorFlag,
};

export const reportFlags = {
  format: flag.choice(['text', 'json', 'sarif', 'github'], 'The form of the report; default text'),
  ...outputFlags,
};

export type ReportFlags = Arguments<typeof reportFlags>['flags'];
export type Format = NonNullable<ReportFlags['format']>;

export function styleOf(color: Arguments<typeof colorFlag>['flags']['color'], terminal: Terminal): Style {
  const hasColors = color === 'always' || (color !== 'never' && terminal.hasColors);
  return { palette: hasColors ? colorPalette : plainPalette, width: terminal.width };
}

/** A file is no terminal: it gets colours only where they are asked for. */
export const reportStyle = (
  { color, output }: Pick<ReportFlags, 'color' | 'output'>,
  terminal: Terminal,
): Style => styleOf(output !== undefined && color !== 'always' ? 'never' : color, terminal);

const programReports: Readonly<
  Record<Exclude<Format, 'text'>, (files: readonly ReportFile[], catalogue: Catalogue) => string>
> = {
  json: jsonReport,
  sarif: (files, catalogue) => sarifReport(files, { version, info: catalogue.info }),
  github: githubReport,
};

/** `text` makes the report for people. */
export const reportIn = (
  format: Format | undefined,
  files: readonly ReportFile[],
  catalogue: Catalogue,
  text: () => string,
): string => (format === undefined || format === 'text' ? text() : programReports[format](files, catalogue));

export async function deliver(
  report: string,
  output: string | undefined,
  print: (text: string) => void,
): Promise<void> {
  if (output === undefined) return print(report);
  try {
    await writeFile(output, report);
  } catch (error) {
    throw new Failure(`${output} ${reasonOf(error)}. Choose another place for the report.`);
  }
}
