// `bulkhead report`: whether services and images are ready for production, line by line.
import { readingRules } from '../core/checklist/lines.ts';
import { parse } from '../core/engine/language.ts';
import type { ChecklistFile } from '../core/report/checklist-file.ts';
import { checklistJson } from '../core/report/checklist-json.ts';
import { checklistMarkdown } from '../core/report/checklist-markdown.ts';
import { checklistSummary, checklistText } from '../core/report/checklist-text.ts';
import { textReport } from '../core/report/text.ts';
import type { Location } from '../host/files.ts';
import { productionOf } from '../host/production.ts';
import { diskFiles } from '../node/files.ts';
import { rememberedFiles } from '../node/remembered.ts';
import { filesAtOnce, mapBounded } from './bounded.ts';
import { command } from './command.ts';
import { flag } from './flags.ts';
import { type Input, readInputs } from './inputs.ts';
import { deliver, outputFlags, reportStyle } from './reports.ts';
import { filesWith } from './services.ts';
import {
  type Configured,
  commonFlags,
  configurationFiles,
  exitCodeOf,
  notExcluded,
  openSession,
  type Session,
  setFlag,
  shownPath,
  tellUnknownTarget,
} from './session.ts';
import { type Terminal, tell } from './terminal.ts';

interface Reported extends Configured {
  readonly input: Input;
  readonly list: ChecklistFile;
}

/** What counts for the exit code: all that fails, wherever it stands. */
function fileOf(input: Input, { production }: ChecklistFile): Configured['file'] {
  const { checked, lists } = production;
  const failing = lists
    .flatMap(({ checklist }) => checklist.items)
    .flatMap(({ evidence }) => evidence)
    .filter(({ accepted }) => accepted === null)
    .map(({ finding }) => finding);
  const problems = checked.findings.filter(({ rule }) => readingRules.includes(rule));
  const { path, text, language } = input;
  const { sensitive } = checked;
  return { path, language, text, findings: [...problems, ...failing], suppressed: [], sensitive };
}

async function reportOn(
  { project, catalogue }: Session,
  input: Input,
  services: readonly string[],
): Promise<Reported> {
  const configuration = await project.configuration(input.location);
  const model = parse(input.text, input.language, configuration.settings.target);
  const isWanted = (name: string): boolean => services.length === 0 || services.includes(name);
  const production = await productionOf(project, catalogue, input, model, isWanted);
  const pathOf = (location: Location): string =>
    location === input.location ? input.path : shownPath(location);
  const list = { production, pathOf };
  return { configuration, list, input, file: fileOf(input, list) };
}

/** A Dockerfile that was found on the way is reported on with the service that is built from it. */
function withoutDoubles(reported: readonly Reported[], operands: readonly string[]): Reported[] {
  const behind = new Set(
    reported.flatMap(({ list }) => list.production.lists.map(each => each.behind?.location)),
  );
  return reported.filter(({ input }) => !behind.has(input.location) || operands.includes(input.path));
}

function tellFormats(
  format: string | undefined,
  lists: readonly ChecklistFile[],
  text: () => string,
): string {
  if (format === 'json') return checklistJson(lists);
  return format === 'markdown' ? checklistMarkdown(lists) : text();
}

export const reportCommand = command(
  {
    name: 'report',
    operands: '[PATH...]',
    summary: 'Report whether services and images are ready for production',
    notes: `\
A checklist for each service of a Compose file, with the Dockerfile that it is built from, and for each Dockerfile
that no service is built from. A line passed, failed, was accepted by a comment or the configuration, or is not known.
It rests on the rules that its findings name; they run whatever the profile. A PATH is what it is for bulkhead lint.

Exit codes: 0 nothing failed at or above --fail-on, 1 something did, 2 the run itself failed.`,
    flags: {
      format: flag.choice(['text', 'markdown', 'json'], 'The form of the report; default text'),
      service: flag.values('NAME', 'Only this service; may be repeated'),
      ...outputFlags,
      ...setFlag,
      ...commonFlags,
    },
  },
  async ({ flags, operands }, terminal: Terminal) => {
    const session = await openSession(flags, rememberedFiles(diskFiles));
    const { inputs, problems } = await readInputs(operands, flags['stdin-filename'], terminal);
    for (const problem of problems) tell(terminal, problem);
    tellUnknownTarget(flags, inputs, terminal);
    if (inputs.length === 0) return 2;
    const chosen = flags.service.length > 0 ? filesWith(inputs, flags.service) : inputs;

    const all = await mapBounded(await notExcluded(session, chosen), filesAtOnce, input =>
      reportOn(session, input, flags.service),
    );
    const reported = withoutDoubles(all, operands);
    const lists = reported.map(({ list }) => list);
    const misconfigured = configurationFiles(reported.map(({ configuration }) => configuration));
    const style = reportStyle(flags, terminal);
    const text = (): string =>
      [
        checklistText(lists, style),
        textReport(misconfigured, style),
        flags.quiet ? '' : checklistSummary(lists, style),
      ]
        .filter(part => part !== '')
        .join('\n');
    await deliver(tellFormats(flags.format, lists, text), flags.output, terminal.out);
    return exitCodeOf(reported, problems);
  },
);
