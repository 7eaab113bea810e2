// Lines about the network: who reaches the service, and whom it reaches.
import { listeningPorts } from '../../insight/health.ts';
import { type Port, portsOf } from '../../model/compose/ports.ts';
import { referencesOf } from '../../model/compose/references.ts';
import type { Value } from '../checklist.ts';
import { cis, type Line, owasp } from '../line.ts';
import type { ImageSubject, ServiceSubject } from '../subject.ts';
import { atKey, byDefault, byVariable, inFile, listed, textOf, told, untold } from '../values.ts';

const isHidden = ({ target, published, hostIp }: Port): boolean =>
  target === null || published?.includes('$') === true || hostIp?.includes('$') === true;

/** `8080 on 127.0.0.1`. */
function reachedAt({ hostIp, published, protocol }: Port): string {
  const ending = protocol === 'tcp' ? '' : `/${protocol}`;
  const port = published === null ? 'a port of Docker’s choice' : `${published}${ending}`;
  return `${port} on ${hostIp ?? 'all addresses'}`;
}

function exposureOf({ model, service }: ServiceSubject): Value {
  if (textOf(model, service.get('network_mode')) === 'host') {
    return told('every port that it listens on', atKey(service, 'network_mode'));
  }
  const ports = portsOf(model, service);
  if (ports.length === 0) {
    const isStated = service.get('ports')?.node != null;
    return isStated
      ? untold(byVariable, atKey(service, 'ports'))
      : told('none is published', inFile(service.nameSpan));
  }
  const hidden = ports.find(isHidden);
  if (hidden) return untold(byVariable, inFile(hidden.span));
  return told(listed(ports.map(reachedAt)), atKey(service, 'ports'));
}

function exposedBy({ insight }: ImageSubject): Value {
  const ports = listeningPorts(insight);
  const at = ports.find(port => port.at)?.at ?? null;
  if (ports.some(({ port }) => port === null)) return untold(byVariable, at ? inFile(at) : byDefault);
  if (ports.length === 0) return told('none', inFile(insight.stage.from.span));
  return told(listed(ports.map(({ written }) => written)), at ? inFile(at) : byDefault);
}

export const intendedPorts: Line = {
  id: 'intended-ports',
  title: 'Only intended ports',
  why: 'A published port is open on every address of the host, past its firewall. Stores and consoles are found there within minutes.',
  references: [cis('5.7', '5.9', '5.14'), owasp(5, 'be-mindful-of-inter-container-connectivity')],
  rules: {
    compose: [
      'compose-published-store',
      'compose-published-administration',
      'compose-open-service',
      'compose-unbound-port',
    ],
    dockerfile: ['administration-port'],
  },
  service: exposureOf,
  image: exposedBy,
};

function networksOf({ model, service }: ServiceSubject): Value {
  const mode = textOf(model, service.get('network_mode'));
  if (mode === undefined) return untold(byVariable, atKey(service, 'network_mode'));
  if (mode !== null) return told(`network_mode ${mode}`, atKey(service, 'network_mode'));
  const names = referencesOf(model, service).flatMap(({ section, name }) =>
    section === 'networks' ? name : [],
  );
  const isStated = service.get('networks')?.node != null;
  if (names.length === 0 && isStated) return untold(byVariable, atKey(service, 'networks'));
  if (names.length === 0) return told('the default network of the project', byDefault);
  return told(listed(names), atKey(service, 'networks'));
}

export const separateNetworks: Line = {
  id: 'separate-networks',
  title: 'Separate networks',
  why: 'On one network everybody talks to everybody: whoever breaks into what faces the world is next to the database.',
  references: [cis('5.10', '5.30'), owasp(5, 'be-mindful-of-inter-container-connectivity')],
  rules: { compose: ['compose-host-network', 'compose-shared-network'], dockerfile: [] },
  service: networksOf,
};
