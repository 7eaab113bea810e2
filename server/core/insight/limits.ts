// How much of the machine a Compose service may take: by `deploy.resources.limits`, or by its plain keys.
import type { ComposeModel, Entry, Service } from '../model/compose/model.ts';
import { resolvedString } from '../model/compose/value.ts';

export type Resource = 'memory' | 'cpus' | 'pids';

/** What is stated of a resource. */
export type Limit =
  | { readonly kind: 'set' }
  /** Nothing is. */
  | { readonly kind: 'none' }
  /** A value that limits nothing, such as 0 or -1. */
  | { readonly kind: 'void'; readonly entry: Entry; readonly text: string };

export const plainKeys: Readonly<Record<Resource, string>> = {
  memory: 'mem_limit',
  cpus: 'cpus',
  pids: 'pids_limit',
};

/** Other ways to bound the time on a processor. */
const otherKeys: Readonly<Record<Resource, readonly string[]>> = {
  memory: [],
  cpus: ['cpu_quota', 'cpuset'],
  pids: [],
};

const positive: Readonly<Record<Resource, RegExp>> = {
  memory: /^0*[1-9]\d*(?:\.\d+)?\s*(?:[kmgt]i?)?b?$|^0+\.\d*[1-9]\d*\s*[kmgt]i?b?$/i,
  cpus: /^(?=.*[1-9])\d*\.?\d+$|^0*[1-9]\d*\.$/,
  pids: /^0*[1-9]\d*$/,
};

function judge(model: ComposeModel, entry: Entry, resource: Resource): Limit {
  const text = resolvedString(model, entry.node);
  if (text === null) return { kind: 'none' };
  // A variable decides.
  if (!text.known) return { kind: 'set' };
  const isSet = entry.name === 'cpuset' || positive[resource].test(text.value.trim());
  return isSet ? { kind: 'set' } : { kind: 'void', entry, text: text.value };
}

export function limitOf(model: ComposeModel, service: Service, resource: Resource): Limit {
  let found: Limit = { kind: 'none' };
  const keys = [plainKeys[resource], ...otherKeys[resource]];
  for (const entry of [
    service.get('deploy', 'resources', 'limits', resource),
    ...keys.map(key => service.get(key)),
  ]) {
    const limit: Limit = entry ? judge(model, entry, resource) : { kind: 'none' };
    if (limit.kind === 'set') return limit;
    if (found.kind === 'none') found = limit;
  }
  return found;
}
