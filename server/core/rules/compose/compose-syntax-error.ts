// compose-syntax-error: text that is no YAML, or no Compose file.
import { composeRule } from '../../engine/rule.ts';
import { codePoint } from '../../model/yaml/problems.ts';
import { documentStarts } from '../../model/yaml/stream.ts';
import { span } from '../../text/span.ts';

/** What Compose's reader of YAML takes for the end of a line, and most others do not. */
const hiddenBreak = /[\u0085\u2028\u2029]|\r(?!\n)/g;

export default composeRule({
  id: 'compose-syntax-error',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Text that Compose cannot read',
  messages: {
    refused: { text: '{problem}', equivalents: ['compose-lint:parse-error'] },
    hidden: {
      text: '{character} ends a line for Compose, but not for most others that read the file: what stands behind it counts as a line of its own, though it may look like part of a comment. Write a line end, or take it out.',
      equivalents: ['compose-lint:parse-error'],
    },
    later: {
      text: 'Another document begins here: Compose lays it over those above, but nothing in it is checked, and hardly any other tool reads it. Write its keys into the first one, or into a file of its own.',
      severity: 'warning',
      equivalents: ['compose-lint:parse-error'],
    },
  },
  docs: {
    why: 'Compose reads the whole file or nothing of it: one wrong indentation, one key written twice, and no service starts.',
    remedy:
      'Correct the text as the message says. Everything that can be read beside it is checked all the same.',
    references: ['https://docs.docker.com/reference/compose-file/'],
  },
  fix: { availability: 'never', why: 'What was meant cannot be told from text that says nothing.' },
  examples: {
    bad: [
      {
        code: 'services:\n  web:\n    image: nginx:1.30\n    «image»: nginx:1.31\n',
        note: 'A key written twice.',
      },
      { code: 'services:\n  web:\n    image: «*base»\n', note: 'Nothing has that name.' },
      {
        code: 'services:\n  web:\n    image: nginx:1.30 # the web server«\u2028»    privileged: true\n',
        note: 'A line separator: Compose reads the key behind it.',
      },
      {
        code: '---\nservices:\n  web:\n    image: nginx:1.30\n«---»\nservices:\n  web:\n    privileged: true\n',
        note: 'A second document, which counts as well.',
      },
    ],
    good: [{ code: 'services:\n  web:\n    image: nginx:1.30\n' }],
  },
  check: ({ report }) => ({
    file({ problems, text }) {
      for (const { message, span: at } of problems) report('refused', { at, data: { problem: message } });
      for (const { index, 0: found } of text.matchAll(hiddenBreak)) {
        report('hidden', { at: span(index, index + 1), data: { character: codePoint(found) } });
      }
      for (const start of documentStarts(text).slice(1)) {
        report('later', { at: span(start, start + 3) });
      }
    },
  }),
});
