// Builds an image: the engine's program followed line by line, until it ends or is asked to.
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BuildRequest, buildWords, variablesOf, wrongWith } from '../../core/build/command-line.ts';
import { BuildLog } from '../../core/build/log.ts';
import { obstacleIn } from '../../core/build/obstacles.ts';
import { type BuiltImage, countedSteps, type Outcome, readInspected } from '../../core/build/outcome.ts';
import type { BuildEvent, ToldProblem } from '../../core/build/step.ts';
import { noteContainers } from './leftovers.ts';
import { masksOf } from './masks.ts';
import type { Equipment } from './tool.ts';

/** Milliseconds. */
const longestBuild = 6 * 3_600_000;

/** What tells builders where they are and how they build, beyond what every engine gets. */
const passedOn =
  'BUILDX_BUILDER BUILDX_CONFIG BUILDKIT_HOST BUILDAH_ISOLATION BUILDAH_FORMAT CONTAINERS_REGISTRIES_CONF REGISTRY_AUTH_FILE HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy'.split(
    ' ',
  );

/** Whether it is BuildKit is for us to say, not for the settings of a shell. */
const settings: Readonly<Partial<Record<Equipment['tool'], Readonly<Record<string, string>>>>> = {
  docker: { DOCKER_BUILDKIT: '1' },
  legacy: { DOCKER_BUILDKIT: '0' },
};

async function inspected({ engine }: Equipment, idFile: string): Promise<BuiltImage | null> {
  const id = (await readFile(idFile, 'utf8').catch(() => '')).trim();
  if (!/^(?:sha256:)?[0-9a-f]{12,64}$/.test(id)) return null;
  const { code, out } = await engine.run(['image', 'inspect', id]);
  return readInspected(id, code === 0 ? out : '');
}

export interface BuildOptions {
  readonly signal: AbortSignal;
  /** In place of what the Dockerfile holds. */
  readonly text?: string | null;
  tell(event: BuildEvent): void;
}

/** A Dockerfile of this text, with the ignore file that goes by the name of the one that it stands for. */
async function standIn(dockerfile: string, text: string, work: string): Promise<string> {
  const file = path.join(work, 'Dockerfile');
  await writeFile(file, text);
  await copyFile(`${dockerfile}.dockerignore`, `${file}.dockerignore`).catch(() => {});
  return file;
}

/** What stands in the way of the request itself is an outcome too. */
export async function buildImage(
  equipment: Equipment,
  request: BuildRequest,
  { signal, text = null, tell }: BuildOptions,
): Promise<Outcome<ToldProblem>> {
  const { engine, tool } = equipment;
  const began = performance.now();
  const log = new BuildLog();
  const outcome = (
    ending: Outcome<ToldProblem>['ending'],
    rest: Partial<Outcome<ToldProblem>>,
  ): Outcome<ToldProblem> => {
    const steps = countedSteps(log.steps);
    return {
      ending,
      image: null,
      seconds: (performance.now() - began) / 1_000,
      steps: steps.length,
      cached: steps.filter(({ state }) => state === 'cached').length,
      problems: [],
      obstacle: null,
      ...rest,
    };
  };
  const wrong = wrongWith(request, tool);
  if (wrong !== null) return outcome('failed', { obstacle: wrong });

  const [hide, clear, work] = await Promise.all([
    masksOf(request),
    noteContainers(equipment),
    mkdtemp(path.join(tmpdir(), 'bulkhead-build-')),
  ]);
  try {
    const idFile = path.join(work, 'id');
    const set = settings[tool] ?? {};
    const passed = [...passedOn, ...variablesOf(request)];
    const following = { signal, time: longestBuild, passed, set };
    const dockerfile = text === null ? request.dockerfile : await standIn(request.dockerfile, text, work);
    const words = buildWords({ ...request, dockerfile }, tool, idFile);
    const code = await engine.follow(words, following, line => {
      for (const event of log.read(hide(line), performance.now())) tell(event);
    });
    if (code !== 0) await clear();
    if (signal.aborted) return outcome('cancelled', {});
    const problems = log.problems(code !== 0);
    if (code === 0) return outcome('built', { image: await inspected(equipment, idFile), problems });
    const [failure, ...others] = problems;
    const obstacle = obstacleIn(failure?.message ?? '', engine.name);
    // Before the first step no line is at fault: the obstacle says it all.
    const isBefore = obstacle !== null && failure?.step === null && failure.lines === null;
    return outcome('failed', { problems: isBefore ? others : problems, obstacle });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
