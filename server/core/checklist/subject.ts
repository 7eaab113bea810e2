// Subjects: what a checklist is about, a service of a Compose file or the image that a Dockerfile makes.
import { inspectService, type ServiceInsight } from '../insight/service.ts';
import { inspectStage, type StageInsight } from '../insight/stage.ts';
import { buildOf, dockerfilePathOf } from '../model/compose/build.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import type { ModelInProject } from '../model/compose/neighbours/model.ts';
import type { DockerfileModel } from '../model/dockerfile/model.ts';
import type { MappedText } from '../text/mapped-text.ts';
import type { Beside, Checked, Where } from './checklist.ts';

export interface ServiceSubject {
  readonly kind: 'service';
  /** As the files of its project make them. */
  readonly model: ComposeModel;
  readonly service: Service;
  readonly project: ModelInProject;
  readonly insight: ServiceInsight;
  /** It is built here, and not pulled. */
  readonly isBuilt: boolean;
  readonly document: Checked<ComposeModel>;
  /** The other Compose files of the project. */
  readonly beside: ReadonlyMap<Where, Beside>;
  /** What it is built from; null where it is pulled, or its Dockerfile is not known. */
  readonly dockerfile: Checked<DockerfileModel> | null;
}

export interface ImageSubject {
  readonly kind: 'image';
  readonly insight: StageInsight;
  readonly document: Checked<DockerfileModel>;
}

export type Subject = ServiceSubject | ImageSubject;

/** The Dockerfile behind a service: a file by its path beside the Compose file, or text within that. */
export interface Build {
  readonly path: string | null;
  readonly inline: MappedText | null;
  /** Null for the last stage. */
  readonly target: string | null;
}

/** Null where the service is not built, or nobody can tell from what. */
export function buildBehind(model: ComposeModel, service: Service): Build | null {
  const build = buildOf(model, service);
  if (!build || (build.target && !build.target.known)) return null;
  const path = dockerfilePathOf(build);
  if (path === null && build.inline === null) return null;
  return { path, inline: build.inline, target: build.target?.value ?? null };
}

export function serviceSubject(
  parts: Pick<ServiceSubject, 'document' | 'project' | 'beside' | 'service' | 'dockerfile'>,
): ServiceSubject {
  const { project, service, dockerfile } = parts;
  const { model } = project;
  const insight = inspectService(model, service, () => dockerfile?.model);
  const isBuilt = service.get('build')?.node != null;
  return { kind: 'service', model, insight, isBuilt, ...parts };
}

/** Null where the file makes no image. */
export function imageSubject(document: Checked<DockerfileModel>): ImageSubject | null {
  const stage = document.model.finalStage;
  return stage && { kind: 'image', insight: inspectStage(stage), document };
}

/** The stage that is made, where there is one and it is known. */
export const builtStage = (subject: Subject): StageInsight | null =>
  subject.kind === 'image' ? subject.insight : subject.insight.built;
