// `bulkhead size`: what makes an image large, by the lines that bring it, and whether it keeps its budget.
import type { Budget } from '../core/image/budget.ts';
import { compare } from '../core/image/compare.ts';
import { needlessPlaces } from '../core/image/places.ts';
import { type Inspected, type SizeReport, sizeReport } from '../core/image/report.ts';
import { comparisonJson, sizeCsv, sizeJson } from '../core/report/size-json.ts';
import { sizeMarkdown } from '../core/report/size-markdown.ts';
import { comparisonText, sizeText } from '../core/report/size-text.ts';
import { textReport } from '../core/report/text.ts';
import { parseLimit } from '../core/text/bytes.ts';
import { engineNames } from '../node/engines.ts';
import { diskFiles, locationOf } from '../node/files.ts';
import type { FoundImage } from '../node/image/engine-images.ts';
import { kindOfFile } from '../node/image/files.ts';
import { Images } from '../node/image/images.ts';
import { readRemoteImage } from '../node/image/registry-image.ts';
import { rememberedFiles } from '../node/remembered.ts';
import type { Arguments } from './arguments.ts';
import { command } from './command.ts';
import { Failure } from './failure.ts';
import { flag } from './flags.ts';
import { deliver, outputFlags, reportStyle } from './reports.ts';
import { commonFlags, configurationFiles, exitCodeOf, openSession } from './session.ts';
import { type DockerfileSource, dockerfileAt, readSource, told } from './size-subject.ts';
import { tell } from './terminal.ts';

const { target, config, 'no-config': noConfig } = commonFlags;

const flags = {
  format: flag.choice(['text', 'json', 'csv', 'markdown'], 'The form of the report; default text'),
  image: flag.value('NAME', 'The image that was built from the Dockerfile; found by its steps by default'),
  file: flag.value('DOCKERFILE', 'The Dockerfile that IMAGE was built from', 'f'),
  compare: flag.value('OTHER', 'Another image, archive or folder to compare with: how it was before'),
  budget: flag.value('SIZE', 'How large the image may be: 200MB'),
  'layer-budget': flag.value('SIZE', 'How much one instruction may add: 80MB'),
  'wasted-budget': flag.value('SIZE', 'How much may be gone in the end: 10MB, or 5% of the image'),
  remote: flag.switch('Read images in their registries, although the machine may have them'),
  'engine-name': flag.choice(engineNames, 'The engine that has the image; the first that has it by default'),
  target,
  config,
  'no-config': noConfig,
  output: outputFlags.output,
  color: outputFlags.color,
};

type SizeFlags = Arguments<typeof flags>['flags'];

function limitGiven(name: 'budget' | 'layer-budget' | 'wasted-budget', given: SizeFlags) {
  const text = given[name];
  if (text === undefined) return undefined;
  const isWasted = name === 'wasted-budget';
  const limit = parseLimit(text, isWasted);
  if (limit === null)
    throw new Failure(
      `--${name} is a size such as 200MB${isWasted ? ', or a share such as 5%' : ''}, not ${JSON.stringify(text)}.`,
    );
  return limit;
}

function budgetOf(given: SizeFlags, configured: Budget): Budget {
  const above = {
    budget: limitGiven('budget', given),
    layer: limitGiven('layer-budget', given),
    wasted: limitGiven('wasted-budget', given),
  };
  const stated = Object.entries(above).filter(([, limit]) => limit !== undefined);
  return { ...configured, ...Object.fromEntries(stated) };
}

function render(
  given: SizeFlags,
  report: SizeReport,
  before: SizeReport | null,
  source: DockerfileSource | null,
  text: () => string,
): string {
  const file = source?.path ?? null;
  switch (given.format) {
    case 'json':
      return before ? comparisonJson(before, report, compare(before, report), file) : sizeJson(report, file);
    case 'csv':
      return sizeCsv(report);
    case 'markdown':
      return sizeMarkdown(report, source);
    default:
      return text();
  }
}

