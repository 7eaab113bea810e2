// compose-invalid-healthcheck-test: a check whose list does not say how it is run.

import { composeRule, fix } from '../../engine/rule.ts';
import type { ComposeModel } from '../../model/compose/model.ts';
import { PlacesTold } from '../../model/looking.ts';
import type { YamlSequence } from '../../model/yaml/node.ts';
import { quoted } from '../../model/yaml/quote.ts';
import { insert } from '../../text/edit.ts';

const kinds = new Set(['CMD', 'CMD-SHELL', 'NONE']);

/** A first word in front of the list, written as the one behind it. */
function addWord({ text, style }: ComposeModel, { flow, items, itemSpans }: YamlSequence) {
  const [first] = items;
  const where = itemSpans[0];
  if (first?.kind !== 'scalar' || where === undefined) return [];
  const isQuoted = first.style === 'single' || first.style === 'double';
  const word = isQuoted ? quoted('CMD', first.style === 'single' ? "'" : '"') : 'CMD';
  const indent = text.slice(text.lastIndexOf('\n', where.start - 1) + 1, where.start);
  if (!flow && indent.trim() !== '') return [];
  const edits = [insert(where.start, flow ? `${word}, ` : `- ${word}${style.eol}${indent}`)];
  return [fix('Run the words as a command', 'safe', edits)];
}

export default composeRule({
  id: 'compose-invalid-healthcheck-test',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A health check that does not say how it is run',
  messages: {
    kind: {
      text: 'The test of {service} begins with {word}: Compose takes a list only if it begins with CMD, CMD-SHELL or NONE. Put CMD in front of the words of a command.',
    },
  },
  docs: {
    why: 'The first word of the list says who runs the rest: CMD starts the program, CMD-SHELL gives one text to the shell of the image, NONE switches the check off. Without it Compose refuses the file.',
    remedy: 'Put `CMD` in front. Write a text in place of the list where the check needs a shell.',
    references: ['https://docs.docker.com/reference/compose-file/services/#healthcheck'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'safe',
    why: 'The file is refused as it is, and a list of words is a command.',
  },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    healthcheck:\n      test: [«"curl"», "-f", "http://localhost/"]\n  api:\n    image: example/api:1\n    healthcheck:\n      test:\n        - «/check» # ours\n        - --fast\n',
        fixed:
          'services:\n  web:\n    image: nginx:1.30\n    healthcheck:\n      test: ["CMD", "curl", "-f", "http://localhost/"]\n  api:\n    image: example/api:1\n    healthcheck:\n      test:\n        - CMD\n        - /check # ours\n        - --fast\n',
      },
      {
        code: 'x-word: &word curl\nservices:\n  web:\n    image: nginx:1.30\n    healthcheck:\n      test: [«*word», "-f", "http://localhost/"]\n',
        fixed:
          'x-word: &word curl\nservices:\n  web:\n    image: nginx:1.30\n    healthcheck:\n      test: [*word, "-f", "http://localhost/"]\n',
      },
    ],
    good: [
      {
        code: 'services:\n  a:\n    image: example/a:1\n    healthcheck: {test: ["CMD", "/check"]}\n  b:\n    image: example/b:1\n    healthcheck: {test: curl -f http://localhost/}\n  c:\n    image: example/c:1\n    healthcheck: {test: [NONE]}\n  d:\n    image: example/d:1\n    healthcheck: {test: []}\n  e:\n    image: example/e:1\n    healthcheck: {test: ["${KIND}", "/check"]}\n',
      },
    ],
  },
  check: ({ model, report }) => {
    const seen = new PlacesTold();
    return {
      service(service) {
        const node = service.get('healthcheck', 'test')?.node;
        const first = node?.kind === 'sequence' ? node.items[0] : undefined;
        const meant = first?.kind === 'alias' ? first.target : first;
        if (!first || node?.kind !== 'sequence' || meant?.kind !== 'scalar') return;
        if (kinds.has(meant.text) || meant.text.includes('$') || seen.has(first.span.start)) return;
        seen.add(first.span.start);
        const data = { service: service.name, word: `"${meant.text}"` };
        report('kind', { at: first.span, data, fixes: addWord(model, node) });
      },
    };
  },
});
