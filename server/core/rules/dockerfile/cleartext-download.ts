// cleartext-download: something from the network that anybody on the way can change.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { environmentValue } from '../../insight/command-environment.ts';
import { addressesIn, isDownload } from '../../insight/downloads.ts';
import { lastVerification } from '../../insight/verification.ts';
import type { CopyInstruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';
import { replace } from '../../text/edit.ts';
import { type Span, span, spanText } from '../../text/span.ts';

const clearText = /^(?:http|ftp|git):\/\//i;
const ownMachine = /^\w+:\/\/(?:localhost|127\.|\[::1\]|0\.0\.0\.0|host\.docker\.internal)/i;
const others = new Set(
  'git pip pip2 pip3 uv poetry conda npm yarn pnpm gem bundle composer go cargo svn hg rpm yum yum-config-manager dnf microdnf lftp'.split(
    ' ',
  ),
);

/** Where packages come from, behind `=`. */
const indexOption = /^--(?:(?:extra-)?index-url|(?:default-)?index|find-links|registry|source|add-repo)=/;

const protocolOf = (address: string): string => address.slice(0, address.indexOf(':')).toLowerCase();

const isClear = (address: string): boolean => clearText.test(address) && !ownMachine.test(address);

/** The name of the variable that a word begins with. */
function leadingVariable(raw: string): string | null {
  const [, braced, bare] = /^"?\$(?:\{(\w+)\}|(\w+))/.exec(raw) ?? [];
  return braced ?? bare ?? null;
}

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
    variable: {
      text: '{name} is an address with `{protocol}`: what comes over it can be changed by anybody on the way, and ends up in the image. Give it one with `https`.',
      equivalents: ['sonar:S5332'],
    },
  },
  docs: {
    why: 'Nothing protects `http://`, `ftp://` and `git://`: whoever sits between the build and the server reads the request and chooses the answer, and nobody notices.',
    remedy:
      'Use `https://`. Where a server has nothing else, compare a checksum. The repair writes `https` for `http`.',
    limits:
      'Only what is named to programs that download is looked at, and `ADD`. A download of which a checksum or a signature is compared behind it is left alone: nobody on the way can change it unnoticed. Package lists of apt are signed, and left alone.',
    references: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'The server may not offer it. A variable may be used for more than this.',
  },
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
      {
        note: 'The address stands in a variable, or behind an option.',
        code: 'FROM python:3.14-slim\nARG MIRROR=http://example.com\nADD «${MIRROR}/a.tgz» /srv/\nRUN U=ftp://example.com/b && curl -O «"$U"/c»\nRUN pip install --index-url=«http://example.com/simple» app\n',
        fixed:
          'FROM python:3.14-slim\nARG MIRROR=http://example.com\nADD ${MIRROR}/a.tgz /srv/\nRUN U=ftp://example.com/b && curl -O "$U"/c\nRUN pip install --index-url=https://example.com/simple app\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13.1\nENV U=http://example.com/a.tgz\nRUN curl -fsSLo a.tgz "$U" && echo "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae  a.tgz" | sha256sum -c\nADD --checksum=sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae http://example.com/b /b\n',
      },
      { code: 'FROM debian:13.1\nARG MIRROR\nARG PORT=8080\nRUN curl -fsSLO $MIRROR/a && curl -fsS $PORT\n' },
      {
        note: 'The proxy is spoken to, and the server is another.',
        code: 'FROM debian:13.1\nRUN curl -fsSLx http://proxy:3128 -O https://example.com/a.tgz\nRUN npm config set proxy http://proxy:3128\n',
      },
      { code: 'FROM debian:13.1\nRUN curl -fsS http://localhost:8080/ready && echo http://example.com\n' },
      { code: 'FROM debian:13.1\nHEALTHCHECK CMD curl -fsS http://127.0.0.1/\n' },
    ],
  },
  check: ({ model, report }) => {
    const visit = (raw: string, whole: Span, begin = 0): void => {
      const quote = /^["']/.test(raw.slice(begin)) ? 1 : 0;
      const address = raw.slice(begin + quote, quote ? -1 : undefined);
      if (!isClear(address)) return;
      const start = whole.start + begin + quote;
      const protocol = protocolOf(address);
      const at = span(start, start + protocol.length);
      // It may go on in the next line.
      const isHttp = spanText(model.text, at).toLowerCase() === 'http';
      const fixes: Fix[] = isHttp ? [fix('Use https', 'unsafe', [replace(at, 'https')])] : [];
      report('fetch', { at: span(start, start + address.length), data: { protocol }, fixes });
    };
    const visitVariable = (raw: string, at: Span, lookUp: (name: string) => string | null): void => {
      const name = leadingVariable(raw);
      const value = name === null ? null : lookUp(name);
      if (name === null || value === null || !isClear(value)) return;
      report('variable', { at, data: { name, protocol: protocolOf(value) } });
    };
    const add = ({ sources, before, flags }: CopyInstruction): void => {
      if (flags.some(({ name }) => name === 'checksum')) return;
      for (const { raw, span: at } of sources) {
        visit(raw, at);
        visitVariable(raw, at, name => {
          const value = before.variable(name)?.value;
          return value?.known ? value.value : null;
        });
      }
    };
    const visitIndexes = ({ args }: ShellCommand): void => {
      for (const { raw, span: at } of args) {
        const [option] = indexOption.exec(raw) ?? [];
        if (option !== undefined) visit(raw, at, option.length);
      }
    };
    return {
      instruction: { ADD: add },
      command: {
        '*': (command, run) => {
          if (run.keyword !== 'RUN') return;
          const isOther = others.has(command.name ?? '');
          if (!isOther && !isDownload(command)) return;
          if (!isOther && lastVerification(run.stage?.instructions ?? []) > command.span.start) return;
          for (const word of addressesIn(command, clearText)) visit(word.raw, word.span);
          for (const { raw, span: at } of command.args)
            visitVariable(raw, at, name => environmentValue(run, command, name) ?? null);
          if (isOther) visitIndexes(command);
        },
      },
    };
  },
});
