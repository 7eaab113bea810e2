// blank-entrypoint: ENTRYPOINT or CMD without arguments.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import type { ProcessInstruction } from '../../model/dockerfile/model.ts';
import { insert } from '../../text/edit.ts';

export default dockerfileRule({
  id: 'blank-entrypoint',
  category: 'correctness',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'ENTRYPOINT or CMD without a command',
  messages: {
    entrypoint: {
      text: 'ENTRYPOINT without a command takes away that of the base image, which looks half typed. Write the command, or `[]` where that is meant.',
      equivalents: ['dockerfile-utils:ARGUMENT_MISSING'],
    },
    cmd: {
      text: 'CMD without a command takes away that of the base image, which looks half typed. Write the command, or `[]` where that is meant.',
    },
  },
  docs: {
    why: 'BuildKit takes a bare `ENTRYPOINT` or `CMD` for an empty list: the image no longer starts what its base starts. Nobody can tell that from a line that was never finished.',
    remedy: 'Write the command. Where the inherited one is to be reset, write `[]`, as the repair does.',
    references: ['https://docs.docker.com/reference/dockerfile/#entrypoint'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'It says what the build makes of it today.' },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.24\n«ENTRYPOINT»\n«CMD»\n',
        fixed: 'FROM alpine:3.24\nENTRYPOINT []\nCMD []\n',
      },
    ],
    good: [{ code: 'FROM alpine:3.24\nENTRYPOINT []\nCMD ["sh"]\n' }],
  },
  check: ({ report }) => {
    const visit = ({ keyword, keywordSpan, body }: ProcessInstruction): void => {
      if (body.text !== '') return;
      const fixes = [fix(`Write ${keyword} []`, 'safe', [insert(keywordSpan.end, ' []')])];
      report(keyword === 'CMD' ? 'cmd' : 'entrypoint', { at: keywordSpan, fixes });
    };
    return { instruction: { CMD: visit, ENTRYPOINT: visit } };
  },
});
