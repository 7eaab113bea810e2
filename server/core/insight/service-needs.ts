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

/** The capabilities that it needs besides none. */
export function capabilityNeeds(model: ComposeModel, service: Service, insight: ServiceInsight): Needs {
  const image = knownImage(insight);
  const user = statedUser(model, service);
  const isOther = user != null ? !isRoot(user) : user === null && imageUser(insight).kind === 'other';
  if (isOther) return image === null ? nothing : { names: carriedCapabilities(image), certain: true };
  if (image === null || service.get('entrypoint')) return unknown;
  const names = neededCapabilities(image, insight.built ? insight.built.facts : insight.facts);
  return names === null ? unknown : { names, certain: user !== undefined };
}

const isCovered = (path: string, target: string): boolean => {
  const folder = target.replace(/\/+$/, '').replace(/^\/var\/run(?=\/|$)/, '/run');
  return path === folder || path.startsWith(`${folder}/`);
};

/** The folders that it has to be able to write to, without those that are mounted already. */
export function writableNeeds(model: ComposeModel, service: Service, insight: ServiceInsight): Needs {
  const image = knownImage(insight);
  const known = image === null ? null : writablePaths(image);
  const targets = [...serviceMounts(model, service), ...tmpfsOf(model, service)].flatMap(
    ({ target }) => target ?? [],
  );
  const names = (known ?? ['/tmp']).filter(path => !targets.some(target => isCovered(path, target)));
  return { names, certain: known !== null && !service.get('entrypoint') };
}
