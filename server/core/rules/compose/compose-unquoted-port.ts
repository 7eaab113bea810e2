// compose-unquoted-port: ports without quotes.

import { composeRule, fix } from '../../engine/rule.ts';
import { PlacesTold } from '../../model/looking.ts';
import type { YamlScalar } from '../../model/yaml/node.ts';
import { quoted } from '../../model/yaml/quote.ts';
import { replace } from '../../text/edit.ts';
import { spanText } from '../../text/span.ts';

/** A number of base 60 to readers of YAML 1.1: `22:22` is 1342. */
const sexagesimal = /^[1-9]\d*(?::[0-5]?\d)+$/;

export default composeRule({
  id: 'compose-unquoted-port',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Ports without quotes',
  messages: {
    unquoted: {
      text: '{port} in {key} of {service} has no quotes: Compose reads it as a text, other programs as a number or a time. Write it in quotes.',
      equivalents: ['dclint:require-quotes-in-ports'],
    },
  },
  docs: {
    why: 'What looks like a number to YAML is one in some programs, and is written back as another one. In quotes a port is the same text to everybody.',
    remedy: 'Put the ports in quotes; the repair takes those that the rest of the file has.',
    limits: 'Ports that readers of YAML 1.1 take for another number are told by `compose-sexagesimal-port`.',
    references: ['https://docs.docker.com/reference/compose-file/services/#ports'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'Compose reads the same port.' },
  examples: {
    bad: [
      {
        code: "services:\n  web:\n    image: nginx:1.30\n    ports:\n      - «8080:80» # the site\n      - '127.0.0.1:8443:443'\n    expose: [«9000»]\n",
        fixed:
          "services:\n  web:\n    image: nginx:1.30\n    ports:\n      - '8080:80' # the site\n      - '127.0.0.1:8443:443'\n    expose: ['9000']\n",
      },
    ],
    good: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    ports:\n      - "8080:80"\n      - target: 81\n    expose: ["9000"]\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    const quote = (item: YamlScalar) =>
      replace(item.span, quoted(spanText(model.text, item.span), model.style.quote));
    return {
      service(service) {
        for (const key of ['ports', 'expose']) {
          const node = service.get(key)?.node;
          for (const item of node?.kind === 'sequence' ? node.items : []) {
            if (item.kind !== 'scalar' || item.style !== 'plain' || item.value === null) continue;
            const { text: port, span: at } = item;
            if (sexagesimal.test(port) || seen.has(at.start)) continue;
            seen.add(at.start);
            const fixes = [fix('Put it in quotes', 'safe', [quote(item)])];
            report('unquoted', { at, data: { port, key, service: service.name }, fixes });
          }
        }
      },
    };
  },
});
