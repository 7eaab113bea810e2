// Running a scanner of the machine over an image: one report, or one sentence about what is in the way.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Obstacle, type ScannerName, scannerTitles } from '../../core/scan/model.ts';
import { type Engine, engineVariables, findEngines, lastLine, seconds } from '../engines.ts';
import { engineWith, ImageProblem, isImageName } from '../image/engine-images.ts';
import { engineProblem } from '../image/engine-problem.ts';
import { environmentOf, findProgram, type Printed, runProgram } from '../programs.ts';
import { grype } from './grype.ts';
import type { Failure, ScanChoice, Scanner, ScanTarget } from './scanner.ts';
import { scout } from './scout.ts';
import { trivy } from './trivy.ts';

/** In the order in which they are looked for. */
const scanners: readonly Scanner[] = [trivy, grype, scout];

/** Milliseconds: a large image that was never scanned takes minutes. */
const longestScan = 600_000;

export interface ScanRequest extends ScanChoice {
  readonly image: string;
  /** Null: Trivy, or else Grype. */
  readonly scanner: ScannerName | null;
  /** The program; null: in PATH. */
  readonly program: string | null;
  /** The image is read in its registry, though the machine may have it. */
  readonly isRemote: boolean;
  /** Programs that lie in these folders are not started. */
  readonly projects: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** The scanner and the image are there. */
  readonly onStart?: () => void;
}

export type ScanAnswer =
  | { readonly text: string; readonly by: string }
  | { readonly problem: string; readonly kind: Obstacle };

interface FoundScanner {
  readonly scanner: Scanner;
  readonly file: string;
  readonly version: string;
}

const environmentFor = ({ passes }: Scanner, set: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...environmentOf([...engineVariables, ...Object.keys(process.env).filter(name => passes.test(name))]),
  LC_ALL: 'C',
  NO_COLOR: '1',
  ...set,
});

type Wanted = Pick<ScanRequest, 'scanner' | 'program' | 'projects'>;

/** Docker Scout only where it is named: it sends what it finds to a service. */
const isWanted =
  ({ scanner: wanted }: Wanted) =>
  ({ name }: Scanner): boolean =>
    wanted === null ? name !== 'docker-scout' : name === wanted;

async function findScanner(wanted: Wanted): Promise<FoundScanner | null> {
  for (const scanner of scanners.filter(isWanted(wanted))) {
    const file = wanted.program ?? (await findProgram(scanner.program, wanted.projects));
    if (file === null) continue;
    const { code, out } = await runProgram(
      file,
      scanner.versionArgs,
      environmentFor(scanner, {}),
      seconds(20),
    );
    const version = code === 0 ? scanner.version(out) : null;
    if (version !== null) return { scanner, file, version };
  }
  return null;
}

const places = 'Install Trivy (https://trivy.dev) or Grype (https://github.com/anchore/grype).';

function absent({ scanner: wanted, program }: Wanted): string {
  const title = wanted && scannerTitles[wanted];
  if (program !== null) {
    return `${program} is not ${title ?? 'Trivy or Grype'}, or cannot be run. Name the program of a scanner.`;
  }
  return `There is no ${title ?? 'scanner'} in PATH. ${places}`;
}

interface Problem {
  readonly problem: string;
  readonly kind: Obstacle;
}

/** Where the scanner is to find the image, or what is in the way. */
async function targetOf({ image, isRemote, projects }: ScanRequest): Promise<ScanTarget | Problem> {
  if (!isImageName(image)) {
    const problem = `${JSON.stringify(image)} is no name of an image. Name one like debian:12.`;
    return { problem, kind: 'other' };
  }
  if (isRemote) return { image, engine: null };
  const engines = await findEngines(projects);
  if (engines.length === 0) {
    const problem = `There is no docker, podman or nerdctl in PATH that could have ${image}. Install one of them.`;
    return { problem, kind: 'no image' };
  }
  const found = await engineWith(engines, image).catch((error: unknown): Engine | string => {
    if (error instanceof ImageProblem) return error.message;
    throw error;
  });
  if (typeof found !== 'string') return { image, engine: found.name };
  return { problem: found, kind: found.includes(`has no image ${image}`) ? 'no image' : 'other' };
}

/** What engines and registries say, which scanners pass on. */
const passedOn: readonly Failure[] = [
  {
    said: /(?:cannot|failed to) connect to (?:the )?docker daemon/i,
    tell: image => engineProblem('The container engine', image, 'cannot connect to it'),
    kind: 'other',
  },
  {
    said: /unable to find the specified image|no such image|could not (?:find|resolve) image|manifest unknown|image not known/i,
    tell: image => `${image} is not there any more. Build or pull it, and scan again.`,
    kind: 'no image',
  },
  {
    said: /no space left on device/i,
    tell: () => 'The disk is full. Make room in the folder of temporary files, and scan again.',
    kind: 'other',
  },
  {
    said: /unauthorized|denied|authentication required/i,
    tell: image =>
      `The registry does not let ${image} be read. Log in to it with the container engine, and scan again.`,
    kind: 'other',
  },
];

function failureOf({ name, failures: own }: Scanner, image: string, { err, out, isCut }: Printed): Problem {
  const title = scannerTitles[name];
  if (isCut) {
    const problem = `${title} did not end within ${longestScan / 60_000} minutes and was stopped. Scan the image once by hand: the next run is faster.`;
    return { problem, kind: 'other' };
  }
  const said = `${err}\n${out}`;
  const known = [...own, ...passedOn].find(failure => failure.said.test(said));
  return known
    ? { problem: known.tell(image), kind: known.kind }
    : { problem: `${title} failed: ${lastLine(said)}.`, kind: 'other' };
}

async function scanWith(
  { scanner, file, version }: FoundScanner,
  target: ScanTarget,
  request: ScanRequest,
): Promise<ScanAnswer> {
  // Standing in a folder of its own, it reads nobody's configuration.
  const cwd = await mkdtemp(path.join(tmpdir(), 'bulkhead-scan-'));
  try {
    const report = path.join(cwd, 'report.json');
    const printed = await runProgram(
      file,
      scanner.args(target, request, report, version),
      environmentFor(scanner, scanner.env(request)),
      { time: longestScan, output: 4_000_000 },
      { cwd, signal: request.signal },
    );
    if (request.signal?.aborted) return { problem: 'The scan was cancelled.', kind: 'cancelled' };
    const text = printed.code === 0 ? await readFile(report, 'utf8').catch(() => null) : null;
    if (text !== null) return { text, by: `${scannerTitles[scanner.name]} ${version}` };
    return failureOf(scanner, target.image, printed);
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

export async function scanImage(request: ScanRequest): Promise<ScanAnswer> {
  const found = await findScanner(request);
  if (found === null) return { problem: absent(request), kind: 'no scanner' };
  const target = await targetOf(request);
  if ('problem' in target) return target;
  request.onStart?.();
  return scanWith(found, target, request);
}
