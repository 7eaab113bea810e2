// secret-in-label: what is a secret, and what only speaks of one.
import rule from '../../server/core/rules/dockerfile/secret-in-label.ts';
import { ruleTable } from '../support/rule-table.ts';

ruleTable(rule, [
  [
    'in an address',
    'FROM a\nLABEL «repo=https://me:hunter2hunter2@example.com/a.git» b=c\n',
    'literal',
    'FROM a\nLABEL b=c\n',
  ],
  ['behind ONBUILD', 'FROM a\nONBUILD LABEL «password=hunter2hunter2»\n', 'literal', 'FROM a\n'],
  [
    'in the older form',
    'FROM a\nLABEL «db.password hunter2hunter2»\nUSER b\n',
    'literal',
    'FROM a\nUSER b\n',
  ],
  [
    'part of a value',
    'FROM a\nARG DB_PASSWORD\nLABEL «url=db://a:${DB_PASSWORD}@b»\n',
    'copied',
    'FROM a\nARG DB_PASSWORD\n',
  ],
  ['empty', 'FROM a\nLABEL password=""\n', ''],
  ['the name of a secret', 'FROM a\nLABEL secret.name=prod/db token.ttl=30m\n', ''],
  ['a hash of the commit', 'FROM a\nLABEL revision=16c7e42f292c6912e7710c838347ae178b4a0000\n', ''],
]);