function foundText({ image, created, changed, engine }: FoundImage, path: string): string {
  const since =
    changed === 0
      ? ''
      : ` Since then ${changed} of its instructions have changed: their layers have no line.`;
  return `${path} is taken for the source of ${image} in ${engine.name}, of ${created}.${since} --image names another one.`;
}

/** Ctrl+C ends the engine that is asked, with all it has started. */
async function stoppable<Result>(act: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop);
  try {
    return await act(stopping.signal);
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

export const sizeCommand = command(
  {
    name: 'size',
    operands: '[IMAGE|DOCKERFILE|ARCHIVE|FOLDER]',
    summary: 'Show what makes an image large, by the lines that bring it',
    notes: `\
For each instruction what it adds, changes and removes, what of it is gone in the end and stays in the image all the
same, the largest files and folders, what was left over, and the efficiency as dive defines it.
IMAGE is read from docker, podman or nerdctl, with --remote from its registry; ARCHIVE is what \`docker save\` writes, FOLDER a layout of the OCI. For a
Dockerfile, by default the one here, it is the newest image whose steps are its instructions.
The budgets of .bulkhead.yaml hold (size: budget, layer, wasted), and those of the flags above them.

Exit codes: 0 within the budget, 1 beyond it, 2 the run itself failed.`,
    flags,
  },
  async ({ flags: given, operands }, terminal) => {
    const [operand, ...more] = operands;
    if (more.length > 0) throw new Failure('size looks at one image. --compare names a second one.');
    const subject = operand ?? (given.image === undefined ? '.' : null);
    const own = subject === null ? null : await dockerfileAt(subject);
    const dockerfile = given.file ?? own;
    const image = given.image ?? (own === null ? subject : null);
    if (image === '.') throw new Failure('There is no Dockerfile here. Name one, or an image.');
    const { project } = await openSession(
      {
        target: given.target,
        config: given.config,
        'no-config': given['no-config'],
        'fail-on': undefined,
        'stdin-filename': undefined,
      },
      rememberedFiles(diskFiles),
    );
    const configuration = await project.configuration(locationOf(dockerfile ?? 'Dockerfile'));
    const budget = budgetOf(given, configuration.size);
    const source = dockerfile === null ? null : await readSource(dockerfile, configuration.settings.target);

    const [report, before] = await told(given.remote, () =>
      stoppable(async signal => {
        const images = new Images({ projects: [], only: given['engine-name'], signal });
        if (given.remote && image === null)
          throw new Failure('--remote needs the name of the image: --image NAME, or bulkhead size NAME.');
        const found = image === null && source !== null ? await images.builtFrom(source) : null;
        const read = (name: string): Promise<Inspected> =>
          given.remote ? readRemoteImage(name, { projects: [], signal }) : images.named(name, source);
        const readOther = async (name: string): Promise<Inspected> =>
          (await kindOfFile(name).catch(() => null)) === null ? read(name) : images.named(name, null);
        if (found && source) tell(terminal, foundText(found, source.path));
        const inspected = found ? await images.fromEngine(found.image, source) : await read(image ?? '');
        const other = given.compare === undefined ? null : await readOther(given.compare);
        return [
          sizeReport(inspected, source?.model ?? null, needlessPlaces, budget),
          other && sizeReport(other, null, needlessPlaces),
        ] as const;
      }),
    );

    const style = reportStyle(given, terminal);
    const text = (): string =>
      [
        sizeText(report, source, style),
        ...(before ? ['\n', comparisonText(before, report, compare(before, report), style)] : []),
        textReport(configurationFiles([configuration]), style),
      ].join('');
    await deliver(render(given, report, before, source, text), given.output, terminal.out);
    for (const { message } of given.format === undefined || given.format === 'text' ? [] : report.excesses)
      tell(terminal, message);
    if (report.excesses.length > 0) return 1;
    return exitCodeOf([{ configuration, file: emptyFile(source) }], []);
  },
);

const emptyFile = (source: DockerfileSource | null) => ({
  path: source?.path ?? '',
  language: 'dockerfile' as const,
  text: '',
  findings: [],
  suppressed: [],
  sensitive: [],
});
