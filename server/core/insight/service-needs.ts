// What a service is known to need once everything is taken away that it was given by default.
import { carriedCapabilities, neededCapabilities, writablePaths } from '../knowledge/image-privileges.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { tmpfsOf } from '../model/compose/tmpfs.ts';
import { familiarName } from '../model/image-reference.ts';
import { serviceMounts } from './host-mounts.ts';
import { runsServiceOfBase } from './process.ts';
import { isRoot } from './runs-as.ts';
import type { ServiceInsight } from './service.ts';
import { imageUser, statedUser } from './service-user.ts';

export interface Needs {
  readonly names: readonly string[];
  /** False where another program than that of a known image runs, or the image is not known. */
  readonly certain: boolean;
}

const nothing: Needs = { names: [], certain: true };
const unknown: Needs = { names: [], certain: false };

/** The image whose program runs, as tables know it; null where it is another program, or not known. */
function knownImage({ image, built }: ServiceInsight): string | null {
  if (image) return familiarName(image);
  const root = built?.stage.root;
  return built && root?.kind === 'image' && runsServiceOfBase(built) ? familiarName(root.reference) : null;
}

/** Not even its start is root's. */
function runsAsOther(model: ComposeModel, service: Service, insight: ServiceInsight): boolean {
  const user = statedUser(model, service);
  return user != null ? !isRoot(user) : user === null && imageUser(insight).kind === 'other';
}

/** The capabilities that it needs besides none. */
export function capabilityNeeds(model: ComposeModel, service: Service, insight: ServiceInsight): Needs {
  const image = knownImage(insight);
  if (runsAsOther(model, service, insight))
    return image === null ? nothing : { names: carriedCapabilities(image), certain: true };
  if (image === null || service.get('entrypoint')) return unknown;
  const names = neededCapabilities(image, insight.built ? insight.built.facts : insight.facts);
  return names === null ? unknown : { names, certain: statedUser(model, service) !== undefined };
}

const isCovered = (path: string, target: string): boolean => {
  const folder = target.replace(/\/+$/, '').replace(/^\/var\/run(?=\/|$)/, '/run');
  return path === folder || path.startsWith(`${folder}/`);
};

/**
 * A file system in memory belongs to root and has the mode of the folder that it covers: another account can write to
 * few of them.
 */
const openTo = (path: string, isOther: boolean): string =>
  isOther && path !== '/tmp' ? `${path}:mode=1777` : path;

/** The folders that it has to be able to write to, as `tmpfs` has them, without those that are mounted already. */
export function writableNeeds(model: ComposeModel, service: Service, insight: ServiceInsight): Needs {
  const image = knownImage(insight);
  const known = image === null ? null : writablePaths(image);
  const targets = [...serviceMounts(model, service), ...tmpfsOf(model, service)].flatMap(
    ({ target }) => target ?? [],
  );
  const missing = (known ?? ['/tmp']).filter(path => !targets.some(target => isCovered(path, target)));
  const isOther = runsAsOther(model, service, insight);
  const names = missing.map(path => openTo(path, isOther));
  return { names, certain: known !== null && !service.get('entrypoint') };
}
