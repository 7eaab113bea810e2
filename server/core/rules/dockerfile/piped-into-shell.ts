// piped-into-shell: a script from the network, run as it comes.
import { dockerfileRule } from '../../engine/rule.ts';
import { isDownload } from '../../insight/downloads.ts';
import { posixShells } from '../../model/shell/interpreter.ts';
import type { ShellCommand } from '../../model/shell/script.ts';

const interpreter = /^(?:python[\d.]*|perl|ruby|node|php|fish)$/;

const runsScripts = ({ name }: ShellCommand): boolean =>
  posixShells.includes(name ?? '') || interpreter.test(name ?? '');

/** It reads the script from its standard input: no file is named, and no command given. */
const readsInput = ({ args }: ShellCommand): boolean =>
  args.every(({ value }, index) => {
    if (value === null) return true;
    if (value === '-' || /^-s/.test(args[0]?.value ?? '')) return true;
    return value.startsWith('-') ? !/^-[a-z]*[ce]$/.test(value) : args[index - 1]?.value === '-o';
  });

export default dockerfileRule({
  id: 'piped-into-shell',
  category: 'security',
  severity: 'info',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A script from the network is run unseen',
  messages: {
    pipe: {
      text: '`{download}` feeds whatever the server sends into `{shell}`: nothing checks it, and half a download is run as well. Save it to a file, compare a checksum, then run it.',
    },
  },
  docs: {
    why: 'What `curl | sh` runs is decided by the server, anew for each build. A page taken over, an expired domain or a broken connection ends in the image, with the rights of root, and nobody can tell afterwards what was run.',
    remedy:
      'Install the package of the distribution, or save the script and compare its checksum before it runs: `ADD --checksum=sha256:... https://example.com/install.sh /tmp/install.sh`. The checksum is the one of a script that somebody has read.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#add---checksum',
      'https://docs.docker.com/build/building/best-practices/#using-pipes',
    ],
  },
  fix: {
    availability: 'never',
    why: 'The checksum of a script that somebody has read cannot be made up.',
  },
  examples: {
    bad: [
      { code: 'FROM debian:13.1\nRUN curl -fsSL https://example.com/install.sh | «sh»\n' },
      { code: 'FROM debian:13.1\nRUN wget -qO- https://example.com/setup | sudo -E «bash» -s -- --yes\n' },
      { code: 'FROM python:3.13\nRUN curl -sSL https://example.com/get.py | «python3» -\n' },
    ],
    good: [
      {
        code: 'FROM debian:13.1\nADD --checksum=sha256:2fdf2ba7b1f1a3d8d3ddc6d5cbeb1a96b7d37f4ee6a4a72a3c6dc3d4ec6a6f3e https://example.com/install.sh /tmp/\nRUN sh /tmp/install.sh\n',
      },
      { code: 'FROM debian:13.1\nRUN curl -fsSL https://example.com/app.tgz | tar -xz -C /srv\n' },
      {
        note: 'The script is in the file; the input is its data.',
        code: 'FROM python:3.13\nRUN curl -fsS https://example.com/x.json | python3 -c "import json"\n',
      },
    ],
  },
  check: ({ report }) => ({
    command: {
      '*': command => {
        const { pipeline, nameWord, name } = command;
        if (pipeline === null || nameWord === null || name === null) return;
        if (!runsScripts(command) || !readsInput(command)) return;
        const before = pipeline.commands.filter(
          other => other !== null && other.span.start < command.span.start,
        );
        const download = before.find(other => other !== null && isDownload(other));
        if (!download?.name) return;
        report('pipe', { at: nameWord.span, data: { download: download.name, shell: name } });
      },
    },
  }),
});
