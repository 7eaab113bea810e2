// compose-insecure-registry: images over a connection that nobody protects.

import { composeRule, fix } from '../../engine/rule.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import { imageOf } from '../../model/compose/image.ts';
import { itemsOf } from '../../model/compose/items.ts';
import { contentSpan } from '../../model/compose/pairs.ts';
import { PlacesTold } from '../../model/looking.ts';
import type { Span } from '../../text/span.ts';

/** An address for which no authority signs a certificate, or the port of plain HTTP. The machine itself is trusted. */
const withoutTls = /^(?!127\.|localhost)(?:(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?|[^:/]+:80)$/;
const option = /^--(?:insecure-registry|registry\.insecure|registry-insecure)(?:=|$)/;

export default composeRule({
  id: 'compose-insecure-registry',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Images over an unprotected connection',
  messages: {
    address: {
      text: '{image} comes from {registry}, a registry without a name that a certificate could be for: the daemon has to be told to trust it blindly, and whoever stands between hands out another image. Give the registry a name and TLS.',
      severity: 'info',
    },
    option: {
      text: '{service} is told to trust a registry blindly: whoever stands between hands out another image, which then runs. Give the registry a certificate.',
    },
  },
  docs: {
    why: 'An image is code that runs. Over plain HTTP, or TLS whose certificate nobody checks, whoever sits on the way replaces it; the tag stays the same.',
    remedy:
      'Give the registry a name and a certificate, be it of your own authority (`/etc/docker/certs.d/`), and name images by digest.',
    limits: 'What the daemon of the host trusts (`insecure-registries` in daemon.json) is not seen.',
    references: [
      'https://docs.docker.com/reference/cli/dockerd/#insecure-registries',
      'https://distribution.github.io/distribution/about/insecure/',
    ],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A registry without a valid certificate is no longer reached.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: «10.0.0.7:5000/team/app:1»\n  dind:\n    image: docker:29-dind\n    command: ["--mtu=1400", «"--insecure-registry=registry.example.com:5000"»]\n',
        fixed:
          'services:\n  app:\n    image: 10.0.0.7:5000/team/app:1\n  dind:\n    image: docker:29-dind\n    command: ["--mtu=1400"]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: registry.example.com:5000/team/app:1\n  local:\n    image: localhost:5000/team/app:1\n',
      },
      {
        note: 'The name of what is built.',
        code: 'services:\n  app:\n    build: .\n    image: 10.0.0.7:5000/app:1\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    const isNew = ({ start }: Span): boolean => !seen.has(start) && seen.add(start).has(start);
    return {
      service(service) {
        const image = service.get('build') ? null : imageOf(model, service);
        if (image?.reference.known) {
          const { registry, text } = image.reference.value;
          const { node } = image.entry;
          if (registry !== null && withoutTls.test(registry) && node?.kind === 'scalar' && isNew(node.span))
            report('address', { at: contentSpan(node, model.text), data: { image: text, registry } });
        }
        const command =
          service.get('command')?.node?.kind === 'sequence' ? itemsOf(model, service, 'command') : [];
        for (const { text, nodeSpan } of command) {
          if (!option.test(text) || !isNew(nodeSpan)) continue;
          const edits = text.includes('=') ? removeEntries(model, [nodeSpan]) : null;
          const fixes = edits ? [fix('Remove the option', 'unsafe', edits)] : [];
          report('option', { at: nodeSpan, data: { service: service.name }, fixes });
        }
      },
    };
  },
});
