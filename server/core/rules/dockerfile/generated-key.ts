// generated-key: a private key made by the build, the same in every container.
import { dockerfileRule } from '../../engine/rule.ts';
import { emptiedFolders, isWithin, mountedFolders } from '../../insight/folders.ts';
import { leavesLayer } from '../../insight/shipped.ts';
import type { Instruction } from '../../model/dockerfile/model.ts';
import type { ShellCommand } from '../../model/shell/script.ts';

interface Maker {
  readonly makes: RegExp;
  /** Options whose value is the file. */
  readonly file: RegExp;
}

/** By program, what its words have to hold. */
const makers: Readonly<Record<string, Maker>> = {
  // man.openbsd.org/ssh-keygen: with `-p` it changes one.
  'ssh-keygen': { makes: /^(?!.*-p ).*-(?:A|q?t|N) /, file: /^-f$/ },
  dropbearkey: { makes: /(?:^| )-t /, file: /^-f$/ },
  // docs.openssl.org: without a file the key goes to the output, and may go anywhere.
  openssl: {
    makes: /^(?:gen(?:rsa|dsa|pkey) .*-out |ecparam .*-genkey|req .*-keyout )/,
    file: /^-(?:key)?out$/,
  },
  keytool: { makes: /-genkey(?:pair)?\b/, file: /^-keystore$/ },
};

export default dockerfileRule({
  id: 'generated-key',
  category: 'security',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'preview',
  title: 'A private key made by the build',
  messages: {
    key: {
      text: 'The private key that {program} makes here is in the image: whoever pulls it has the key of every container. Make it when the container starts, or mount one.',
    },
  },
  docs: {
    why: 'A key is worth something as long as one side alone has it. One from the build is the same in all containers, and in the hands of all who can read the image: they can pose as the server, read along, or log in.',
    remedy:
      'Make the key in the entrypoint where it is missing, on a volume, or mount it: a secret of Compose, of the orchestrator or of the build.',
    limits:
      'Only layers that are shipped count. A key that the same RUN removes again is none. What packages make while they are installed, such as host keys of an SSH server, is not seen.',
    references: ['https://cwe.mitre.org/data/definitions/321.html'],
  },
  fix: {
    availability: 'never',
    why: 'Where the key is to come from, the program that reads it decides.',
  },
  examples: {
    bad: [
      {
        code: "FROM debian:13\nRUN «ssh-keygen» -t ed25519 -N '' -f /root/.ssh/id_ed25519\nRUN «openssl» req -x509 -newkey rsa:4096 -nodes -subj /CN=a -keyout /etc/a.key -out /etc/a.crt\n",
      },
    ],
    good: [
      {
        note: 'Read, removed again, or not shipped.',
        code: "FROM debian:13 AS test\nRUN ssh-keygen -A\nFROM debian:13\nRUN ssh-keygen -lf /a.pub && ssh-keygen -y -f /run/secrets/key > /a.pub && openssl req -new -key /run/secrets/key -out /a.csr\nRUN ssh-keygen -t rsa -N '' -f /tmp/k && make test && rm /tmp/k\n",
      },
    ],
  },
  check: ({ report }) => {
    const visit = (command: ShellCommand, run: Instruction): void => {
      const { name, nameWord, args, span } = command;
      const maker = makers[name ?? ''];
      if (run.keyword !== 'RUN' || !nameWord || name === null || !maker || !leavesLayer(run)) return;
      const words = args.map(({ value, raw }) => value ?? raw);
      if (!maker.makes.test(`${words.join(' ')} `)) return;
      const file = words[words.findIndex(word => maker.file.test(word)) + 1] ?? '';
      const gone = [
        ...mountedFolders(run),
        ...emptiedFolders(run).flatMap(emptied =>
          emptied.command.span.start > span.start ? emptied.folder : [],
        ),
      ];
      if (!gone.some(folder => isWithin(file, folder)))
        report('key', { at: nameWord.span, data: { program: name } });
    };
    return { programs: [{ names: Object.keys(makers), visit }] };
  },
});
