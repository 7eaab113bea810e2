// Who runs the process of a service: by `user`, by its image, or by the Dockerfile that it is built from.
import { isUnprivileged } from '../knowledge/image-privileges.ts';
import { selfDropOf } from '../knowledge/privileges.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { resolvedString } from '../model/compose/value.ts';
import { type RunsAs, runsAs } from './runs-as.ts';
import type { ServiceInsight } from './service.ts';

/** Who would run it without `user`. */
export function imageUser({ image, facts, built }: ServiceInsight): RunsAs {
  if (built) return runsAs(built);
  if (image === null || facts === undefined) return { kind: 'unknown' };
  if (isUnprivileged(facts)) return { kind: 'other', user: facts.user ?? '' };
  const [drop] = facts.drops;
  if (drop) {
    return {
      kind: 'drops',
      how: `its entrypoint hands over to another account with ${drop.tool}`,
      setAt: null,
    };
  }
  const started = [...(facts.entrypoint ?? []), ...(facts.cmd ?? [])];
  const self = started.map(word => selfDropOf(word.slice(word.lastIndexOf('/') + 1))).find(Boolean);
  return self ? { kind: 'drops', how: self.why, setAt: null } : { kind: 'root', setAt: null };
}

/** The account that `user` names; null where it names none, undefined where a variable hides it. */
export function statedUser(model: ComposeModel, service: Service): string | null | undefined {
  const user = resolvedString(model, service.get('user')?.node);
  if (user === null) return null;
  return user.known ? user.value : undefined;
}
