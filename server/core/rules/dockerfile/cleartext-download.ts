// cleartext-download: something from the network that anybody on the way can change.

import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { addressesIn, isDownload } from '../../insight/downloads.ts';
import type { CopyInstruction } from '../../model/dockerfile/model.ts';
import { replace } from '../../text/edit.ts';
import { type Span, span, spanText } from '../../text/span.ts';

const clearText = /^(?:http|ftp|git):\/\//i;
const ownMachine = /^\w+:\/\/(?:localhost|127\.|\[::1\]|0\.0\.0\.0|host\.docker\.internal)/i;
const others = new Set([
  'git',
  'pip',
  'pip3',
  'npm',
  'yarn',
  'pnpm',
  'gem',
  'go',
  'svn',
  'hg',
  'rpm',
  'lftp',
]);

export default dockerfileRule({
  id: 'cleartext-download',
  category: 'security',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A download without encryption',
  messages: {
    fetch: {
      text: 'What comes over `{protocol}` can be changed by anybody on the way, and ends up in the image. Use `https`.',
      equivalents: ['sonar:S5332'],
    },
  },
  docs: {
    why: 'Nothing protects `http://`, `ftp://` and `git://`: whoever sits between the build and the server reads the request and chooses the answer, and nobody notices.',
    remedy:
      'Use `https://`. Where a server has nothing else, compare a checksum. The repair writes `https` for `http`.',
    limits:
      'Only what is named to programs that download is looked at, and `ADD`. Package lists of apt are signed, and left alone.',
    references: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
  },
  fix: { availability: 'sometimes', safety: 'unsafe', why: 'The server may not offer it.' },
  examples: {
    bad: [
      {
        code: 'FROM debian:13.1\nRUN curl -fsSLO «http://example.com/a.tgz» && git clone "«http://example.com/b.git»"\n',
        fixed:
          'FROM debian:13.1\nRUN curl -fsSLO https://example.com/a.tgz && git clone "https://example.com/b.git"\n',
      },
      {
        code: 'FROM debian:13.1\nADD «http://example.com/a.tgz» /srv/\n',
        fixed: 'FROM debian:13.1\nADD https://example.com/a.tgz /srv/\n',
      },
      {
        code: 'FROM debian:13.1\nRUN wget -q «ftp://example.com/a.tgz»\n',
        fixed: 'FROM debian:13.1\nRUN wget -q ftp://example.com/a.tgz\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.1\nRUN curl -fsSLO https://example.com/a.tgz\n' },
      { code: 'FROM debian:13.1\nRUN curl -fsS http://localhost:8080/ready && echo http://example.com\n' },
      { code: 'FROM debian:13.1\nHEALTHCHECK CMD curl -fsS http://127.0.0.1/\n' },
    ],
  },
  check: ({ model, report }) => {
    const visit = (raw: string, whole: Span): void => {
      const quote = /^["']/.test(raw) ? 1 : 0;
      const address = raw.slice(quote, quote ? -1 : undefined);
      if (!clearText.test(address) || ownMachine.test(address)) return;
      const start = whole.start + quote;
      const protocol = address.slice(0, address.indexOf(':')).toLowerCase();
      const at = span(start, start + protocol.length);
      // It may go on in the next line.
      const isHttp = spanText(model.text, at).toLowerCase() === 'http';
      const fixes: Fix[] = isHttp ? [fix('Use https', 'unsafe', [replace(at, 'https')])] : [];
      report('fetch', { at: span(start, start + address.length), data: { protocol }, fixes });
    };
    const add = ({ sources }: CopyInstruction): void => {
      for (const source of sources) visit(source.raw, source.span);
    };
    return {
      instruction: { ADD: add },
      command: {
        '*': (command, { keyword }) => {
          if (keyword !== 'RUN' || !(isDownload(command) || others.has(command.name ?? ''))) return;
          for (const word of addressesIn(command, clearText)) visit(word.raw, word.span);
        },
      },
    };
  },
});
