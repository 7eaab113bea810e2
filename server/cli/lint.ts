// `bulkhead lint`: findings of files, folders, globs or standard input.
import { textReport, textSummary } from '../core/report/text.ts';
import { lintDocument } from '../host/check.ts';
import { diskFiles } from '../node/files.ts';
import { rememberedFiles } from '../node/remembered.ts';
import { filesAtOnce, mapBounded } from './bounded.ts';
import { command } from './command.ts';
import { withIncluded } from './included.ts';
import { placesOf, readInputs } from './inputs.ts';
import { deliver, reportIn, reportStyle } from './reports.ts';
import {
  configurationFiles,
  exitCodeOf,
  notExcluded,
  openSession,
  sessionFlags,
  tellUnknownTarget,
} from './session.ts';
import { tell } from './terminal.ts';

export const lintCommand = command(
  {
    name: 'lint',
    operands: '[PATH...]',
    summary: 'Report what makes Dockerfiles and Compose files weak',
    notes: `\
A PATH is a file, a folder, a glob or - for standard input; without one it is the current folder. Folders are
walked for Dockerfiles and Compose files that .gitignore does not name, and files that these include are read as
well. A file that is named is always read: *.yaml and *.yml as Compose files, all others as Dockerfiles, unless
their names say more.

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 the run itself failed.`,
    flags: sessionFlags,
  },
  async ({ flags, operands }, terminal) => {
    const session = await openSession(flags, rememberedFiles(diskFiles));
    const { catalogue, project } = session;
    const { inputs, problems } = await readInputs(operands, flags['stdin-filename'], terminal);
    for (const problem of problems) tell(terminal, problem);
    tellUnknownTarget(flags, inputs, terminal);
    if (inputs.length === 0) return 2;

    const read = await withIncluded(inputs, placesOf(operands));
    const checked = await mapBounded(await notExcluded(session, read), filesAtOnce, async input => {
      const { path, language, text, included } = input;
      const linted = await lintDocument(project, catalogue, input);
      const { suppressed, sensitive } = linted;
      const findings = linted.findings.filter(({ rule }) => !included || rule !== 'compose-undefined-name');
      return {
        configuration: await project.configuration(input.location),
        file: { path, language, text, findings, suppressed, sensitive },
      };
    });
    const files = [
      ...checked.map(({ file }) => file),
      ...configurationFiles(checked.map(({ configuration }) => configuration)),
    ];
    const style = reportStyle(flags, terminal);
    const text = (): string =>
      [textReport(files, style), flags.quiet ? '' : textSummary(files, style)]
        .filter(part => part !== '')
        .join('\n');
    await deliver(reportIn(flags.format, files, catalogue, text), flags.output, terminal.out);
    return exitCodeOf(checked, problems);
  },
);
