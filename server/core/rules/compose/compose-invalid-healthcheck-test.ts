// compose-invalid-healthcheck-test: a check whose list does not say how it is run.

import { composeRule, fix } from '../../engine/rule.ts';
import type { ComposeModel } from '../../model/compose/model.ts';
import { listWords } from '../../model/compose/words.ts';
import { PlacesTold } from '../../model/looking.ts';
import type { YamlScalar, YamlSequence } from '../../model/yaml/node.ts';
import { quoted } from '../../model/yaml/quote.ts';
import { scalarText } from '../../model/yaml/scalar-text.ts';
import { testText } from '../../repairs/service-health.ts';
import { insert, remove, replace } from '../../text/edit.ts';
import { fileSpan } from '../../text/mapped-text.ts';
import { hull, span, spanText } from '../../text/span.ts';

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

/** A text that begins as a list would: with the word, or with the bracket in front of it. */
const asList = /^(\s*\[\s*["']?)?(CMD-SHELL|CMD|NONE)(?![^\s"',\]])\s*/;

/** The text without the word that only a list begins with. */
function plainText(
  model: ComposeModel,
  node: YamlScalar,
  { 0: begin, 1: bracket, 2: word }: RegExpExecArray,
) {
  if (bracket !== undefined || node.anchor !== null) return [];
  if (node.text === 'NONE') return [fix('Write a list', 'unsafe', [replace(node.span, '[NONE]')])];
  if (word === 'NONE' || node.text === begin) return [];
  const at = fileSpan(scalarText(node, model.text), span(0, begin.length));
  return [fix('Take the word away', 'unsafe', [remove(at)])];
}

/** CMD where no shell is needed; otherwise the words as one text. */
function reachingWords(model: ComposeModel, { span: at, flow, items }: YamlSequence) {
  const [kind, ...words] = listWords(model, items);
  const texts = words.map(({ text }) => text.text);
  if (kind === undefined || items.some(({ kind }) => kind !== 'scalar')) return [];
  if (texts.every(text => !/[$`*?|&;<>~\s]/.test(text))) {
    const start = kind.span.start + kind.raw.indexOf('-SHELL');
    return [fix('Run the words as a command', 'unsafe', [remove(span(start, start + '-SHELL'.length))])];
  }
  const isPlain = texts.every(text => /^[\w./:=@%+,-]+$|^(?:&&|\|\|?|;|>)$/.test(text));
  if (!flow || !isPlain || spanText(model.text, at).includes('\n')) return [];
  return [
    fix('Write them as one text', 'unsafe', [replace(at, testText(model, ['CMD-SHELL', texts.join(' ')]))]),
  ];
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
    text: {
      text: 'A text goes to the shell, to which `{word}` is a program that no image has: {service} never gets healthy. Write a list, or the command alone.',
      severity: 'warning',
    },
    dropped: {
      text: 'CMD-SHELL takes one text: `{word}` does not get the words behind it. Write CMD, or the whole command as one text.',
      severity: 'warning',
    },
  },
  docs: {
    why: 'The first word of the list says who runs the rest: CMD starts the program, CMD-SHELL gives one text to the shell of the image, NONE switches the check off. Without it Compose refuses the file. A text has no such word: all of it is for the shell.',
    remedy: 'Put `CMD` in front. Write a text in place of the list where the check needs a shell.',
    references: ['https://docs.docker.com/reference/compose-file/services/#healthcheck'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'A check that never ran as it was meant may find that the service is not well.',
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
      {
        note: 'Words of a list in a text, and a list where one text is wanted.',
        code: 'services:\n  a:\n    image: example/a:1\n    healthcheck:\n      test: "«CMD» curl -f http://localhost/"\n  b:\n    image: example/b:1\n    healthcheck: {test: «NONE»}\n  c:\n    image: example/c:1\n    healthcheck:\n      test: [CMD-SHELL, pg_isready, «"-U", "app"»]\n  d:\n    image: example/d:1\n    healthcheck:\n      test: ["CMD-SHELL", "curl", «"-f", "http://localhost/", "||", "exit", "1"»]\n',
        fixed:
          'services:\n  a:\n    image: example/a:1\n    healthcheck:\n      test: "curl -f http://localhost/"\n  b:\n    image: example/b:1\n    healthcheck: {test: [NONE]}\n  c:\n    image: example/c:1\n    healthcheck:\n      test: [CMD, pg_isready, "-U", "app"]\n  d:\n    image: example/d:1\n    healthcheck:\n      test: ["CMD-SHELL", "curl -f http://localhost/ || exit 1"]\n',
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
        if (node?.kind === 'scalar') {
          const found = asList.exec(node.text);
          if (!found || seen.has(node.span.start)) return;
          seen.add(node.span.start);
          const { 1: bracket = '', 2: word = '' } = found;
          const at = fileSpan(
            scalarText(node, model.text),
            span(bracket.length, bracket.length + word.length),
          );
          report('text', { at, data: { service: service.name, word }, fixes: plainText(model, node, found) });
        }
        if (node?.kind !== 'sequence') return;
        const [first, second, ...others] = node.items;
        const meant = first?.kind === 'alias' ? first.target : first;
        if (!first || meant?.kind !== 'scalar' || meant.text.includes('$') || seen.has(first.span.start))
          return;
        seen.add(first.span.start);
        const [dropped] = others;
        const last = others.at(-1);
        if (!kinds.has(meant.text)) {
          const data = { service: service.name, word: `"${meant.text}"` };
          report('kind', { at: first.span, data, fixes: addWord(model, node) });
        } else if (meant.text === 'CMD-SHELL' && second?.kind === 'scalar' && dropped && last) {
          const at = hull(dropped.span, last.span);
          report('dropped', { at, data: { word: second.text }, fixes: reachingWords(model, node) });
        }
      },
    };
  },
});
