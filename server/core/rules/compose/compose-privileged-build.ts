// compose-privileged-build: a build that may do on the host what root may.
import { composeRule } from '../../engine/rule.ts';
import { gatherPlaces } from '../../insight/places.ts';
import { itemsOf } from '../../model/compose/items.ts';
import { comesToTrue } from '../../model/compose/truth.ts';
import { removalFix } from '../../repairs/places.ts';
import type { Span } from '../../text/span.ts';

interface Found {
  readonly kind: 'privileged' | 'insecure' | 'network';
  readonly what: string;
  readonly entry: Span;
}

export default composeRule({
  id: 'compose-privileged-build',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A build with rights on the host',
  messages: {
    privileged: {
      text: 'The build of {service} is privileged: every package script that it runs may do on the host what root may. Take `privileged` away.',
    },
    insecure: {
      text: 'The build of {service} may ask for `{what}`: every package script that it runs may then do on the host what root may. Take it away.',
    },
    network: {
      text: 'The build of {service} works in the network of the host: package scripts reach what listens on 127.0.0.1 there. Take `{what}` away.',
      severity: 'info',
    },
  },
  docs: {
    why: 'A build runs the code of strangers: installers, package scripts, compilers with plugins. BuildKit keeps it apart like a container. `privileged`, the entitlement `security.insecure` and the network of the host take that away, on the machine where images are made.',
    remedy:
      'Remove the key. What needs a device or a kernel module belongs into a step after the build; a proxy or a registry on the host is reached by its address.',
    references: [
      'https://docs.docker.com/reference/compose-file/build/#privileged',
      'https://docs.docker.com/reference/compose-file/build/#entitlements',
      'https://docs.docker.com/reference/cli/docker/buildx/build/#allow',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'A step that needs the right fails.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    build:\n      context: .\n      «privileged»: true\n      network: «host»\n      entitlements:\n        - «security.insecure»\n        - «network.host»\n',
        fixed: 'services:\n  app:\n    build:\n      context: .\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    build:\n      context: .\n      privileged: false\n      network: none\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const places = gatherPlaces<Found>();
    return {
      service(service) {
        const privileged = service.get('build', 'privileged');
        if (privileged && comesToTrue(model, privileged.node)) {
          places.add(service, privileged.keySpan, {
            kind: 'privileged',
            what: '',
            entry: privileged.keySpan,
          });
        }
        const network = service.get('build', 'network');
        const [mode] = itemsOf(model, service, 'build', 'network');
        if (network && mode?.text === 'host') {
          places.add(service, mode.span, { kind: 'network', what: 'network: host', entry: network.keySpan });
        }
        for (const { text, span, nodeSpan } of itemsOf(model, service, 'build', 'entitlements')) {
          if (!/^(?:security\.insecure|network\.host|device)/.test(text)) continue;
          const kind = text.startsWith('network') ? 'network' : 'insecure';
          places.add(service, span, { kind, what: text, entry: nodeSpan });
        }
      },
      end() {
        for (const place of places.all()) {
          const { kind, what, entry } = place.found;
          const [at, service] = [place.at, place.names];
          const fixes = removalFix(model, place, `Take ${what || kind} away`, 'unsafe', entry);
          if (kind === 'privileged') report(kind, { at, data: { service }, fixes });
          else report(kind, { at, data: { service, what }, fixes });
        }
      },
    };
  },
});
