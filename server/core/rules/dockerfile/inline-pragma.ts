// inline-pragma: a comment that silences Hadolint for one instruction.
import { dockerfileRule } from '../../engine/rule.ts';

const pragma = /^hadolint[ \t]+ignore[ \t]*=/;

export default dockerfileRule({
  id: 'inline-pragma',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'A rule silenced in the file itself',
  messages: {
    hadolint: {
      text: 'This silences rules by numbers, and gives no reason. Mend what they find, or write `# bulkhead ignore=<id> -- reason`.',
      equivalents: ['hadolint:DL1001'],
    },
  },
  docs: {
    why: '`# hadolint ignore=DL3008` is soon copied from file to file. Nobody knows any more what the number stands for, or why it was fine the first time.',
    remedy:
      'Mend what the rule finds. Where it is fine, say so by its name and with the reason: `# bulkhead ignore=unpinned-package -- the mirror has one version only`. What holds for all files belongs into `.bulkhead.yaml`.',
    references: ['https://github.com/hadolint/hadolint/wiki/DL1001'],
  },
  fix: {
    availability: 'never',
    why: 'Which reason somebody had, the file does not say.',
  },
  examples: {
    bad: [{ code: 'FROM debian:13\n«# hadolint ignore=DL3008»\nRUN apt-get install -y curl\n' }],
    good: [
      {
        code: '# hadolint global ignore=DL3008\n# hadolint shell=bash\nFROM debian:13\n# Ignore this.\nRUN make\n',
      },
    ],
  },
  check: ({ report }) => ({
    file({ comments }) {
      for (const { text, span: at } of comments) if (pragma.test(text)) report('hadolint', { at });
    },
  }),
});
