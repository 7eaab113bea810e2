// `bulkhead fix`: repairs files, prints standard input repaired, or shows what it would do.
import type { Safety } from '../core/engine/finding.ts';
import { type LookupReach, lookupReaches } from '../core/engine/package-versions.ts';
import { fixReport, fixSummary } from '../core/report/fix-text.ts';
import { paintDiff } from '../core/report/patch.ts';
import { textReport } from '../core/report/text.ts';
import { rememberVersions, type VersionSource, versionsOnDemand } from '../host/versions.ts';
import { draftsOver } from '../node/drafts.ts';
import { FileProblem } from '../node/file-problem.ts';
import { diskFiles } from '../node/files.ts';
import { rememberedFiles } from '../node/remembered.ts';
import { versionFinder } from '../node/versions/finder.ts';
import { command } from './command.ts';
import { flag } from './flags.ts';
import { isStandardInput, readInputs } from './inputs.ts';
import { type Repaired, repair } from './repair.ts';
import { deliver, reportIn, reportStyle, styleOf } from './reports.ts';
import { filesWith } from './services.ts';
import {
  configurationFiles,
  exitCodeOf,
  notExcluded,
  openSession,
  sessionFlags,
  tellUnknownTarget,
} from './session.ts';
import { type Terminal, tell } from './terminal.ts';

/** What stands in the way of a version is said once, for however many files. */
function versionsFor(reach: LookupReach | undefined, terminal: Terminal): VersionSource | null {
  if (reach === undefined) return null;
  const told = new Set<string>();
  return versionsOnDemand(
    rememberVersions(versionFinder([process.cwd()])),
    reach,
    ({ problems, needsNetwork }) => {
      const hint = needsNetwork ? ['With --pin-packages network an index is fetched first.'] : [];
      for (const problem of [...problems, ...hint]) if (!told.has(problem)) tell(terminal, problem);
      for (const problem of [...problems, ...hint]) told.add(problem);
    },
  );
}

export const fixCommand = command(
  {
    name: 'fix',
    operands: '[PATH...]',
    summary: 'Repair Dockerfiles and Compose files',
    notes: `\
Applies the safe fixes, and with --unsafe those that may change content or behaviour; what needs a choice is left
to the editor, but for the versions of packages, which --pin-packages looks up with the docker, podman or nerdctl in
PATH in a container of the base image, where this machine has it. A PATH is what it is for bulkhead lint. With - the repaired text is printed. When the printed text
or patch takes standard output, the report goes to standard error.

With --service only that service of the Compose files is repaired, also by the rules of bulkhead report that the
profile leaves out; what it shares with others through an anchor changes for them too, and that is said.

Exit codes: 0 nothing left at or above --fail-on, 1 findings left, 2 the run itself failed.`,
    flags: {
      unsafe: flag.switch('Also fixes that may change content or behaviour'),
      'pin-packages': flag.choice(
        lookupReaches,
        'Also pin packages to what their base image offers: by the indexes that images of this machine hold, or by those that their containers fetch from the network',
      ),
      service: flag.value('NAME', 'Harden this service of the Compose files, and nothing else'),
      'dry-run': flag.switch('Write nothing; print the changes as a patch'),
      ...sessionFlags,
    },
  },
  async ({ flags, operands }, terminal) => {
    const drafts = draftsOver(rememberedFiles(diskFiles));
    const versions = versionsFor(flags['pin-packages'], terminal);
    const session = await openSession(flags, drafts, versions);
    const { inputs, problems: unread } = await readInputs(operands, flags['stdin-filename'], terminal);
    tellUnknownTarget(flags, inputs, terminal);
    const service = flags.service ?? null;
    const chosen = service === null ? inputs : filesWith(inputs, [service]);
    const isDry = flags['dry-run'];
    const isText = isStandardInput(operands);
    const upTo: Safety = flags.unsafe ? 'unsafe' : 'safe';
    const into = isDry ? 'patch' : isText ? 'text' : 'disk';

    const problems = [...unread];
    const repaired: Repaired[] = [];
    // One after the other: two files may bring along a change of the same third one.
    for (const input of await notExcluded(session, chosen)) {
      try {
        repaired.push(await repair(session, drafts, input, { upTo, into, pins: versions !== null, service }));
      } catch (error) {
        if (!(error instanceof FileProblem)) throw error;
        problems.push(error.message);
      }
    }
    for (const problem of problems) tell(terminal, problem);
    if (inputs.length === 0) return 2;

    for (const { patch, file } of repaired) {
      if (isDry) terminal.out(paintDiff(patch, styleOf(flags.color, terminal)));
      else if (isText) terminal.out(file.text);
    }
    const misconfigured = configurationFiles(repaired.map(({ configuration }) => configuration));
    const style = reportStyle(flags, terminal);
    const text = (): string =>
      [
        fixReport(repaired, { upTo, isDry }, style),
        textReport(misconfigured, style),
        flags.quiet ? '' : fixSummary(repaired, { upTo, isDry }, style),
      ]
        .filter(part => part !== '')
        .join('\n');
    const print = into === 'disk' ? terminal.out : terminal.err;
    const files = [...repaired.map(({ file }) => file), ...misconfigured];
    await deliver(reportIn(flags.format, files, session.catalogue, text), flags.output, print);
    return exitCodeOf(repaired, problems);
  },
);
