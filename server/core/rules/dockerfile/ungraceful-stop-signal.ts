// ungraceful-stop-signal: STOPSIGNAL that no process can answer.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { signalOf } from '../../model/dockerfile/signals.ts';
import { replace } from '../../text/edit.ts';

const effects: ReadonlyMap<string, string> = new Map([
  ['SIGKILL', 'ends the process at once'],
  ['SIGSTOP', 'freezes the process'],
]);

export default dockerfileRule({
  id: 'ungraceful-stop-signal',
  category: 'reliability',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A stop signal that leaves no time to stop',
  messages: {
    ungraceful: {
      text: '{signal} {effect}: it cannot finish a request, write a file or tell its children. Use SIGTERM, or the signal that the program documents.',
      equivalents: ['tally:no-ungraceful-stopsignal'],
    },
  },
  docs: {
    why: '`docker stop` sends the signal of `STOPSIGNAL`, waits, and kills whatever is left. `SIGKILL` and `SIGSTOP` reach no handler: the first one cuts off what the process has in hand, the second one lets it wait until it is killed.',
    remedy:
      'Use `SIGTERM`, as the repair does: it is the default, and most programs answer it. Some want another one: nginx `SIGQUIT`, Apache `SIGWINCH`, PostgreSQL `SIGINT`.',
    references: ['https://docs.docker.com/reference/dockerfile/#stopsignal'],
  },
  fix: {
    availability: 'always',
    safety: 'unsafe',
    why: 'The process is asked instead of ended: one that ignores SIGTERM ends only when the time is up.',
  },
  examples: {
    bad: [
      { code: 'FROM debian:13\nSTOPSIGNAL «SIGKILL»\n', fixed: 'FROM debian:13\nSTOPSIGNAL SIGTERM\n' },
      { code: 'FROM debian:13\nSTOPSIGNAL «19»\n', fixed: 'FROM debian:13\nSTOPSIGNAL SIGTERM\n' },
      {
        code: 'FROM debian:13\nARG SIGNAL=kill\nSTOPSIGNAL «$SIGNAL»\n',
        fixed: 'FROM debian:13\nARG SIGNAL=kill\nSTOPSIGNAL SIGTERM\n',
      },
    ],
    good: [{ code: 'FROM debian:13\nSTOPSIGNAL SIGQUIT\n' }],
  },
  check: ({ report }) => ({
    instruction: {
      STOPSIGNAL({ words: [word], after, onbuild }) {
        if (word === undefined) return;
        const held = onbuild === null && after.stopSignal.known ? after.stopSignal.value : word.value;
        const signal = signalOf(held);
        const effect = effects.get(signal ?? '');
        if (signal === null || effect === undefined) return;
        const fixes = [fix('Write SIGTERM', 'unsafe', [replace(word.span, 'SIGTERM')])];
        report('ungraceful', { at: word.span, data: { signal, effect }, fixes });
      },
    },
  }),
});
