// relative-workdir: what a path starts from.
import rule from '../../server/core/rules/dockerfile/relative-workdir.ts';
import { ruleTable } from '../support/rule-table.ts';

ruleTable(rule, [
  [
    'the stage below has set one',
    'FROM a AS b\nWORKDIR /c\nFROM b\nWORKDIR «d»\n',
    'continued',
    'FROM a AS b\nWORKDIR /c\nFROM b\nWORKDIR /c/d\n',
  ],
  [
    'an image below may have',
    'FROM a AS b\nFROM b\nWORKDIR «d»\n',
    'unset',
    'FROM a AS b\nFROM b\nWORKDIR /d\n',
  ],
  ['a variable hides the one before', 'FROM a\nWORKDIR $B\nWORKDIR «c»\n', 'continued'],
  ['behind ONBUILD', 'FROM a\nONBUILD WORKDIR «b»\n', 'continued'],
  ['up from nowhere', 'FROM a\nWORKDIR «..»\n', 'unset'],
  ['up, with a variable', 'FROM a\nWORKDIR /b\nWORKDIR «../$C»\n', 'continued'],
  ['here', 'FROM a\nWORKDIR /b\nWORKDIR «.»\n', 'continued', 'FROM a\nWORKDIR /b\nWORKDIR /b\n'],
  ['a name with a blank', 'FROM a\nWORKDIR «b c»\n', 'unset', 'FROM a\nWORKDIR /b c\n'],
  ['a default', 'FROM a\nWORKDIR ${B:-c}\n', ''],
  ['an absolute variable', 'FROM a\nARG B=/c\nWORKDIR $B/d\n', ''],
  ['Windows', 'FROM a\nWORKDIR C:/a\nWORKDIR "c:\\\\b"\nWORKDIR \\c\n', ''],
  ['without a FROM', 'WORKDIR «a»\n', 'unset', 'WORKDIR /a\n'],
]);
