// scattered-settings: texts whose line ends are of two kinds.
import rule from '../../server/core/rules/dockerfile/scattered-settings.ts';
import { ruleTable } from '../support/rule-table.ts';

ruleTable(rule, [
  [
    'mostly those of Windows',
    'FROM alpine:3.24\r\nENV A=1\r\nRUN a\r\n«STOPSIGNAL» SIGQUIT\n\nUSER 65532',
    'early',
    'FROM alpine:3.24\r\nENV A=1\r\nRUN a\r\n\nUSER 65532\r\nSTOPSIGNAL SIGQUIT',
  ],
  [
    'as many of one as of the other',
    'FROM alpine:3.24\r\nRUN a\r\n«STOPSIGNAL» SIGQUIT\n\nUSER 65532',
    'early',
    'FROM alpine:3.24\r\nRUN a\r\n\nUSER 65532\nSTOPSIGNAL SIGQUIT',
  ],
]);
