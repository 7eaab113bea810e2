// useradd-large-uid: a sparse file that Docker fills.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { accountCall } from '../../insight/accounts.ts';
import { insert } from '../../text/edit.ts';

/** From here on the log takes 30 MB and more. */
const large = 100_000;

export default dockerfileRule({
  id: 'useradd-large-uid',
  category: 'size',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'useradd with a large number',
  messages: {
    log: {
      text: 'useradd writes the number {uid} into /var/log/lastlog, a file with a place for every number below: hundreds of megabytes of zeros in the layer. Add --no-log-init.',
      equivalents: ['hadolint:DL3046'],
    },
  },
  docs: {
    why: 'The logs of last and failed logins have 292 bytes for each possible account. On a disk the empty part takes no space; in the layer of an image it is written out as zeros, gigabytes of them for the largest numbers, and the build may fill the disk.',
    remedy: 'Add `--no-log-init`, short `-l`: nobody logs into a container.',
    references: ['https://docs.docker.com/build/building/best-practices/#user'],
  },
  fix: { availability: 'always', safety: 'safe', why: 'Only the logs of logins are not written.' },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN groupadd app && «useradd» -r -u 1000660001 -g app app && \\\n    «useradd» --uid=200000 b\nUSER app\n',
        fixed:
          'FROM debian:13\nRUN groupadd app && useradd --no-log-init -r -u 1000660001 -g app app && \\\n    useradd --no-log-init --uid=200000 b\nUSER app\n',
      },
    ],
    good: [
      {
        code: 'FROM debian:13\nRUN useradd -lu 1000660001 app && useradd -u 10001 b && useradd --no-log-init -u 200000 c\n',
      },
    ],
  },
  check: ({ report }) => ({
    command: {
      useradd(command, { keyword }) {
        const call = accountCall(command);
        if (keyword !== 'RUN' || call === null || command.nameWord === null) return;
        const uid = call.options.get('u') ?? call.options.get('uid') ?? '';
        const isQuiet = call.switches.has('l') || call.switches.has('no-log-init');
        if (isQuiet || !/^\d+$/.test(uid) || Number(uid) < large) return;
        const at = command.nameWord.span;
        const fixes = [fix('Add --no-log-init', 'safe', [insert(at.end, ' --no-log-init')])];
        report('log', { at, data: { uid }, fixes });
      },
    },
  }),
});
