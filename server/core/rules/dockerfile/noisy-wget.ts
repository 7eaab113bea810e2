// noisy-wget: wget that draws its progress into the log of the build.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { insert } from '../../text/edit.ts';

const quiet =
  /^(?:--(?:progress|quiet|no-verbose|output-file|append-output|show-progress)\b|-(?:nv|[a-zA-Z]*[qoa]))/;

export default dockerfileRule({
  id: 'noisy-wget',
  category: 'style',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'wget fills the log with its progress',
  messages: {
    progress: {
      text: 'wget writes a line for each few kilobytes into the log of the build, where the errors are then hard to find. Add `-nv`, or `--progress=dot:giga`.',
      equivalents: ['hadolint:DL3047'],
    },
  },
  docs: {
    why: 'Where no terminal listens, wget draws its progress with dots, a line for every 50 kB: thousands of lines for a large file, in which warnings and errors drown.',
    remedy:
      'Add `--progress=dot:giga`, which is a line for every 32 MB. `-nv` says one line for each file, `-q` nothing at all, not even why it failed. The repair adds `--progress=dot:giga`.',
    references: ['https://www.gnu.org/software/wget/manual/wget.html#Download-Options'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'safe',
    why: 'Only the log of the build changes.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1\nRUN «wget» https://example.com/a.tgz\n',
        fixed: 'FROM debian:13.1\nRUN wget --progress=dot:giga https://example.com/a.tgz\n',
      },
      {
        code: 'FROM debian:13.1\nRUN cd /tmp \\\n && «wget» -O a.tgz https://example.com/a.tgz\n',
        fixed:
          'FROM debian:13.1\nRUN cd /tmp \\\n && wget --progress=dot:giga -O a.tgz https://example.com/a.tgz\n',
      },
      {
        note: 'Words of a list.',
        code: 'FROM debian:13.1\nRUN [«"wget"», "https://example.com/a.tgz"]\n',
        fixed: 'FROM debian:13.1\nRUN ["wget", "https://example.com/a.tgz"]\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.1\nRUN wget -q https://example.com/a && wget -nv https://example.com/b\n' },
      { code: 'FROM debian:13.1\nRUN wget --progress=dot:giga https://example.com/a.tgz\n' },
      {
        code: 'FROM debian:13.1\nRUN wget -O- -o /tmp/log https://example.com/a.tgz\nRUN wget -O- https://example.com/a.tgz 2>/dev/null\n',
      },
      { code: 'FROM debian:13.1\nRUN wget --version\n' },
    ],
  },
  check: ({ report }) => ({
    command: {
      wget: ({ args, nameWord, redirects }, instruction) => {
        if (instruction.keyword !== 'RUN' || nameWord === null) return;
        if (redirects.some(({ operator, descriptor }) => descriptor === 2 || operator.startsWith('&>')))
          return;
        if (args.length === 0 || args.some(({ value }) => quiet.test(value ?? ''))) return;
        if (args.some(({ value }) => /^(?:-V|-h|--version|--help)$/.test(value ?? ''))) return;
        const isListed = instruction.script.kind === 'exec';
        const { end } = nameWord.span;
        report('progress', {
          at: nameWord.span,
          fixes: isListed
            ? []
            : [fix('Add --progress=dot:giga', 'safe', [insert(end, ' --progress=dot:giga')])],
        });
      },
    },
  }),
});
