// Which images `bulkhead scan` is about: from operands, flags and reports.
import { stat } from 'node:fs/promises';
import { parseDockerfile } from '../core/model/dockerfile/parse.ts';
import type { Document } from '../host/check.ts';
import type { FileSystem } from '../host/files.ts';
import type { Project } from '../host/project.ts';
import { planOfBuilt, planOfImage, plansOfBases, plansOfServices, type ScanPlan } from '../host/scanning.ts';
import { languageOfNamed } from '../node/discover.ts';
import { findEngines } from '../node/engines.ts';
import { locationOf } from '../node/files.ts';
import { ImageProblem, imageBuiltFrom } from '../node/image/engine-images.ts';
import { readTextFile } from '../node/text-file.ts';
import { Failure } from './failure.ts';
import { fileIn } from './folder-file.ts';
import type { Read, ScanFlags } from './scan-flags.ts';

interface Asked {
  readonly project: Project;
  readonly files: FileSystem;
  readonly flags: ScanFlags;
  readonly operands: readonly string[];
  readonly reports: readonly Read[];
}

export interface Plans {
  readonly plans: readonly ScanPlan[];
  /** Of which a report is there already. */
  readonly given: ReadonlyMap<ScanPlan, Read>;
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    found => found.isFile(),
    () => false,
  );

async function documentAt(path: string): Promise<Document> {
  const read = await readTextFile(path);
  if ('problem' in read) throw new Failure(`${path} ${read.problem}. Name a file, or an image.`);
  return { location: locationOf(path), text: read.text, language: languageOfNamed(path) };
}

/** The image of this machine whose last steps are the instructions of the file; none where no engine answers. */
async function builtHere(path: string, document: Document, target: string | null): Promise<string[]> {
  const engines = await findEngines([locationOf('.')]);
  const found = await imageBuiltFrom(engines, parseDockerfile(document.text, target)).catch(
    (error: unknown) => {
      if (error instanceof ImageProblem)
        throw new Failure(`${error.message} Or name the image that was built from ${path} with --image.`);
      throw error;
    },
  );
  return found === null ? [] : [found.image];
}

async function plansOfDockerfile(path: string, document: Document, asked: Asked): Promise<ScanPlan[]> {
  const { flags, project, reports } = asked;
  const target = flags.target ?? (await project.configuration(document.location)).settings.target;
  const { image } = flags;
  const bases = flags.base ? plansOfBases(document, parseDockerfile(document.text, target)) : [];
  const isOfBase = ({ report }: Read): boolean => bases.some(plan => plan.image === report.image);
  const built = image === undefined ? [] : [image];
  const reported = reports.filter(read => !isOfBase(read)).map(({ report }) => report.image ?? path);
  const named = built.length > 0 ? built : reported;
  const names = named.length > 0 || flags.base ? named : await builtHere(path, document, target);
  const plans = [...names.map(name => planOfBuilt(document, name, target)), ...bases];
  if (plans.length > 0) return plans;
  throw new Failure(
    flags.base
      ? `No stage of ${path} starts from an image that could be scanned.`
      : `No image here was built from ${path} as it is. Build it, name the image with --image, or scan those that it starts from with --base.`,
  );
}

/** An image may be called as a folder is. */
const isPath = (operand: string): boolean => /^\.{0,2}(?:[\\/]|$)/.test(operand);

async function plansOfOperand(operand: string, asked: Asked): Promise<ScanPlan[]> {
  const { files, project, flags } = asked;
  if (!(await isFile(operand)) && !/\.ya?ml$|(?:docker|container)file/i.test(operand) && !isPath(operand))
    return [planOfImage(operand)];
  const document = await documentAt(operand);
  if (document.language === 'dockerfile') return plansOfDockerfile(operand, document, asked);
  const { service } = flags;
  const plans = await plansOfServices(
    files,
    project,
    document,
    name => service.length === 0 || service.includes(name),
  );
  if (plans.length === 0) {
    throw new Failure(
      `No service ${service.length > 0 ? 'so named ' : ''}in ${operand} names an image that is known.`,
    );
  }
  return plans;
}

/** By the name of the image; one report is of the only image, however it was called. */
function reportFor(plan: ScanPlan, plans: readonly ScanPlan[], reports: readonly Read[]): Read {
  const [only] = reports;
  const found =
    reports.find(({ report }) => report.image === plan.image) ??
    (plans.length === 1 && reports.length === 1 ? only : undefined);
  if (found) return found;
  const images = reports.map(({ report }) => report.image ?? 'an image without a name');
  throw new Failure(
    `No report is about ${plan.image}, but about ${images.join(', ')}. Name its report with --report.`,
  );
}

export async function plansFor(asked: Asked): Promise<Plans> {
  const { operands, reports, flags } = asked;
  if (operands.length === 0 && reports.length === 0) {
    throw new Failure(
      'scan needs an image, a file or a folder: bulkhead scan debian:12, bulkhead scan compose.yaml, bulkhead scan .',
    );
  }
  if (operands.length === 0) {
    const own = reports.map(read => [planOfImage(read.report.image ?? 'the image'), read] as const);
    return { plans: own.map(([plan]) => plan), given: new Map(own) };
  }
  const found: ScanPlan[] = [];
  for (const operand of operands) {
    const file = isPath(operand) ? await fileIn(operand) : operand;
    found.push(...(await plansOfOperand(file, asked)));
  }
  if (flags.report.length === 0) return { plans: found, given: new Map() };
  return { plans: found, given: new Map(found.map(plan => [plan, reportFor(plan, found, reports)])) };
}
