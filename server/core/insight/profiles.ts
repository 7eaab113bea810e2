// Profiles: which services of a Compose file can be up at the same time.
import { itemsOf } from '../model/compose/items.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';

/** None: the service is always part of the project. */
export const profilesOf = (model: ComposeModel, service: Service): readonly string[] =>
  itemsOf(model, service, 'profiles').map(({ text }) => text);

/** False for alternatives: services that only different profiles start. */
export function meetUnderProfiles(model: ComposeModel, one: Service, other: Service): boolean {
  const [first, second] = [profilesOf(model, one), profilesOf(model, other)];
  return first.length === 0 || second.length === 0 || first.some(profile => second.includes(profile));
}
