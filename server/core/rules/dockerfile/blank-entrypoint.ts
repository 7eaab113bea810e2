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
      text: 'ENTRYPOINT without a command starts a shell that has nothing to do and ends at once. Write the command, or `[]` to take away that of the base image.',
      equivalents: ['dockerfile-utils:ARGUMENT_MISSING'],
    },
    cmd: {
      text: 'CMD without a command starts a shell that has nothing to do and ends at once. Write the command, or `[]` to take away that of the base image.',
    },
  },
  docs: {
    why: 'The build takes a bare `ENTRYPOINT` or `CMD` for an empty script, `["/bin/sh", "-c", ""]`: the container ends as soon as it starts, and says nothing. Mostly the line was never finished.',
    remedy:
      'Write the command. Where the inherited one is to be reset, write `[]`: the repair does, and so has the image start what is given with `docker run`.',
    references: ['https://docs.docker.com/reference/dockerfile/#entrypoint'],
  },
  fix: {
    availability: 'always',
    safety: 'suggestion',
    why: 'Whether a command is missing or was to be taken away, only its author knows.',
  },
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
      const fixes = [fix(`Write ${keyword} []`, 'suggestion', [insert(keywordSpan.end, ' []')])];
      report(keyword === 'CMD' ? 'cmd' : 'entrypoint', { at: keywordSpan, fixes });
    };
    return { instruction: { CMD: visit, ENTRYPOINT: visit } };
  },
});
