// Limits of a service, with values to start from: written where it already has some, else under `deploy`.
import type { Fix } from '../engine/finding.ts';
import { fix } from '../engine/rule.ts';
import { type Limit, limitOf, plainKeys, type Resource } from '../insight/limits.ts';
import { namedImage } from '../insight/service-image.ts';
import type { StoreKind } from '../knowledge/stateful-images.ts';
import { addKey } from '../model/compose/edit.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { nearestKey } from '../model/compose/nearest.ts';
import { contentSpan } from '../model/compose/pairs.ts';
import { replace } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { sharedTitle } from './shared.ts';

/** Enough for a small installation; what holds data in memory or runs on a virtual machine of its own gets more. */
const memoryFor: Readonly<Record<StoreKind, string>> = {
  database: '1G',
  cache: '256M',
  queue: '1G',
  search: '2G',
  files: '1G',
  metrics: '512M',
};

function startingPoint(model: ComposeModel, service: Service, resource: Resource): string | number {
  const kind = namedImage(model, service)?.store?.kind;
  switch (resource) {
    case 'memory':
      return kind === undefined ? '512M' : memoryFor[kind];
    case 'cpus':
      return kind === 'database' || kind === 'search' ? '2.0' : '1.0';
    case 'pids':
      return kind === undefined || kind === 'cache' ? 200 : 500;
  }
}

const limitsPath = ['deploy', 'resources', 'limits'];

const usesPlainKeys = (service: Service): boolean =>
  Object.values(plainKeys).some(key => service.get(key)) && !service.get(...limitsPath);

const nameOf: Readonly<Record<Resource, string>> = {
  memory: 'memory',
  cpus: 'processors',
  pids: 'processes',
};

function limitFixes(model: ComposeModel, service: Service, resource: Resource, limit: Limit): Fix[] {
  const value = startingPoint(model, service, resource);
  const title = `Limit ${nameOf[resource]} to ${value}, as a starting point`;
  if (limit.kind === 'void') {
    const { entry } = limit;
    if (entry.node?.kind !== 'scalar' || entry.node.style === 'literal' || entry.node.style === 'folded')
      return [];
    const edit = replace(contentSpan(entry.node, model.text), String(value));
    return [fix(sharedTitle(title, service, entry.sharedBy), 'suggestion', [edit])];
  }
  const path = usesPlainKeys(service) ? [plainKeys[resource]] : [...limitsPath, resource];
  // Plain keys take a number of processors, the other place a text.
  const written = resource === 'cpus' && path.length === 1 ? Number(value) : value;
  const edits = addKey(model, service, path, written);
  return edits ? [fix(title, 'suggestion', edits)] : [];
}

interface Told<Data> {
  readonly at: Span;
  readonly lacking?: boolean;
  readonly fixes: readonly Fix[];
  readonly data: Data;
}

interface LimitContext {
  readonly model: ComposeModel;
  report(message: 'none', told: Told<{ readonly service: string }>): void;
  report(message: 'void', told: Told<{ readonly service: string; readonly value: string }>): void;
}

/** The visitors of a rule about one resource: what a service lacks is told where it would stand, what limits nothing at its key. */
export const limitVisitors = (resource: Resource, { model, report }: LimitContext) => ({
  service(service: Service): void {
    const limit = limitOf(model, service, resource);
    if (limit.kind === 'set') return;
    const fixes = limitFixes(model, service, resource, limit);
    const data = { service: service.name };
    if (limit.kind === 'none') {
      const at = usesPlainKeys(service) ? service.nameSpan : nearestKey(service, limitsPath);
      report('none', { at, lacking: true, data, fixes });
    } else report('void', { at: limit.entry.keySpan, data: { ...data, value: limit.text }, fixes });
  },
});
