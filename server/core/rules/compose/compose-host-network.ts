// compose-host-network: a service in the network of the host.
import type { Fix } from '../../engine/finding.ts';
import { composeRule } from '../../engine/rule.ts';
import { gatherPlaces, type Place } from '../../insight/places.ts';
import { pulledImage } from '../../insight/pulled-image.ts';
import { isNetworkTool } from '../../knowledge/host-tools.ts';
import { removeEntries, replaceKey } from '../../model/compose/edit.ts';
import { itemsOf } from '../../model/compose/items.ts';
import type { ComposeModel, Entry, Service } from '../../model/compose/model.ts';
import { placeFix } from '../../repairs/places.ts';

interface Found {
  readonly entry: Entry;
  readonly service: Service;
  readonly image: string | null;
  /** Those the image is known to listen on. */
  readonly ports: readonly string[];
}

function fixesOf(model: ComposeModel, place: Place<Found>): Fix[] {
  const { service, entry, ports } = place.found;
  const removed = removeEntries(model, [entry.keySpan]);
  // What is published there has no effect in the network of the host, and has one again without it.
  if (service.get('ports') || service.get('networks')) {
    return placeFix(place, 'Take network_mode away', 'unsafe', removed);
  }
  const published = ports.map(port => {
    const [number = '', protocol = 'tcp'] = port.split('/');
    return `127.0.0.1:${number}:${number}${protocol === 'tcp' ? '' : `/${protocol}`}`;
  });
  const replaced =
    place.isShared || published.length === 0
      ? null
      : replaceKey(model, service, 'network_mode', ['ports', { list: published }]);
  return [
    ...placeFix(place, `Publish ${ports.join(', ')} on 127.0.0.1 instead`, 'suggestion', replaced),
    ...placeFix(place, 'Take network_mode away', 'suggestion', removed),
  ];
}

export default composeRule({
  id: 'compose-host-network',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A service in the network of the host',
  messages: {
    host: {
      text: '{service} lives in the network of the host: it reaches what listens on 127.0.0.1 there, and whatever it opens itself is open on every interface. Publish the ports that it needs.',
      equivalents: ['compose-lint:CL-0008', 'kics:shared_host_network_namespace'],
    },
    expected: {
      text: '{service} lives in the network of the host, as {image} mostly has to: it reaches what listens on 127.0.0.1 there. See to it that a firewall covers the ports that it opens.',
      severity: 'hint',
      equivalents: ['compose-lint:CL-0008', 'kics:shared_host_network_namespace'],
    },
  },
  docs: {
    why: 'With `network_mode: host` there is no border: databases and administration pages that the host keeps on 127.0.0.1 are open to the container, it can listen in place of other services, and each port that it opens is open to the outside. Names of other services do not resolve, and `ports` has no effect.',
    remedy:
      'Remove it, put the service into a network with those it talks to, and publish what has to be reached: on `127.0.0.1` where a proxy on the host is the only caller. `extra_hosts: ["host.docker.internal:host-gateway"]` leads to services of the host.',
    limits: 'Programs that work with the network as such (discovery, DHCP, VPN) are told in a hint.',
    references: [
      'https://docs.docker.com/engine/network/drivers/host/',
      'https://docs.docker.com/reference/compose-file/services/#network_mode',
      'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-5-be-mindful-of-inter-container-connectivity',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'suggestion',
    why: 'Which ports have to be reached, and from where, only its author knows.',
  },
  examples: {
    bad: [
      {
        note: 'The image says where it listens.',
        code: 'services:\n  web:\n    image: nginx:1.30\n    network_mode: «host»\n',
        fixed: 'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - 127.0.0.1:80:80\n',
        variants: { 'Take network_mode away': 'services:\n  web:\n    image: nginx:1.30\n' },
      },
      {
        note: 'The ports are there, and have no effect so far.',
        code: 'services:\n  app:\n    image: example/app:1\n    network_mode: "«host»"\n    ports: ["127.0.0.1:8080:8080"]\n',
        fixed: 'services:\n  app:\n    image: example/app:1\n    ports: ["127.0.0.1:8080:8080"]\n',
      },
      {
        note: 'Discovery of devices works in no other network.',
        code: 'services:\n  home:\n    image: ghcr.io/home-assistant/home-assistant:2026.8\n    network_mode: «host»\n',
        fixed:
          'services:\n  home:\n    image: ghcr.io/home-assistant/home-assistant:2026.8\n    network_mode: host\n',
      },
    ],
    good: [
      { code: 'services:\n  app:\n    image: example/app:1\n    network_mode: none\n' },
      {
        code: 'services:\n  app:\n    image: example/app:1\n    network_mode: "service:vpn"\n  vpn:\n    image: example/vpn:1\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<Found>();
    return {
      service(service) {
        const entry = service.get('network_mode');
        const [mode] = itemsOf(model, service, 'network_mode');
        if (!entry || mode?.text !== 'host') return;
        const image = pulledImage(model, service);
        const ports = image?.facts?.ports ?? [];
        places.add(service, mode.span, {
          entry,
          service,
          image: image?.name ?? null,
          ports,
        });
      },
      end() {
        for (const place of places.all()) {
          const { image } = place.found;
          const [at, service] = [place.at, place.names];
          if (image !== null && isNetworkTool(image)) report('expected', { at, data: { service, image } });
          else report('host', { at, data: { service }, fixes: fixesOf(model, place) });
        }
      },
    };
  },
});
