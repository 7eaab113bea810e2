// piped-into-shell: a script from the network, run as it comes.
import { dockerfileRule } from '../../engine/rule.ts';
import { isDownload } from '../../insight/downloads.ts';
import type { RunInstruction } from '../../model/dockerfile/model.ts';
import { posixShells } from '../../model/shell/interpreter.ts';
import type { ShellCommand, ShellWord } from '../../model/shell/script.ts';
import { fileSpan } from '../../text/mapped-text.ts';
import { span } from '../../text/span.ts';

const interpreter = /^(?:python[\d.]*|perl|ruby|node|php|fish)$/;

const runsScripts = ({ name }: ShellCommand): boolean =>
  posixShells.includes(name ?? '') || interpreter.test(name ?? '');

/** It reads the script from its standard input: no file is named, and no command given. */
const readsInput = ({ args }: ShellCommand): boolean =>
  args.every(({ value }, index) => {
    if (value === null) return true;
    if (value === '-' || /^-(?:s|$)/.test(args[0]?.value ?? '')) return true;
    return value.startsWith('-') ? !/^-[a-z]*[ce]$/.test(value) : args[index - 1]?.value === '-o';
  });

/** `sh -c "$(...)"`, `bash <(...)`, `eval "$(...)"`: the argument whose output is run. */
function substitution(command: ShellCommand): ShellWord | undefined {
  const { name, args } = command;
  return args.find(({ raw }, index) => {
    const isOutput = /^["']?(?:\$\(|`)/.test(raw);
    if (name === 'eval') return isOutput;
    if (raw.startsWith('<('))
      return index === 0 && (runsScripts(command) || name === 'source' || name === '.');
    return isOutput && runsScripts(command) && /^-\w*[ce]$/.test(args[index - 1]?.value ?? '');
  });
}

const evaluation = /\b(?:iex|Invoke-Expression)\b/i;
const fetching = /\b(?:DownloadString|irm|iwr|Invoke-RestMethod|Invoke-WebRequest)\b/i;

/** The statements of PowerShell that evaluate what they download. */
function evaluations({ script: { kind, source } }: RunInstruction) {
  if ((kind !== 'powershell' && kind !== 'cmd') || source === null) return [];
  return [...source.text.matchAll(/[^;]+/g)].flatMap(({ 0: statement, index }) => {
    const [shell] = evaluation.exec(statement) ?? [];
    const [download] = fetching.exec(statement) ?? [];
    if (shell === undefined || download === undefined) return [];
    const start = index + statement.search(evaluation);
    return [{ at: fileSpan(source, span(start, start + shell.length)), data: { shell, download } }];
  });
}

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
      {
        note: 'The same without a pipe.',
        code: 'FROM debian:13.1\nSHELL ["/bin/bash", "-c"]\nRUN «sh» -c "$(curl -fsSL https://example.com/a.sh)" && «bash» <(wget -qO- https://example.com/b.sh) --yes && «eval» "$(curl -fsS https://example.com/c)"\n',
      },
      { code: 'FROM debian:13.1\nRUN curl -fsSL https://example.com/app.pl | «perl» - --yes\n' },
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN powershell -Command «iex» ((New-Object System.Net.WebClient).DownloadString(\'https://example.com/install.ps1\'))\nSHELL ["powershell", "-Command"]\nRUN $ErrorActionPreference = \'Stop\'; irm https://example.com/a.ps1 | «Invoke-Expression»\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13.1\nRUN echo "$(curl -fsS https://example.com/version)" > /v && sh -c "echo $(curl -fsS https://example.com/v)"\n',
      },
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
    instruction: {
      RUN(run) {
        for (const found of evaluations(run)) report('pipe', found);
      },
    },
    command: {
      '*': (command, instruction) => {
        const { pipeline, nameWord, name } = command;
        const word = substitution(command);
        if (word !== undefined && nameWord !== null && name !== null && 'script' in instruction) {
          const inner = instruction.script.commands.find(
            other =>
              isDownload(other) && other.span.start >= word.span.start && other.span.end <= word.span.end,
          );
          if (inner?.name) report('pipe', { at: nameWord.span, data: { download: inner.name, shell: name } });
        }
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
