// unchecked-download: a file from the network, taken as it comes.
import { dockerfileRule } from '../../engine/rule.ts';
import { sourceKind } from '../../insight/copy-sources.ts';
import { addressesIn } from '../../insight/downloads.ts';
import { siblingsOf } from '../../insight/siblings.ts';
import { lastVerification } from '../../insight/verification.ts';
import type { Instruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';

const ownMachine = /\/\/(?:localhost|127\.|\[::1\])/;
/** Keys, signatures and sums: what others are checked with. */
const trust =
  /\.(?:asc|gpg|key|pub|pem|crt|sigs?|sign|minisig|sha\d+(?:sums?)?|md5|sums?)["']?$|sums?(?:\.txt)?["']?$|gpg-key|[/=]keys?\b|\/gpg["']?$/i;
/** Asks a server something, and gets no file. */
const asks = /^(?:-[a-zA-Z]*[IXdFT]|--(?:head|request|data\S*|form|upload-file|json|spider|post-\S*))$/;
const unpackers = /^(?:(?:bsd)?tar|cpio|gunzip|bunzip2|unxz|unzip|unzstd|xz|gzip|zcat|dpkg|dd|tee)$/;

const hostOf = (address: string): string => /\/\/(?:[^/@]*@)?([^/:"']+)/.exec(address)?.[1] ?? 'the server';

/** What the download goes into; null for a file. */
const readerOf = (command: ShellCommand): ShellCommand | null => {
  const members = command.pipeline?.commands ?? [];
  return members[members.indexOf(command) + 1] ?? null;
};

/** The file stays, or is unpacked; an answer that is read and forgotten is none, nor is a script piped into a shell. */
function keeps(command: ShellCommand): boolean {
  const { args, redirects, substituted, after } = command;
  const reader = readerOf(command);
  if (reader !== null) return unpackers.test(reader.name ?? '');
  const written = [...args, ...redirects.flatMap(({ target }) => target ?? [])].map(({ value }) => value);
  if (written.includes('/dev/null') || after === '|') return false;
  if (command.name === 'wget') return !args.some(({ value }) => /^-\w*O-$/.test(value ?? '')) && !substituted;
  const saves = args.some(({ raw }) => /^(?:-[a-zA-Z]*[oO]|--output|--remote-name)/.test(raw));
  return (saves || redirects.some(({ operator }) => operator.startsWith('>'))) && !substituted;
}

export default dockerfileRule({
  id: 'unchecked-download',
  category: 'security',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A download that nothing is compared with',
  messages: {
    add: {
      text: 'Whatever {host} answers at that time becomes part of the image. Write `--checksum=sha256:` with the digest of the file that you have looked at.',
      equivalents: [
        'checkov:CKV_DOCKER_4',
        'kics:curl_or_wget_instead_of_add',
        'semgrep:prefer-copy-over-add',
      ],
    },
    run: {
      text: 'Whatever {host} answers at that time becomes part of the image. Compare it with the digest of the file that you have looked at (`sha256sum -c`), or fetch it with `ADD --checksum`.',
    },
  },
  docs: {
    why: 'An address says where a file is, not which one. Releases are replaced, accounts taken over, mirrors attacked, and a build takes what it gets, with the rights of root. A checksum in the file makes a build fail that gets anything else, and two builds alike.',
    remedy:
      '`ADD --checksum=sha256:… https://example.com/tool /usr/local/bin/tool` fetches and compares, and is cached by content. In a RUN: `echo "<digest>  tool" | sha256sum -c`. A signature that is verified (`gpg --verify`) is as good.',
    limits:
      'A check counts when it stands behind the download in the same stage. Answers that are read and not kept, keys and lists of sums are not reported; scripts piped into a shell are the concern of `piped-into-shell`.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#add---checksum',
      'https://docs.docker.com/build/building/best-practices/#add-or-copy',
    ],
  },
  fix: {
    availability: 'never',
    why: 'The digest of the right file is known to whoever has looked at it. One computed from what the server sends now would approve of anything.',
  },
  examples: {
    bad: [
      { code: 'FROM debian:13\nADD «https://example.com/tool» /usr/local/bin/tool\n' },
      {
        code: 'FROM debian:13\nRUN curl -fsSLo /usr/local/bin/tool «https://example.com/tool» && chmod +x /usr/local/bin/tool\nRUN wget «"https://example.com/v${V}/a.zip"»\nRUN curl -fsSL «https://example.com/a.tgz» | tar -xz -C /opt\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a /a\n',
      },
      {
        code: 'FROM debian:13\nRUN curl -fsSLo a https://example.com/a \\\n    && echo "24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d  a" | sha256sum -c\n',
      },
      {
        code: 'FROM debian:13\nRUN wget -O a.tgz https://example.com/a.tgz && wget -O a.tgz.asc https://example.com/a.tgz.asc && gpg --batch --verify a.tgz.asc a.tgz\n',
      },
      {
        code: 'FROM debian:13\nRUN V="$(curl -fsSL https://example.com/latest | jq -r .tag)" && echo "$V"\nRUN curl -f http://localhost:8080/\n',
        note: 'Nothing is kept.',
      },
    ],
  },
  check: ({ model, report }) => {
    const visit = (command: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN') return;
      const [address] = addressesIn(command, /^https?:\/\//i);
      if (address === undefined || ownMachine.test(address.raw) || trust.test(address.raw)) return;
      if (command.args.some(({ value }) => asks.test(value ?? '')) || !keeps(command)) return;
      if (lastVerification(siblingsOf(model, instruction)) > command.span.start) return;
      report('run', { at: address.span, data: { host: hostOf(address.raw) } });
    };
    return {
      instruction: {
        ADD(add) {
          if (add.flags.some(({ name }) => name === 'checksum')) return;
          for (const source of add.sources) {
            if (sourceKind(add, source) !== 'download') continue;
            report('add', { at: source.span, data: { host: hostOf(source.value) } });
          }
        },
      },
      command: { curl: visit, wget: visit },
    };
  },
});
