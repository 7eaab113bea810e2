// compose-distant-healthcheck: a check that asks another host than the service it is about.

import { composeRule, fix } from '../../engine/rule.ts';
import { healthcheckOf } from '../../model/compose/healthcheck.ts';
import type { ComposeModel, Service } from '../../model/compose/model.ts';
import { resolvedString } from '../../model/compose/value.ts';
import { PlacesTold } from '../../model/looking.ts';
import type { ShellScript } from '../../model/shell/script.ts';
import { sharedTitle } from '../../repairs/shared.ts';
import { replace } from '../../text/edit.ts';
import { type Span, span, spanText } from '../../text/span.ts';

interface Distant {
  readonly host: string;
  readonly cleartext: boolean;
  readonly at: Span;
}

const address = /(https?):\/\/(?:[^\s/@"']*@)?(\[[0-9a-f:.]+\]|[a-z0-9](?:[\w.-]*\w)?)(?=[:/?#"'\s]|$)/gi;
const itself = /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|host)$/i;

/** What the service is called by itself and by the others. */
const namesOf = (model: ComposeModel, service: Service): string[] => [
  service.name,
  ...['container_name', 'hostname'].flatMap(key => {
    const name = resolvedString(model, service.get(key)?.node);
    return name?.known ? name.value : [];
  }),
];

function* distantHosts(text: string, { commands }: ShellScript, own: readonly string[]): Generator<Distant> {
  for (const { args } of commands) {
    for (const word of args) {
      for (const { 0: found, 1: scheme = '', 2: host = '', index } of spanText(text, word.span).matchAll(
        address,
      )) {
        if (itself.test(host) || own.includes(host)) continue;
        const end = word.span.start + index + found.length;
        yield { host, cleartext: scheme.toLowerCase() === 'http', at: span(end - host.length, end) };
      }
    }
  }
}

export default composeRule({
  id: 'compose-distant-healthcheck',
  category: 'reliability',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A health check that asks somebody else',
  messages: {
    other: {
      text: 'The health check of {service} asks {host}: it says how that one is, and calls {service} sick when that one is. Ask 127.0.0.1.',
    },
    cleartext: {
      text: 'The health check of {service} asks {host}, over plain HTTP: it says how that one is, and whoever stands between them answers in its place. Ask 127.0.0.1.',
    },
  },
  docs: {
    why: 'A health check runs in the container and is about what runs there. One that asks a neighbour, or a site on the internet, is well while its own service hangs, and sick whenever the other one is slow: both get restarted, or nothing starts. Over plain HTTP the answer can be anybody’s.',
    remedy:
      'Ask the service itself at `127.0.0.1`. That another one has to be there first, say with `depends_on` and `condition: service_healthy`.',
    limits:
      'Services whose very work is to reach another (a proxy, a tunnel) may mean it: ignore the finding there.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#healthcheck',
      'https://docs.docker.com/compose/how-tos/startup-order/',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'The service itself may listen on another port.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: example/web:1\n    healthcheck:\n      test: ["CMD", "curl", "-f", "http://«api»:8080/health"]\n  api:\n    image: example/api:1\n    healthcheck:\n      test: curl -f https://«www.example.com»/\n',
        fixed:
          'services:\n  web:\n    image: example/web:1\n    healthcheck:\n      test: ["CMD", "curl", "-f", "http://127.0.0.1:8080/health"]\n  api:\n    image: example/api:1\n    healthcheck:\n      test: curl -f https://127.0.0.1/\n',
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: example/web:1\n    healthcheck: {test: ["CMD", "curl", "-f", "http://localhost/"]}\n  api:\n    image: example/api:1\n    healthcheck: {test: "curl -f http://api:8080/ || exit 1"}\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const check = service.get('healthcheck') && healthcheckOf(model, service);
        if (!check?.script) return;
        for (const { host, cleartext, at } of distantHosts(
          model.text,
          check.script,
          namesOf(model, service),
        )) {
          if (seen.has(at.start)) continue;
          seen.add(at.start);
          const title = sharedTitle('Ask 127.0.0.1', service, check.test?.sharedBy ?? []);
          report(cleartext ? 'cleartext' : 'other', {
            at,
            data: { service: service.name, host },
            fixes: [fix(title, 'suggestion', [replace(at, '127.0.0.1')])],
          });
        }
      },
    };
  },
});
