// overridden-instruction: what counts as given again.
import rule from '../../server/core/rules/dockerfile/overridden-instruction.ts';
import { ruleTable } from '../support/rule-table.ts';

ruleTable(rule, [
  ['three of them', 'FROM a\n«CMD» b\n«CMD» c\n«CMD» d\n', 'cmd cmd last-cmd', 'FROM a\nCMD d\n'],
  ['without a FROM', '«CMD» a\n«CMD» b\n', 'cmd last-cmd', 'CMD b\n'],
  ['in another stage', 'FROM a AS b\nCMD c\nFROM b\nCMD d\n', ''],
  ['for what is built from it', 'FROM a\nONBUILD CMD b\nONBUILD CMD c\nCMD d\n', ''],
  [
    'over several lines',
    'FROM a\n«HEALTHCHECK» --interval=5s \\\n  # Why.\n  CMD b\n«HEALTHCHECK» CMD c\n',
    'healthcheck last-healthcheck',
    'FROM a\nHEALTHCHECK CMD c\n',
  ],
  [
    'one that is not finished',
    'FROM a\n«ENTRYPOINT» ["b"\n«ENTRYPOINT»\n',
    'entrypoint last-entrypoint',
    'FROM a\nENTRYPOINT\n',
  ],
]);
