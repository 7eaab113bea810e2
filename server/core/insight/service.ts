// What is known of the image that a Compose service runs: from the table, or through its Dockerfile.
import type { ImageFacts, KnownImage } from '../knowledge/images.ts';
import { buildOf, dockerfilePathOf } from '../model/compose/build.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { portsOf } from '../model/compose/ports.ts';
import type { DockerfileModel, Stage } from '../model/dockerfile/model.ts';
import { parseDockerfile } from '../model/dockerfile/parse.ts';
import type { ImageReference } from '../model/image-reference.ts';
import { portsOf as stagePorts } from './health.ts';
import { pulledImage } from './pulled-image.ts';
import { inspectStage, type StageInsight } from './stage.ts';

/** Reads a Dockerfile by its path beside the Compose file; undefined: not known yet, null: not there. */
export type ReadDockerfile = (path: string) => DockerfileModel | null | undefined;

export interface ServiceInsight {
  /** The image that is pulled; null where it is built, unknown or not stated. */
  readonly image: ImageReference | null;
  /** What the table knows of that image. */
  readonly facts: KnownImage | undefined;
  /** Of the stage that `build` makes; null where nothing is built, or its Dockerfile is not known. */
  readonly built: StageInsight | null;
  /** The ports it listens on: by this file first, then by its image. */
  listening(): readonly number[];
}

function dockerfileOf(model: ComposeModel, service: Service, read: ReadDockerfile): DockerfileModel | null {
  const build = buildOf(model, service);
  if (!build) return null;
  if (build.inline) return parseDockerfile(build.inline.text);
  const path = dockerfilePathOf(build);
  return path === null ? null : (read(path) ?? null);
}

function targetOf(model: ComposeModel, service: Service, { stages }: DockerfileModel): Stage | undefined {
  const target = buildOf(model, service)?.target;
  if (!target) return stages.at(-1);
  if (!target.known) return undefined;
  const name = target.value.toLowerCase();
  return stages.find(stage => stage.name?.toLowerCase() === name || String(stage.index) === name);
}

function exposedPorts(model: ComposeModel, service: Service): number[] {
  const published = portsOf(model, service).flatMap(({ target, protocol }) =>
    protocol === 'udp' ? [] : (target ?? []),
  );
  const expose = service.get('expose')?.node;
  const exposed = expose?.kind === 'sequence' ? expose.items : [];
  return [
    ...published,
    ...exposed.flatMap(item =>
      item.kind === 'scalar' && /^\d+/.test(item.text) ? Number.parseInt(item.text, 10) : [],
    ),
  ];
}

export function inspectService(model: ComposeModel, service: Service, read: ReadDockerfile): ServiceInsight {
  const isBuilt = service.get('build')?.node != null;
  const pulled = pulledImage(model, service);
  const [image, facts] = [pulled?.reference ?? null, pulled?.facts];
  const dockerfile = isBuilt ? dockerfileOf(model, service, read) : null;
  const stage = dockerfile ? targetOf(model, service, dockerfile) : undefined;
  const built = stage ? inspectStage(stage) : null;
  const listening = () => [
    ...exposedPorts(model, service),
    ...(built ? stagePorts(built) : imagePorts(facts)),
  ];
  return { image, facts, built, listening };
}

const imagePorts = (facts: ImageFacts | undefined): number[] =>
  (facts?.ports ?? []).flatMap(port => (/^\d+(?:\/tcp)?$/.test(port) ? [Number.parseInt(port, 10)] : []));
