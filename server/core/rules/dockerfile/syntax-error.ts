// syntax-error: text that BuildKit refuses to read.
import { dockerfileRule } from '../../engine/rule.ts';

export default dockerfileRule({
  id: 'syntax-error',
  category: 'correctness',
  severity: 'error',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Text that does not build',
  messages: {
    refused: { text: '{problem}', equivalents: ['buildkit:parse-error', 'sonar:S2260'] },
  },
  docs: {
    why: 'BuildKit stops at the first text that it cannot read, before anything is built, and tells one mistake at a time.',
    remedy:
      'Correct the text as the message says. All mistakes of the file are shown at once, in the order in which BuildKit would stop at them.',
    references: ['https://docs.docker.com/reference/dockerfile/'],
  },
  fix: { availability: 'never', why: 'What was meant cannot be told from text that says nothing.' },
  examples: {
    bad: [
      { code: 'FROM alpine:3.22\n«RNU» echo hello\n', note: 'The nearest name is in the message.' },
      { code: 'FROM alpine:3.22\nHEALTHCHECK «--intervall=5s» CMD /check\n' },
    ],
    good: [
      { code: 'FROM alpine:3.22\nRUN echo hello\n' },
      { code: '# Only a comment\nARG VERSION\nFROM alpine:${VERSION}\n' },
    ],
  },
  check: ({ report }) => ({
    file({ problems }) {
      for (const { message, span } of problems) report('refused', { at: span, data: { problem: message } });
    },
  }),
});
