// compose-tls-check-off: a variable with which a service believes whoever answers.

import { composeRule, fix } from '../../engine/rule.ts';
import { toolSwitchedOff } from '../../insight/tls-checks.ts';
import { skipsVerification } from '../../knowledge/tls-switches.ts';
import { removeEntries } from '../../model/compose/edit.ts';
import { PlacesTold } from '../../model/looking.ts';
import { sharedTitle } from '../../repairs/shared.ts';

export default composeRule({
  id: 'compose-tls-check-off',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Certificates that are not checked',
  messages: {
    off: {
      text: '{name} keeps {service} from checking certificates: whoever stands between reads and changes what it sends. Take it away, and give the service the certificate of your authority.',
    },
  },
  docs: {
    why: '`NODE_TLS_REJECT_UNAUTHORIZED=0`, `GIT_SSL_NO_VERIFY` and their like are the quick way past the certificate of one internal server. They hold for every connection of the program: to payment services and identity providers too.',
    remedy:
      'Add the certificate of your authority: `NODE_EXTRA_CA_CERTS`, `REQUESTS_CA_BUNDLE`, `SSL_CERT_FILE`, mounted as a file. Docker in Docker speaks TLS by itself where `DOCKER_TLS_CERTDIR` is not emptied.',
    limits:
      'Variables are known by a table, or by a name such as `..._SKIP_VERIFY`. Files with settings are not read.',
    references: [
      'https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue',
      'https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpsslVerify',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'A server whose certificate nobody known has signed is no longer talked to.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    environment:\n      LEVEL: info\n      NODE_TLS_REJECT_UNAUTHORIZED: "«0»"\n  vault:\n    image: example/vault:1\n    environment: ["VAULT_SKIP_VERIFY=«true»"]\n',
        fixed:
          'services:\n  app:\n    image: example/app:1\n    environment:\n      LEVEL: info\n  vault:\n    image: example/vault:1\n',
      },
    ],
    good: [
      {
        code: 'services:\n  app:\n    image: example/app:1\n    environment:\n      NODE_TLS_REJECT_UNAUTHORIZED: "1"\n      NODE_EXTRA_CA_CERTS: /run/secrets/authority.pem\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        for (const pair of service.pairs('environment')) {
          const { name, value, valueSpan, span } = pair;
          if (value === null || !valueSpan || seen.has(span.start)) continue;
          if (toolSwitchedOff(name, value) === null && !skipsVerification(name, value)) continue;
          seen.add(span.start);
          const { sharedBy } = pair;
          const edits = removeEntries(model, [span]);
          const title = sharedTitle(`Remove ${name}`, service, sharedBy);
          report('off', {
            at: valueSpan,
            data: { name, service: [service.name, ...sharedBy].join(', ') },
            fixes: edits ? [fix(title, 'unsafe', edits)] : [],
          });
        }
      },
    };
  },
});
