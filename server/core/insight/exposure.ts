// Who reaches a service from outside: its published ports that are not bound to an address of their own, and what
// answers there.
import { type OpenService, openService } from '../knowledge/open-services.ts';
import { administrationServices, debuggers } from '../knowledge/ports.ts';
import { storePorts } from '../knowledge/stateful-images.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { type Port, portsOf } from '../model/compose/ports.ts';
import { mountsOf } from '../model/compose/volumes.ts';
import { rememberPart } from '../model/remembered.ts';
import { namedImage } from './service-image.ts';
import { commandText } from './service-process.ts';

export type Exposed =
  /** Answers everybody. */
  | { readonly kind: 'open'; readonly service: OpenService }
  | { readonly kind: 'administration'; readonly what: string }
  | { readonly kind: 'debugger'; readonly what: string }
  | { readonly kind: 'store'; readonly what: string }
  | { readonly kind: 'other' };

export interface Exposure {
  readonly port: Port;
  /** The address that stands for all of them is written there. */
  readonly stated: boolean;
  readonly exposed: Exposed;
}

/** `::`, `[::0]`, `0:0:0:0:0:0:0:0` and IPv4's written in IPv6. */
const allOfThem = /^(?:0(?:\.0){0,3}|\*|(?:0*:){1,7}0*|(?:0*:){1,6}ffff:(?:0\.0\.0\.0|0+:0+))$/i;

export const isEveryAddress = (hostIp: string): boolean => allOfThem.test(hostIp);

/** Git hosts and file servers speak SSH as their very service. */
const servesSsh = /git(?:ea|lab|-server)?|gogs|forgejo|onedev|sftp|ssh|rsync|borg|soft-serve|bitbucket/i;

/** A network of another service or of the host: nothing is published there. */
const foreignNetwork = /^(?:host|none|service:|container:)/;

/** What the service is told, for the look at whether it asks who is there. */
const settingsOf = (model: ComposeModel, service: Service) => ({
  variables: service.pairs('environment'),
  command: commandText(model, service),
  targets: mountsOf(model, service).flatMap(({ target }) => target ?? []),
  fromFile: service.get('env_file')?.node != null,
});

const told = (model: ComposeModel, service: Service): string =>
  [commandText(model, service), ...service.pairs('environment').map(({ value }) => value ?? '')].join(' ');

function exposedAt(model: ComposeModel, service: Service, { target }: Port): Exposed {
  const image = namedImage(model, service);
  const open = image && openService(image.name, image.tag, target, () => settingsOf(model, service));
  if (open) return { kind: 'open', service: open };
  if (target === null) return { kind: 'other' };
  const managed = administrationServices.get(target);
  const isOwn = target === 22 && servesSsh.test(image?.name ?? service.name);
  if (managed !== undefined && !isOwn) return { kind: 'administration', what: managed };
  const debugged = debuggers.get(target);
  if (debugged && (debugged.sign?.test(told(model, service)) ?? true)) {
    return { kind: 'debugger', what: debugged.what };
  }
  const own = image?.store?.ports.includes(target) ? image.store.name : undefined;
  const store = own ?? storePorts.get(target);
  return store === undefined ? { kind: 'other' } : { kind: 'store', what: store };
}

/** The ports that listen on all addresses of the host. */
const exposuresOf = rememberPart((model: ComposeModel, service: Service): readonly Exposure[] => {
  if (!service.get('ports')) return [];
  const mode = service.get('network_mode')?.node;
  if (mode?.kind === 'scalar' && foreignNetwork.test(mode.text)) return [];
  return portsOf(model, service).flatMap(port => {
    const { hostIp, published, target } = port;
    // A whole mapping in a variable, and an address where a port belongs, are for others to judge.
    if ((target === null && published === null) || published?.includes('.')) return [];
    if (hostIp !== null && !isEveryAddress(hostIp)) return [];
    return [{ port, stated: hostIp !== null, exposed: exposedAt(model, service, port) }];
  });
});

type ExposedAs<Kind extends Exposed['kind']> = Exposure & {
  readonly exposed: Extract<Exposed, { readonly kind: Kind }>;
};

/** A visitor of services for their ports that are exposed in one of these ways. A port that several services take is one. */
export function onExposed<Kind extends Exposed['kind']>(
  model: ComposeModel,
  kinds: readonly Kind[],
  visit: (service: Service, exposure: ExposedAs<Kind>) => void,
): (service: Service) => void {
  const seen = new Set<number>();
  const isWanted = (exposure: Exposure): exposure is ExposedAs<Kind> =>
    (kinds as readonly string[]).includes(exposure.exposed.kind);
  return service => {
    for (const exposure of exposuresOf(model, service)) {
      if (!isWanted(exposure) || seen.has(exposure.port.span.start)) continue;
      seen.add(exposure.port.span.start);
      visit(service, exposure);
    }
  };
}
