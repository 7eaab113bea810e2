// unretried-download: what counts as a download, and what tries again.
import rule from '../../server/core/rules/dockerfile/unretried-download.ts';
import { type Row, ruleTable } from '../support/rule-table.ts';

const run = (name: string, command: string, messages: string, fixed?: string): Row => {
  const text = (body: string): string => `FROM a\nRUN ${body}\n`;
  return fixed === undefined ? [name, text(command), messages] : [name, text(command), messages, text(fixed)];
};

ruleTable(rule, [
  run('into a file', '«curl» -fsSLo a "https://b/$C"', 'once', 'curl --retry 5 -fsSLo a "https://b/$C"'),
  run('with a number', 'curl --retry=3 -O https://a', ''),
  run('all errors', 'curl --retry-all-errors --retry 2 -O https://a', ''),
  run(
    'behind other commands',
    'a && sudo «curl» -O https://b',
    'once',
    'a && sudo curl --retry 5 -O https://b',
  ),
  run(
    'a redirection right behind',
    '«curl»>a -fsSo- https://b',
    'once',
    'curl --retry "5">a -fsSo- https://b',
  ),
  run('no address', 'curl --version', ''),
  run('something is sent', 'curl -X POST https://a', ''),
  run('from the own machine', 'curl -f http://localhost:80/', ''),
  ['in a health check', 'FROM a\nHEALTHCHECK CMD curl -f https://b\n', ''],
  ['configured in the stage below', 'FROM a AS b\nCOPY .curlrc /root/\nFROM b\nRUN curl -O https://c\n', ''],
  [
    'configured too late',
    'FROM a\nRUN «curl» -O https://c\nENV CURL_HOME=/etc\n',
    'once',
    'FROM a\nRUN curl --retry 5 -O https://c\nENV CURL_HOME=/etc\n',
  ],
]);
