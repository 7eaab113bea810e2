// unfollowed-redirect: curl that saves the notice instead of what has moved.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { fetchesElsewhere } from '../../insight/downloads.ts';
import { insert } from '../../text/edit.ts';

const follows = /^(?:--location(?:-trusted)?|--follow|-[a-zA-Z#0-9]*L[a-zA-Z#0-9]*)$/;

export default dockerfileRule({
  id: 'unfollowed-redirect',
  category: 'reliability',
  severity: 'hint',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'curl stops at a redirect',
  messages: {
    stops: {
      text: 'Once this address moves, curl saves the notice of the move instead of the file, and succeeds. Add `-L`.',
      equivalents: ['tally:curl-should-follow-redirects'],
    },
  },
  docs: {
    why: 'Servers answer with a redirect when a file has moved: to another host, a mirror, an object store. Without `-L` curl is content with that answer, even with `-f`, and the build goes on with an empty file.',
    remedy: 'Add `-L`. The repair does so.',
    limits: 'Requests that send something, and those to the own machine, are left alone.',
    references: ['https://curl.se/docs/manpage.html#-L'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'curl then talks to the servers that the redirect names.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1\nRUN «curl» -fsSO https://example.com/a.tgz\n',
        fixed: 'FROM debian:13.1\nRUN curl -L -fsSO https://example.com/a.tgz\n',
      },
      {
        note: 'Words of a list.',
        code: 'FROM debian:13.1\nRUN [«"curl"», "-fO", "https://example.com/a.tgz"]\n',
        fixed: 'FROM debian:13.1\nRUN ["curl", "-fO", "https://example.com/a.tgz"]\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.1\nRUN curl -fsSLO https://example.com/a.tgz\n' },
      { code: 'FROM debian:13.1\nRUN curl -fsS --location -o a https://example.com/a.tgz\n' },
      { code: 'FROM debian:13.1\nRUN curl -fsS -X POST https://example.com/hook && curl --version\n' },
      { code: 'FROM debian:13.1\nRUN curl -fsS http://localhost:8080/ready\n' },
    ],
  },
  check: ({ report }) => ({
    command: {
      curl: (command, instruction) => {
        const { args, nameWord } = command;
        if (instruction.keyword !== 'RUN' || nameWord === null) return;
        if (!fetchesElsewhere(command) || args.some(({ value, raw }) => follows.test(value ?? raw))) return;
        const isListed = instruction.script.kind === 'exec';
        const fixes = isListed ? [] : [fix('Add -L', 'unsafe', [insert(nameWord.span.end, ' -L')])];
        report('stops', { at: nameWord.span, fixes });
      },
    },
  }),
});
