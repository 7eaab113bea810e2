// `bulkhead build`: builds an image with the engine of this machine, and tells what is wrong at the line that is wrong.
import { contextText, largeContext } from '../core/build/context-text.ts';
import type { Outcome } from '../core/build/outcome.ts';
import type { BuildProblem as Placed } from '../core/build/placing.ts';
import {
  type BuildReport,
  buildJson,
  buildSummary,
  builtFile,
  nextSteps,
} from '../core/report/build-text.ts';
import { textReport } from '../core/report/text.ts';
import { lintDocument } from '../host/check.ts';
import type { Instead } from '../host/compare-builds.ts';
import { contextSize } from '../node/build/context-size.ts';
import { type BuildPlan, BuildProblem, openQuestions, planBuild } from '../node/build/plan.ts';
import { buildersOf, type Equipment, equipment } from '../node/build/tool.ts';
import { diskFiles, locationOf } from '../node/files.ts';
import { rememberedFiles } from '../node/remembered.ts';
import type { Arguments } from './arguments.ts';
import { builtTwice, comparisonReport } from './build-compare.ts';
import { buildSource } from './build-input.ts';
import { watchedBuild } from './build-run.ts';
import { command, type ExitCode } from './command.ts';
import { Failure, meant } from './failure.ts';
import { flag } from './flags.ts';
import { deliver, outputFlags, reportStyle, styleOf } from './reports.ts';
import { openSession, type Session, shownPath } from './session.ts';
import { type Terminal, tell } from './terminal.ts';

const flags = {
  tag: flag.value('NAME:TAG', "The image's name; by default that of the folder, with the commit", 't'),
  target: flag.value('STAGE', 'The stage to build; the last one by default'),
  service: flag.value('NAME', 'The service of a Compose file to build'),
  'build-arg': flag.values('NAME=VALUE', 'A build argument; NAME alone takes it from the environment'),
  secret: flag.values('id=NAME,src=FILE', 'A secret for RUN --mount=type=secret, or id=NAME,env=VARIABLE'),
  platform: flag.values('PLATFORM', 'What to build for, such as linux/arm64'),
  context: flag.value('DIR', 'The build context; by default the folder of the Dockerfile'),
  engine: flag.choice(['docker', 'podman', 'nerdctl'], 'What to build with; by default the first in PATH'),
  builder: flag.value('NAME', 'The builder of docker buildx to build with'),
  'no-cache': flag.switch('Take nothing from the cache'),
  compare: flag.switch(
    'Build the file as it is and with its safe repairs, and show both images side by side',
  ),
  unsafe: flag.switch('With --compare: also the repairs that may change content or behaviour'),
  format: flag.choice(['text', 'json'], 'The form of the report; default text'),
  ...outputFlags,
};

type Flags = Arguments<typeof flags>['flags'];

async function planOf(given: Flags, operands: readonly string[]): Promise<BuildPlan> {
  const source = await buildSource(operands);
  try {
    return await planBuild(source, {
      service: given.service,
      context: given.context,
      tag: given.tag,
      target: given.target,
      args: given['build-arg'],
      secrets: given.secret,
      platforms: given.platform.flatMap(platform => platform.split(',')),
      builder: given.builder,
      isFresh: given['no-cache'],
    });
  } catch (error) {
    throw error instanceof BuildProblem ? new Failure(error.message) : error;
  }
}

async function equipmentFor({ engine, builder }: Flags): Promise<Equipment> {
  const found = await equipment(engine ?? null, [process.cwd()]);
  if (typeof found === 'string') throw new Failure(found);
  if (builder !== undefined && found.tool === 'buildx') {
    const names = (await buildersOf(found)).map(({ name }) => name);
    if (names.length > 0 && !names.includes(builder)) {
      throw new Failure(
        `There is no builder ${builder}.${meant(builder, names)} There are: ${names.join(', ')}.`,
      );
    }
  }
  return found;
}

/** What the file asks for and nobody has given is told before it is missed. */
function tellQuestions(plan: BuildPlan, terminal: Terminal): void {
  const { args, secrets } = openQuestions(plan);
  for (const { name } of args)
    tell(terminal, `${name} has no default and no value: --build-arg ${name}=VALUE gives it one.`);
  for (const { id, isRequired } of secrets) {
    const hint = `The file asks for the secret ${id}: --secret id=${id},src=FILE gives it.`;
    if (isRequired) throw new Failure(hint);
    tell(terminal, hint);
  }
}

async function tellContext({ request }: BuildPlan, terminal: Terminal): Promise<void> {
  const size = await contextSize(request.context, request.dockerfile);
  if (size.bytes >= largeContext) tell(terminal, contextText(size));
}

async function reportOf(
  { project, catalogue }: Session,
  { request, model }: BuildPlan,
  instead: Instead | null,
  outcome: Outcome<Placed>,
): Promise<BuildReport> {
  const text = instead?.text ?? model.text;
  const location = locationOf(request.dockerfile);
  // What must not be shown of the file, a lint knows.
  const { sensitive } = await lintDocument(project, catalogue, { location, text, language: 'dockerfile' });
  const path = shownPath(location);
  return {
    path: instead ? `${path} (repaired)` : path,
    text,
    sensitive,
    tag: instead?.tag ?? request.tag,
    outcome,
  };
}

async function deliverBuild(report: BuildReport, given: Flags, terminal: Terminal): Promise<ExitCode> {
  const text = (): string =>
    [
      textReport([builtFile(report)], reportStyle(given, terminal)),
      given.quiet ? '' : buildSummary(report) + nextSteps(report),
    ]
      .filter(part => part !== '')
      .join('\n');
  await deliver(given.format === 'json' ? buildJson(report) : text(), given.output, terminal.out);
  if (report.outcome.ending === 'built') return 0;
  return report.outcome.problems.length > 0 ? 1 : 2;
}

export const buildCommand = command(
  {
    name: 'build',
    operands: '[DIR|DOCKERFILE|COMPOSE FILE]',
    summary: 'Build an image, with every error at its line',
    notes: `\
Builds with the docker, podman or nerdctl in PATH: by BuildKit where it is there, with DOCKER_HOST, contexts and builders
as they are set. What happens is shown on standard error, and the report on standard output. Secrets are passed on by
the builder's own means: they are in no layer, and what is printed does not show them. Ctrl+C stops the build.

Exit codes: 0 the image was built, 1 the file does not build, 2 the run itself failed.`,
    flags,
  },
  async ({ flags: given, operands }, terminal) => {
    const plan = await planOf(given, operands);
    const files = rememberedFiles(diskFiles);
    const session = await openSession(
      {
        'fail-on': undefined,
        config: undefined,
        'no-config': false,
        'stdin-filename': undefined,
        target: given.target,
      },
      files,
    );
    const equipped = await equipmentFor(given);
    tellQuestions(plan, terminal);
    await tellContext(plan, terminal);
    const palette = given.quiet ? null : styleOf(given.color, terminal).palette;
    const build = (instead: Instead | null): Promise<Outcome<Placed>> =>
      watchedBuild(equipped, plan, instead, terminal, palette);
    if (!given.compare) {
      return deliverBuild(await reportOf(session, plan, null, await build(null)), given, terminal);
    }
    const comparison = await builtTwice({ ...session, files }, plan, given.unsafe ? 'unsafe' : 'safe', build);
    if (comparison.kind === 'stopped') {
      const { instead, outcome } = comparison;
      return deliverBuild(await reportOf(session, plan, instead, outcome), given, terminal);
    }
    const report = comparisonReport(comparison, given, terminal);
    await deliver(report, given.output, terminal.out);
    return 0;
  },
);
