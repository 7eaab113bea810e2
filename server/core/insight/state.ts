// The state of a Compose service: what it holds by its image, where, and whether something outlives the container there.
import { type StatefulImage, statefulImage } from '../knowledge/stateful-images.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { tmpfsOf } from '../model/compose/tmpfs.ts';
import { type Mount, mountsOf } from '../model/compose/volumes.ts';
import { familiarName } from '../model/image-reference.ts';
import { inspectService, type ReadDockerfile } from './service.ts';
import { namedImage } from './service-image.ts';

export interface ServiceState {
  readonly store: StatefulImage;
  /** Folders of which one has to outlive the container, the usual one first. */
  readonly paths: readonly string[];
  /** What is mounted over one of them, above it or below it. */
  readonly mounts: readonly Mount[];
  /** By one of these, or by a file system in memory, which says that nothing is to be kept. */
  readonly covered: boolean;
}

/** By the image that it names, or that its Dockerfile begins with. */
function storeOf(model: ComposeModel, service: Service, read: ReadDockerfile): StatefulImage | undefined {
  if (service.get('build')?.node == null) return namedImage(model, service)?.store;
  const root = inspectService(model, service, read).built?.stage.root;
  if (root?.kind !== 'image') return undefined;
  return statefulImage(familiarName(root.reference), root.reference.tag);
}

const trimmed = (path: string): string => path.replace(/(?<=.)\/+$/, '');

const isWithin = (inner: string, outer: string): boolean =>
  inner === outer || outer === '/' || inner.startsWith(`${outer}/`);

/** Variables that move the data elsewhere. */
const elsewhere = new Set(['PGDATA', 'MYSQL_DATADIR', 'ES_PATH_DATA', 'path.data', 'MINIO_VOLUMES']);

/** Undefined for a service that holds nothing, or of which that cannot be told. */
export function stateOf(
  model: ComposeModel,
  service: Service,
  read: ReadDockerfile,
): ServiceState | undefined {
  const store = storeOf(model, service, read);
  if (!store || store.data.length === 0 || service.get('volumes_from')) return undefined;
  const moved = service.pairs('environment').find(({ name }) => elsewhere.has(name));
  if (moved && !moved.value?.startsWith('/')) return undefined;
  const paths = moved?.value ? [trimmed(moved.value)] : store.data;
  const covers = (target: string): boolean =>
    paths.some(path => isWithin(path, trimmed(target)) || isWithin(trimmed(target), path));
  const mounts = mountsOf(model, service).filter(({ target }) => target !== null && covers(target));
  const covered = mounts.length > 0 || tmpfsOf(model, service).some(({ target }) => covers(target));
  return { store, paths, mounts, covered };
}
