// pointless-command: programs for a machine with a person at it, called in a build.
import { dockerfileRule } from '../../engine/rule.ts';
import { pointlessCommands } from '../../knowledge/pointless-commands.ts';
import type { ShellCommand } from '../../model/shell/script.ts';

/** What `systemctl` asks of the service manager; `enable` only writes a link. */
const needsManager = /^(?:(?:re)?start|stop|(?:daemon-)?reload|status)$/;

const ofTheShell = new Set(['export', 'alias', 'unset', 'umask', 'ulimit', 'set', 'shopt']);
const settings = /[./](?:activate|env|\w*profile|\w*rc|nvm\.sh|setup\.\w+)["']?$/;

/** Changes the shell that runs it, and nothing else. */
const changesShell = ({ name, args: [file] }: ShellCommand): boolean =>
  ofTheShell.has(name ?? '') || ((name === '.' || name === 'source') && settings.test(file?.raw ?? ''));

export default dockerfileRule({
  id: 'pointless-command',
  category: 'correctness',
  severity: 'info',
  profile: 'strict',
  since: '0.1.0',
  status: 'stable',
  title: 'A command that does nothing of use in a build',
  messages: {
    pointless: {
      text: '`{command}` {reason}. Remove it.',
      equivalents: [
        'hadolint:DL3001',
        'kics:run_utilities_and_posix_commands',
        'semgrep:nonsensical-command',
      ],
    },
    lost: {
      text: '`{command}` holds until this RUN ends, and nothing in it comes behind. Use ENV, or write it into the RUN that needs it.',
    },
    manager: {
      text: '`{command}` speaks to a service manager, and none runs in a build: it fails. Remove it.',
    },
  },
  docs: {
    why: 'A `RUN` leaves files behind and nothing else. A service that is started, a process that is looked at or a network interface that is set up is gone when it ends; an editor waits for somebody who is not there.',
    remedy:
      'Remove the command. What has to run in the container belongs in `CMD` or `ENTRYPOINT`; what has to be mounted is given to `docker run` or to `RUN --mount`.',
    limits:
      'A service that the rest of the same `RUN` needs, to fill a database for example, is reported all the same: silence it there.',
    references: ['https://docs.docker.com/reference/dockerfile/#run'],
  },
  fix: {
    availability: 'never',
    why: 'What the command was meant to achieve has to be found elsewhere.',
  },
  examples: {
    bad: [
      { code: 'FROM debian:13.1\nRUN «top»\n' },
      { code: 'FROM debian:13.1\nRUN make && «service» nginx start\n' },
      { code: 'FROM debian:13.1\nRUN [«"ps"», "-d"]\n' },
      {
        code: 'FROM debian:13.1\nRUN «export» A=b && umask 022\nRUN «.» /opt/venv/bin/activate\n',
      },
      { code: 'FROM debian:13.1\nRUN systemctl enable a && «systemctl» --now start a\n' },
    ],
    good: [
      {
        code: 'FROM debian:13.1\nRUN export A=b && make\nRUN . ./install.sh\nRUN . /root/.nvm/nvm.sh && nvm use 24\n',
      },
      { code: 'FROM debian:13.1\nRUN apt-get install -y vim ssh && ps2pdf a.ps\n' },
      { code: 'FROM debian:13.1\nRUN ./serve & pid=$! && ./fill && kill $pid && { ./serve & kill $!; }\n' },
      { code: 'FROM debian:13.1\nCMD ["top", "-b"]\n' },
    ],
  },
  check: ({ report }) => ({
    command: {
      systemctl: ({ nameWord, args }, { keyword }) => {
        const verb = args.find(({ value }) => needsManager.test(value ?? ''))?.value;
        if (keyword === 'RUN' && nameWord && verb)
          report('manager', { at: nameWord.span, data: { command: `systemctl ${verb}` } });
      },
      '*': (command, instruction) => {
        const { name, nameWord, args } = command;
        if (instruction.keyword !== 'RUN' || name === null || nameWord === null) return;
        if (changesShell(command)) {
          const { commands } = instruction.script;
          if (commands[0] === command && commands.every(changesShell))
            report('lost', { at: nameWord.span, data: { command: name } });
          return;
        }
        // A process that this very RUN has started.
        if (name === 'kill' && args.some(({ raw }) => /[$`%]/.test(raw))) return;
        const reason = pointlessCommands.get(name);
        if (reason) report('pointless', { at: nameWord.span, data: { command: name, reason } });
      },
    },
  }),
});
