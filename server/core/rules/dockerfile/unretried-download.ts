// unretried-download: curl that gives up at the first failure.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { fetchesElsewhere } from '../../insight/downloads.ts';
import type { RunInstruction } from '../../model/dockerfile/model.ts';
import { addWords } from '../../repairs/commands.ts';

/** What has come before a failure is thrown away; in a pipe it has been read. */
const savesFile = /^(?:-[a-zA-Z#0-9]*[oO]|--output\b|--remote-name)/;

/** A file of settings, in which retries may stand, is copied, written or named. */
const isConfigured = ({ before, stage }: RunInstruction): boolean =>
  before.variable('CURL_HOME') !== undefined ||
  (stage?.chain ?? []).some(({ instructions }) =>
    instructions.some(({ body }) => body.text.includes('curlrc')),
  );

export default dockerfileRule({
  id: 'unretried-download',
  category: 'reliability',
  severity: 'hint',
  profile: 'all',
  since: '0.1.0',
  status: 'stable',
  title: 'curl gives up at the first failure',
  messages: {
    once: {
      text: 'One lost connection ends the whole build: curl tries once. Add `--retry`.',
      equivalents: ['tally:prefer-curl-config'],
    },
  },
  docs: {
    why: 'Connections are lost and servers are busy for a second now and then. A build of twenty downloads, run a hundred times a day, fails of it every other day.',
    remedy:
      'Add `--retry 5`, as the repair does, or write it into a `.curlrc` where `CURL_HOME` points. wget tries 20 times by itself.',
    limits: 'Requests that send something are left alone: trying them again may do it twice.',
    references: ['https://curl.se/docs/manpage.html#--retry'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'It does something only where the build would have failed; what a pipe has read by then it reads again, so only downloads into a file are repaired safely. Commands written as a list are left to a person.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1\nRUN «curl» -fsSL https://example.com/a.tgz | tar xz\n',
        fixed: 'FROM debian:13.1\nRUN curl --retry 5 -fsSL https://example.com/a.tgz | tar xz\n',
      },
      {
        code: 'FROM debian:13.1\nRUN [«"curl"», "-fO", "https://example.com/a.tgz"]\n',
        fixed: 'FROM debian:13.1\nRUN ["curl", "-fO", "https://example.com/a.tgz"]\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13.1\nRUN curl --retry 3 -fO https://example.com/a && curl -fd x https://example.com/hook\n',
      },
      {
        note: 'Settings for all of them.',
        code: 'FROM debian:13.1\nENV CURL_HOME=/etc/curl\nCOPY curlrc /etc/curl/.curlrc\nRUN curl -fO https://example.com/a\n',
      },
      { code: 'FROM debian:13.1\nRUN echo "--retry 5" > ~/.curlrc\nRUN curl -fO https://example.com/a\n' },
    ],
  },
  check: ({ report }) => ({
    command: {
      curl(command, instruction) {
        const { args, nameWord } = command;
        if (instruction.keyword !== 'RUN' || nameWord === null) return;
        if (!fetchesElsewhere(command) || isConfigured(instruction)) return;
        if (args.some(({ raw }) => /^["']?--retry\b/.test(raw))) return;
        const safety = args.some(({ raw }) => savesFile.test(raw)) ? 'safe' : 'unsafe';
        const edit = addWords(instruction, command, nameWord, '--retry 5');
        report('once', {
          at: nameWord.span,
          fixes: instruction.script.kind === 'exec' ? [] : [fix('Add --retry 5', safety, [edit])],
        });
      },
    },
  }),
});
