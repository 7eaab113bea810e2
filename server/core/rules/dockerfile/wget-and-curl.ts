// wget-and-curl: two tools for one job in one stage.
import { dockerfileRule } from '../../engine/rule.ts';
import type { Instruction, Stage } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';

export default dockerfileRule({
  id: 'wget-and-curl',
  category: 'size',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'Both wget and curl download in one stage',
  messages: {
    both: {
      text: 'This stage downloads with `{other}` as well: one of the two is enough, and each is one more program to install and keep free of flaws. Use `{other}` here too.',
      equivalents: [
        'hadolint:DL4001',
        'trivy:DS-0014',
        'kics:run_using_wget_and_curl',
        'semgrep:use-either-wget-or-curl',
      ],
    },
  },
  docs: {
    why: 'curl and wget do the same job in a build. Two of them are two packages, two sets of options to remember, and two programs that a scanner reports flaws in.',
    remedy:
      'Download with one of the two: `curl -fsSLo file URL` and `wget -qO file URL` do the same. `ADD URL file` needs neither.',
    limits: 'Scripts that the build runs may need the other one all the same.',
    references: ['https://docs.docker.com/reference/dockerfile/#add'],
  },
  fix: {
    availability: 'never',
    why: 'The options of the two differ in what they do on errors, redirects and names of files.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1\nRUN curl -fsSLO https://example.com/a.tgz\nRUN «wget» -q https://example.com/b.tgz\n',
      },
      {
        code: 'FROM debian:13.1\nRUN wget -q https://example.com/a.tgz && «curl» -fsSLO https://example.com/b.tgz\n',
      },
    ],
    good: [
      {
        note: 'Two stages.',
        code: 'FROM debian:13.1 AS a\nRUN curl -fsSLO https://example.com/a.tgz\nFROM alpine:3.22\nCOPY --from=a /a.tgz /\nRUN wget -q https://example.com/b.tgz\n',
      },
      { code: 'FROM debian:13.1\nRUN apt-get install -y curl wget && curl -fsSLO https://example.com/a\n' },
    ],
  },
  linked: true,
  check: ({ report }) => {
    const first = new Map<Stage | null, string>();
    const reported = new Set<Stage | null>();
    const visit = ({ name, nameWord }: ShellCommand, { keyword, stage }: Instruction): void => {
      if (keyword !== 'RUN' || name === null || nameWord === null) return;
      const other = first.get(stage) ?? name;
      first.set(stage, other);
      if (other === name || reported.has(stage)) return;
      reported.add(stage);
      report('both', { at: nameWord.span, data: { other } });
    };
    return { command: { curl: visit, wget: visit } };
  },
});
