// unauthenticated-packages: packages installed without a look at who made them.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { namesDisk, settingIn, settingsIn, type WrittenSetting } from '../../insight/package-checks.ts';
import { isFileOperand, packageWork } from '../../insight/package-work.ts';
import { writtenFiles, writtenHeredocs } from '../../insight/written-files.ts';
import { programsWithChecks, uncheckedBy } from '../../knowledge/unchecked-packages.ts';
import type { DockerfileModel, Instruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand, ShellWord } from '../../model/shell/script.ts';
import { removeArgument } from '../../repairs/commands.ts';
import { type Edit, replace } from '../../text/edit.ts';
import { span, spanText } from '../../text/span.ts';

const text =
  '`{option}` installs packages without a valid signature: whoever stands between the build and the repository decides what is in the image. Leave it out, and give the key of the repository.';

const rpmInstall = /^(?:-[a-zA-Z]*[iUF]|--(?:install|upgrade|freshen|reinstall)$)/;

/** `rpm` also asks about packages, and `apk` makes indexes of them, where an option of this kind does no harm. */
function isHarmless(command: ShellCommand): boolean {
  if (command.name === 'rpm') return !command.args.some(({ value }) => rpmInstall.test(value ?? ''));
  return command.name === 'apk' && packageWork(command)?.action === null;
}

/** Packages from disk were made, or fetched, by the file itself: what their signature says is another matter. */
const isFromDisk = (command: ShellCommand): boolean =>
  packageWork(command)?.operands.every(({ value, raw }) => isFileOperand(value ?? raw)) ?? false;

/** The option, with the `-o` that a setting is the value of. */
function removal(model: DockerfileModel, command: ShellCommand, word: ShellWord): Edit[] {
  const before = command.args[command.args.indexOf(word) - 1];
  const isValue = /^(?:-o|--option|--setopt)$/.test(before?.value ?? '');
  return [...(isValue && before ? [before] : []), word].map(part => removeArgument(model, command, part));
}

