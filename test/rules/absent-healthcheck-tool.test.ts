// absent-healthcheck-tool: what brings a tool, and what can stand in for it.
import rule from '../../server/core/rules/dockerfile/absent-healthcheck-tool.ts';
import { ruleTable } from '../support/rule-table.ts';

ruleTable(rule, [
  [
    'as a list',
    'FROM alpine:3.24\nHEALTHCHECK CMD [«"curl"», "-f", "http://b/"]\n',
    'tool',
    'FROM alpine:3.24\nHEALTHCHECK CMD ["wget", "-q", "-O", "/dev/null", "http://b/"]\n',
  ],
  [
    'an address with a variable',
    'FROM alpine:3.24\nHEALTHCHECK CMD «curl» -f "http://b:$P/" || exit 1\n',
    'tool',
    'FROM alpine:3.24\nHEALTHCHECK CMD wget -q -O /dev/null "http://b:$P/" || exit 1\n',
  ],
  [
    'an option that means something',
    'FROM alpine:3.24\nHEALTHCHECK CMD «curl» -f -H A:b http://b/\n',
    'tool',
  ],
  ['what it answers is looked at', 'FROM alpine:3.24\nHEALTHCHECK CMD wget -qO- http://b/ | grep ok\n', ''],
  [
    'copied',
    'FROM alpine:3.24\nCOPY --from=c /usr/bin/curl /usr/bin/\nHEALTHCHECK CMD curl -f http://b/\n',
    '',
  ],
  [
    'of the stage below',
    'FROM alpine:3.24 AS b\nHEALTHCHECK CMD «curl» -f http://b/\nFROM b\n',
    'tool',
    'FROM alpine:3.24 AS b\nHEALTHCHECK CMD wget -q -O /dev/null http://b/\nFROM b\n',
  ],
  [
    'installed in the one above',
    'FROM alpine:3.24 AS b\nHEALTHCHECK CMD curl -f http://b/\nFROM b\nRUN apk add curl\n',
    '',
  ],
  [
    'of another image',
    'FROM alpine:3.24 AS b\nHEALTHCHECK CMD curl -f http://b/\nFROM example.com/c:1\n',
    '',
  ],
  ['nothing is there', 'FROM scratch\nCOPY b /\nHEALTHCHECK CMD [«"curl"», "http://b/"]\n', 'tool'],
  ['a program of its own', 'FROM scratch\nCOPY b /\nHEALTHCHECK CMD ["/b", "check"]\n', ''],
]);
