// Scanning: which images a document is about, and what a report says at its lines. The host runs the scanner.
import { buildBehind } from '../core/checklist/subject.ts';
import type { Catalogue } from '../core/engine/catalogue.ts';
import type { ScanConfig, ScanSeverity } from '../core/engine/config/scan.ts';
import type { Finding, Fix } from '../core/engine/finding.ts';
import type { ImageConfig } from '../core/image/config.ts';
import { pulledImage } from '../core/insight/pulled-image.ts';
import { imageOf } from '../core/model/compose/image.ts';
import type { ComposeModel, Service } from '../core/model/compose/model.ts';
import { parseCompose } from '../core/model/compose/parse.ts';
import type { DockerfileModel } from '../core/model/dockerfile/model.ts';
import { parseDockerfile } from '../core/model/dockerfile/parse.ts';
import type { ImageReference } from '../core/model/image-reference.ts';
import { supportedFixes } from '../core/repairs/pin-supported.ts';
import { scanFixes } from '../core/scan/fixes.ts';
import type { ScanGroup } from '../core/scan/groups.ts';
import type { ScanReport } from '../core/scan/model.ts';
import { saidByUs } from '../core/scan/own-rules.ts';
import { type Placing, placeAtSpan, placeInDockerfile, placeInImage } from '../core/scan/placing.ts';
import { type Scan, scanOf } from '../core/scan/scan.ts';
import { type Document, lintDocument } from './check.ts';
import type { FileSystem } from './files.ts';
import type { Project } from './project.ts';
import { acceptedFor } from './scan-ignores.ts';

/** An image to scan, and the file whose lines are told of it. */
export interface ScanPlan {
  readonly image: string;
  /** Null where no file is known. */
  readonly document: Document | null;
  placing(config: ImageConfig | null): Placing;
  fixes(group: ScanGroup): readonly Fix[];
}

const noFixes = (): readonly Fix[] => [];

export const planOfImage = (image: string): ScanPlan => ({
  image,
  document: null,
  placing: placeInImage,
  fixes: noFixes,
});

/** Of the image that was built from a Dockerfile. */
export function planOfBuilt(document: Document, image: string, target: string | null): ScanPlan {
  const model = parseDockerfile(document.text, target);
  return {
    image,
    document,
    placing: config => placeInDockerfile(model, config),
    fixes: group => scanFixes(model, group),
  };
}

/** Of the images that the stages of a Dockerfile start from, each once. */
export function plansOfBases(document: Document, model: DockerfileModel): ScanPlan[] {
  const plans = new Map<string, ScanPlan>();
  for (const { base, from } of model.stages) {
    if (base.kind !== 'image' || from.image === null || plans.has(base.reference.text)) continue;
    const { text, span } = { text: model.text, span: from.image.span };
    plans.set(base.reference.text, {
      image: base.reference.text,
      document,
      placing: () => placeAtSpan(text, span, from),
      fixes: group => scanFixes(model, group),
    });
  }
  return [...plans.values()];
}

const movesOf = (reference: ImageReference): readonly Fix[] =>
  supportedFixes(reference, null).filter(({ edits }) =>
    edits.every(({ text }) => text !== `:${reference.tag}`),
  );

async function planOfService(
  files: FileSystem,
  project: Project,
  document: Document,
  model: ComposeModel,
  service: Service,
): Promise<ScanPlan | null> {
  const image = imageOf(model, service);
  if (!image?.reference.known || image.entry.elsewhere) return null;
  const { text, span } = image.reference.value;
  const behind = buildBehind(model, service);
  if (behind?.path != null) {
    const location = project.beside(document.location, behind.path);
    const own = await files.read(location);
    const dockerfile = { location, text: own ?? '', language: 'dockerfile' } as const;
    if (own !== null) return planOfBuilt(dockerfile, text, behind.target);
  }
  const pulled = pulledImage(model, service);
  return {
    image: text,
    document,
    placing: () => placeAtSpan(document.text, span),
    fixes: () => (pulled ? movesOf(pulled.reference) : []),
  };
}

/** Of the services of a Compose file that name an image. */
export async function plansOfServices(
  files: FileSystem,
  project: Project,
  document: Document,
  isWanted: (service: string) => boolean,
): Promise<ScanPlan[]> {
  const model = parseCompose(document.text);
  const plans = await Promise.all(
    model.services
      .filter(({ name, elsewhere }) => !elsewhere && isWanted(name))
      .map(service => planOfService(files, project, document, model, service)),
  );
  const known = new Map(plans.flatMap(plan => (plan ? [[plan.image, plan] as const] : [])));
  return [...known.values()];
}

export interface ScanContext {
  readonly files: FileSystem;
  readonly project: Project;
  readonly catalogue: Catalogue;
  /** `2026-11-28`. */
  readonly today: string;
  /** Stronger than the configuration: flags of a command line. */
  readonly above: ScanConfig;
  /** Whose configuration holds where no file is known. */
  readonly home: string;
}

export interface ScannedPlan {
  readonly scan: Scan;
  readonly failOn: ScanSeverity | 'never' | null;
}

/** What a scanner has said of the image of a plan, at the lines. */
export async function scannedPlan(
  context: ScanContext,
  plan: ScanPlan,
  report: ScanReport,
): Promise<ScannedPlan> {
  const { files, project, catalogue, today, above } = context;
  const { document } = plan;
  const location = document?.location ?? context.home;
  const configured = (await project.configuration(location)).scan;
  const scanConfig = { ...configured, ...above };
  const vex = [...(configured.vex ?? []), ...(above.vex ?? [])];
  const accepted = await acceptedFor(files, location, { ...configured, vex }, report.image ?? plan.image);
  const placeOf = plan.placing(report.config);
  // What a rule of ours says is known only where the scanner has found such things.
  const findings: readonly Finding[] =
    document && report.mistakes.length > 0 ? (await lintDocument(project, catalogue, document)).findings : [];
  const scan = scanOf({
    report,
    placeOf,
    filter: {
      severity: scanConfig.severity ?? 'unknown',
      fixableOnly: scanConfig.fixableOnly ?? false,
      ignores: accepted.ignores,
      today,
    },
    isOurs: saidByUs(catalogue, findings, placeOf),
    fixesOf: plan.fixes,
  });
  return {
    scan: { ...scan, notes: [...scan.notes, ...accepted.problems] },
    failOn: scanConfig.failOn ?? null,
  };
}
