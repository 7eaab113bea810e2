// compose-syntax-error: text that is no YAML, or no Compose file.
import { composeRule } from '../../engine/rule.ts';

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
    ],
    good: [{ code: 'services:\n  web:\n    image: nginx:1.30\n' }],
  },
  check: ({ report }) => ({
    file({ problems }) {
      for (const { message, span } of problems) report('refused', { at: span, data: { problem: message } });
    },
  }),
});
