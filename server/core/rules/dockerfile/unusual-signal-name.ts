// unusual-signal-name: STOPSIGNAL by a number, or by half a name.
import { dockerfileRule, fix } from '../../engine/rule.ts';
import { signalOf } from '../../model/dockerfile/signals.ts';
import { replace } from '../../text/edit.ts';

export default dockerfileRule({
  id: 'unusual-signal-name',
  category: 'style',
  severity: 'hint',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'A signal that has to be looked up',
  messages: {
    alias: {
      text: '{written} is {signal}: write its name in full and as it is, so that nobody has to look it up.',
      equivalents: ['tally:prefer-canonical-stopsignal'],
    },
  },
  docs: {
    why: '`STOPSIGNAL 3` means something to few people, and numbers differ between architectures. `QUIT` and `sigquit` are the same as `SIGQUIT`, and are not found by who looks for that.',
    remedy: 'Write the name in capitals, with `SIG` in front of it.',
    references: [
      'https://docs.docker.com/reference/dockerfile/#stopsignal',
      'https://man7.org/linux/man-pages/man7/signal.7.html',
    ],
  },
  fix: { availability: 'always', safety: 'safe', why: 'It is the same signal.' },
  examples: {
    bad: [
      {
        code: 'FROM debian:13 AS a\nSTOPSIGNAL «3»\nFROM a AS b\nSTOPSIGNAL «quit»\nFROM a AS c\nSTOPSIGNAL «37»\nFROM a\nSTOPSIGNAL «"SIGINT"»\n',
        fixed:
          'FROM debian:13 AS a\nSTOPSIGNAL SIGQUIT\nFROM a AS b\nSTOPSIGNAL SIGQUIT\nFROM a AS c\nSTOPSIGNAL SIGRTMIN+3\nFROM a\nSTOPSIGNAL SIGINT\n',
      },
    ],
    good: [{ code: 'FROM debian:13\nARG SIGNAL\nSTOPSIGNAL SIGQUIT\nSTOPSIGNAL $SIGNAL\n' }],
  },
  check: ({ report }) => ({
    instruction: {
      STOPSIGNAL({ words: [word] }) {
        const signal = word === undefined ? null : signalOf(word.value);
        if (word === undefined || signal === null || signal === word.raw || !signal.startsWith('SIG')) return;
        const fixes = [fix(`Write ${signal}`, 'safe', [replace(word.span, signal)])];
        report('alias', { at: word.span, data: { written: word.raw, signal }, fixes });
      },
    },
  }),
});