export default dockerfileRule({
  id: 'unauthenticated-packages',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'Packages are installed without checking their signature',
  messages: {
    apk: { text, equivalents: ['checkov:CKV2_DOCKER_7'] },
    'apk-file': {
      text: '`{option}` installs a file without a look at its signature. Sign what you build, put its key into /etc/apk/keys, and leave it out.',
      severity: 'hint',
      equivalents: ['checkov:CKV2_DOCKER_7'],
    },
    apt: { text, equivalents: ['checkov:CKV2_DOCKER_8'] },
    yum: { text, equivalents: ['checkov:CKV2_DOCKER_9'] },
    zypper: { text },
    rpm: { text, equivalents: ['checkov:CKV2_DOCKER_10'] },
    forced: {
      text: '`{option}` installs packages without a valid signature, and breaks or downgrades others on the way. Leave it out; `--allow-downgrades` and the like allow one thing each.',
      equivalents: ['checkov:CKV2_DOCKER_11'],
    },
    tls: {
      text: '`{option}` takes packages from any server that says it is the repository: its certificate is not checked. Leave it out, and add the missing certificate authority to the image.',
      equivalents: ['checkov:CKV2_DOCKER_15'],
    },
    'written-tls': {
      text: '`{option}` in the settings of the package manager: from then on it takes packages from any server that says it is the repository. Add the missing certificate authority to the image instead.',
      equivalents: ['checkov:CKV2_DOCKER_15'],
    },
    'written-keys': {
      text: '`{option}` in the settings of the package manager: from then on it installs packages without a valid signature. Give the key of the repository instead, with `gpgkey=` or `pacman-key --add`.',
    },
    'written-apt': {
      text: '`{option}` in the settings of apt: from then on it installs packages without a valid signature. Give the key of the repository with `signed-by=` instead.',
    },
  },
  docs: {
    why: 'Signatures are what makes it safe to fetch packages from mirrors and through proxies. Without the check, one forged answer on the way gets its code run as root in the build, and shipped in the image.',
    remedy:
      'Install the key of the repository first: `signed-by=` in the sources of apt, `/etc/apk/keys` for Alpine, `gpgkey=` or `rpm --import` for rpm. For a server with a certificate of the house, add its authority to the image. The repair takes the option out.',
    limits: 'Files downloaded by other programs and installed from disk are not followed.',
    references: [
      'https://wiki.debian.org/SecureApt',
      'https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/9/html/managing_software_with_the_dnf_tool/index',
    ],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'The install fails where the key or the certificate is indeed missing.',
  },
  examples: {
    bad: [
      {
        code: 'FROM alpine:3.22\nRUN apk add --no-cache «--allow-untrusted» tool && apk add «--allow-untrusted» /tmp/tool.apk\n',
        fixed: 'FROM alpine:3.22\nRUN apk add --no-cache tool && apk add /tmp/tool.apk\n',
      },
      {
        code: 'FROM debian:13.1-slim\nRUN apt-get update \\\n && apt-get install -y \\\n      «--allow-unauthenticated» \\\n      tool\n',
        fixed: 'FROM debian:13.1-slim\nRUN apt-get update \\\n && apt-get install -y \\\n      tool\n',
      },
      {
        code: 'FROM debian:13.1-slim\nRUN apt-get install -y «--force-yes» tool && apt-get -o «Acquire::https::Verify-Peer=false» update\n',
        fixed: 'FROM debian:13.1-slim\nRUN apt-get install -y tool && apt-get update\n',
      },
      {
        code: 'FROM fedora:43\nRUN dnf install -y «--nogpgcheck» tool && yum-config-manager --save «--setopt=epel.sslverify=0»\nRUN rpm -i «--nosignature» https://example.com/tool.rpm\n',
        fixed:
          'FROM fedora:43\nRUN dnf install -y tool && yum-config-manager --save\nRUN rpm -i https://example.com/tool.rpm\n',
      },
      {
        note: 'For all that is installed from then on.',
        code: 'FROM almalinux:9\nRUN echo "«sslverify=false»" >> /etc/yum.conf && sed -i "s/gpgcheck=1/«gpgcheck=0»/" /etc/yum.repos.d/a.repo\n',
        fixed:
          'FROM almalinux:9\nRUN echo "sslverify=1" >> /etc/yum.conf && sed -i "s/gpgcheck=1/gpgcheck=1/" /etc/yum.repos.d/a.repo\n',
      },
      {
        code: 'FROM almalinux:9\nRUN printf "[a]\\n«gpgcheck=0»\\n" > /etc/yum.repos.d/a.repo\n',
        fixed: 'FROM almalinux:9\nRUN printf "[a]\\ngpgcheck=1\\n" > /etc/yum.repos.d/a.repo\n',
      },
      {
        code: 'FROM almalinux:9\nRUN sed -i -e "s|gpgcheck=1|«gpgcheck=0»|g" /etc/yum.conf\n',
        fixed: 'FROM almalinux:9\nRUN sed -i -e "s|gpgcheck=1|gpgcheck=1|g" /etc/yum.conf\n',
      },
      {
        note: 'The same for apt, from a heredoc as well.',
        code: 'FROM debian:13.6-slim\nRUN echo "deb «[trusted=yes]» https://example.com ./" > /etc/apt/sources.list.d/a.list && add-apt-repository "deb [arch=amd64 «trusted=yes»] https://example.com a b"\nRUN echo \'«Acquire::https::Verify-Peer "false»";\' | sudo tee /etc/apt/apt.conf.d/99x\nCOPY <<EOF /etc/apt/apt.conf.d/98x\n«APT::Get::AllowUnauthenticated "true»";\nEOF\nCOPY <<EOF /etc/apt/sources.list.d/b.sources\nTypes: deb\n«Trusted: yes»\nURIs: https://example.com\nEOF\n',
        fixed:
          'FROM debian:13.6-slim\nRUN echo "deb https://example.com ./" > /etc/apt/sources.list.d/a.list && add-apt-repository "deb [arch=amd64] https://example.com a b"\nRUN echo \'Acquire::https::Verify-Peer "true";\' | sudo tee /etc/apt/apt.conf.d/99x\nCOPY <<EOF /etc/apt/apt.conf.d/98x\nAPT::Get::AllowUnauthenticated "false";\nEOF\nCOPY <<EOF /etc/apt/sources.list.d/b.sources\nTypes: deb\nURIs: https://example.com\nEOF\n',
      },
      {
        note: 'In a list of JSON, and of pacman.',
        code: 'FROM archlinux:base-20251019.0.436919\nRUN ["sh", "-c", "echo \\"«Acquire::https::Verify-Peer \\\\\\"false»\\\\\\";\\" > /etc/apt/apt.conf.d/x"]\nRUN sed -i "s/^SigLevel.*/«SigLevel = Never»/" /etc/pacman.conf && printf "[a]\\n«SigLevel = Optional TrustAll»\\nServer = https://example.com" >> /etc/pacman.conf\n',
        fixed:
          'FROM archlinux:base-20251019.0.436919\nRUN ["sh", "-c", "echo \\"Acquire::https::Verify-Peer \\\\\\"true\\\\\\";\\" > /etc/apt/apt.conf.d/x"]\nRUN sed -i "s/^SigLevel.*/SigLevel = Required DatabaseOptional/" /etc/pacman.conf && printf "[a]\\nSigLevel = Required DatabaseOptional\\nServer = https://example.com" >> /etc/pacman.conf\n',
      },
      {
        code: 'FROM opensuse/leap:15.6\nRUN zypper -n «--no-gpg-checks» in tool\n',
        fixed: 'FROM opensuse/leap:15.6\nRUN zypper -n in tool\n',
      },
    ],
    good: [
      { code: 'FROM debian:13.1-slim\nRUN apt-get install -y tool && echo "--allow-unauthenticated"\n' },
      { code: 'FROM almalinux:9\nRUN echo "sslverify=1" >> /etc/yum.conf && echo sslverify=0\n' },
      {
        note: 'The checks are switched on.',
        code: 'FROM almalinux:9\nRUN sed -i "s/gpgcheck=0/gpgcheck=1/" /etc/yum.conf\n',
      },
      {
        note: 'What pacman does anyway.',
        code: 'FROM archlinux:base-20251019.0.436919\nRUN printf "SigLevel = Required DatabaseOptional\\nLocalFileSigLevel = Optional\\n" >> /etc/pacman.conf\n',
      },
      {
        note: 'Packages that the build has made itself.',
        code: 'FROM debian:13.6-slim\nRUN echo "deb [trusted=yes] file:/packages ./" > /etc/apt/sources.list.d/a.list && echo deb [trusted=yes] file:/b ./ >> /etc/apt/sources.list\n',
      },
      { note: 'Only a question.', code: 'FROM fedora:43\nRUN rpm -q --nosignature bash\n' },
    ],
  },
  check: ({ model, report }) => {
    const visit = (command: ShellCommand, { keyword }: Instruction): void => {
      if (keyword !== 'RUN' || isHarmless(command)) return;
      for (const word of command.args) {
        const kind = word.value === null ? undefined : uncheckedBy(command.name ?? '', word.value);
        if (kind === undefined) continue;
        const edits = removal(model, command, word);
        report(kind === 'apk' && isFromDisk(command) ? 'apk-file' : kind, {
          at: word.span,
          data: { option: word.value ?? '' },
          fixes: [fix(`Leave out ${word.value}`, 'unsafe', edits)],
        });
      }
    };
    const tell = (start: number, found: readonly WrittenSetting[]): void => {
      for (const { kind, option, at, value, instead } of found) {
        const [name = ''] = option.split(/[\s=]/);
        const title = instead === '' ? `Leave out ${option}` : `Set ${name} to ${instead}`;
        const edit = replace(span(start + value.start, start + value.end), instead);
        const fixes = [fix(title, 'unsafe', [edit])];
        const data = { option: option.replace(/\\*["']/g, '') };
        report(kind, { at: span(start + at.start, start + at.end), data, fixes });
      }
    };
    const written = (command: ShellCommand, instruction: Instruction): void => {
      if (instruction.keyword !== 'RUN' || namesDisk(command.args.map(({ raw }) => raw).join(' '))) return;
      const edited = /^(?:sed|perl)$/.test(command.name ?? '') ? command.args.map(({ raw }) => raw) : [];
      const isSource = /^(?:add-apt|apt-add)-repository$/.test(command.name ?? '');
      const files = isSource ? ['/etc/apt/sources.list'] : [...writtenFiles(command), ...edited];
      for (const { span: at } of command.args) tell(at.start, settingIn(spanText(model.text, at), files));
    };
    const copied = (instruction: Instruction): void => {
      for (const { heredoc, paths } of writtenHeredocs(instruction))
        tell(heredoc.contentSpan.start, settingsIn(spanText(model.text, heredoc.contentSpan), paths));
    };
    return {
      instruction: { RUN: copied, COPY: copied, ADD: copied },
      programs: [
        { names: programsWithChecks, visit },
        {
          names: ['echo', 'printf', 'sed', 'perl', 'add-apt-repository', 'apt-add-repository'],
          visit: written,
        },
      ],
    };
  },
});
