// useless-healthcheck: what is put in the place of a check that says nothing.
import rule from '../../server/core/rules/dockerfile/useless-healthcheck.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const image = (check: string): string => lines('FROM debian:13', 'EXPOSE 8080', check);

/** Nothing in the image could make a request: a plain connection takes its place. */
const connection = 'CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080"]';
const replaced = (name: string, check: string, messages: string, by = `HEALTHCHECK ${connection}`): Row => [
  name,
  image(check),
  messages,
  image(by),
];

ruleTable(rule, [
  replaced('the command is named with its argument', 'HEALTHCHECK CMD «exit 0»', 'always-well'),
  replaced('a list', 'HEALTHCHECK CMD [«"true"»]', 'always-well'),
  replaced('a version', 'HEALTHCHECK CMD «node --version»', 'always-well'),
  replaced('a process', 'HEALTHCHECK CMD «pgrep -f app» || exit 1', 'process-only'),
  [
    'the timing and its comments stay',
    image('HEALTHCHECK --interval=5s \\\n  # why\n  CMD «pgrep app»'),
    'process-only',
    image(`HEALTHCHECK --interval=5s \\\n  # why\n  ${connection}`),
  ],
  replaced(
    'let it fail',
    'HEALTHCHECK CMD curl -fsS http://127.0.0.1:8080/ \\\n  || «true»',
    'overruled',
    'HEALTHCHECK CMD curl -fsS http://127.0.0.1:8080/ \\\n  || exit 1',
  ),
  replaced('overruled in any case', 'HEALTHCHECK CMD curl -f http://x > /dev/null; «exit 0»', 'overruled'),
  replaced(
    'curl behind a wrapper',
    'HEALTHCHECK CMD timeout 3 «curl» -s http://x || exit 1',
    'no-fail',
    'HEALTHCHECK CMD timeout 3 curl -f -s http://x || exit 1',
  ),
  replaced(
    'a list for a shell',
    'HEALTHCHECK CMD [«"curl", "-f", "http://x", "||", "exit", "1"»]',
    'no-shell',
    'HEALTHCHECK CMD curl -f http://x || exit 1',
  ),
  replaced(
    'a word of Compose',
    'HEALTHCHECK CMD [«"CMD-SHELL", "curl -f http://x || exit 1"»]',
    'no-shell',
    'HEALTHCHECK CMD curl -f http://x || exit 1',
  ),
  ['a list that would need quotes', image('HEALTHCHECK CMD [«"test", "a b", "&&", "x"»]'), 'no-shell'],
  ['nothing to ask', lines('FROM scratch', 'HEALTHCHECK CMD [«"true"»]'), 'always-well'],
  ['refused by the build', image('HEALTHCHECK CMD-SHELL true'), ''],
  ['none', image('HEALTHCHECK NONE'), ''],
]);
