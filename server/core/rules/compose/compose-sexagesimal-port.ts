// compose-sexagesimal-port: a port without quotes that some readers of YAML take for a number of base 60.

import { composeRule, fix } from '../../engine/rule.ts';
import { PlacesTold } from '../../model/looking.ts';
import { quoted } from '../../model/yaml/quote.ts';
import { replace } from '../../text/edit.ts';
import { spanText } from '../../text/span.ts';

const sexagesimal = /^[1-9]\d*(?::[0-5]?\d)+$/;

/** What a reader of YAML 1.1 makes of it. */
const misread = (text: string): number =>
  text.split(':').reduce((value, part) => value * 60 + Number(part), 0);

export default composeRule({
  id: 'compose-sexagesimal-port',
  category: 'correctness',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A port that may be read as a time',
  messages: {
    misread: {
      text: 'To YAML 1.1 {port} is a number of base 60, {value}: podman-compose, Ansible and the first Compose publish that port. Write it in quotes.',
      equivalents: ['dclint:require-quotes-in-ports'],
    },
  },
  docs: {
    why: 'YAML 1.1 counts hours, minutes and seconds: of two numbers with a colon between them it makes one where the second one is below 60. Compose itself reads YAML 1.2, where that is a text; the libraries of Python and Ruby, and so other programs that run or convert the file, read the number.',
    remedy: 'Put the port in quotes.',
    references: [
      'https://docs.docker.com/reference/compose-file/services/#ports',
      'https://yaml.org/type/int.html',
    ],
  },
  fix: { availability: 'always', safety: 'safe', why: 'Compose reads the same port.' },
  examples: {
    bad: [
      {
        code: 'services:\n  git:\n    image: example/git:1\n    ports:\n      - «2222:22»\n      - 8080:80\n',
        fixed:
          'services:\n  git:\n    image: example/git:1\n    ports:\n      - "2222:22"\n      - 8080:80\n',
      },
    ],
    good: [
      {
        code: 'services:\n  git:\n    image: example/git:1\n    ports:\n      - "2222:22"\n      - 8080:80\n      - 127.0.0.1:53:53\n      - 53:53/udp\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const node = service.get('ports')?.node;
        for (const item of node?.kind === 'sequence' ? node.items : []) {
          if (item.kind !== 'scalar' || item.style !== 'plain' || !sexagesimal.test(item.text)) continue;
          const { text: port, span: at } = item;
          if (seen.has(at.start)) continue;
          seen.add(at.start);
          const written = quoted(spanText(model.text, at), model.style.quote);
          const fixes = [fix('Put it in quotes', 'safe', [replace(at, written)])];
          report('misread', { at, data: { port, value: misread(port) }, fixes });
        }
      },
    };
  },
});
