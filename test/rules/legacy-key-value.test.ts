// legacy-key-value: values that have to stay what they are.
import rule from '../../server/core/rules/dockerfile/legacy-key-value.ts';
import { ruleTable } from '../support/rule-table.ts';

ruleTable(rule, [
  ['a tab', 'FROM a\nENV «B»\tc\n', 'blank', 'FROM a\nENV B=c\n'],
  ['single quotes', "FROM a\nENV «B» 'c d'\n", 'blank', "FROM a\nENV B='c d'\n"],
  ['two quoted words', 'FROM a\nENV «B» "c" "d e"\n', 'blank', 'FROM a\nENV B="c"\\ "d e"\n'],
  ['an apostrophe in quotes', 'FROM a\nENV «B» "it\'s so"\n', 'blank', 'FROM a\nENV B="it\'s so"\n'],
  ['an equals sign later', 'FROM a\nENV «B» c d=e\n', 'blank', 'FROM a\nENV B="c d=e"\n'],
  ['on the next line', 'FROM a\nENV «B» \\\n  c d\n', 'blank', 'FROM a\nENV B="c d"\n'],
  ['the line continued at the name', 'FROM a\nENV «B»\\\n  c d\n', 'blank', 'FROM a\nENV B="c d"\n'],
  ['continued without a blank', 'FROM a\nENV B\\\n=c\n', ''],
  ['quotes across lines', 'FROM a\nENV «B» "c" \\\n  d\n', 'blank'],
  ['a label', 'FROM a\nlabel «b» c d\n', 'blank', 'FROM a\nlabel b="c d"\n'],
  ['Windows', '# escape=`\nFROM a\nENV «B» C:\\d e\n', 'blank', '# escape=`\nFROM a\nENV B=C:\\d` e\n'],
  ['behind ONBUILD', 'FROM a\nONBUILD ENV «B» c\n', 'blank', 'FROM a\nONBUILD ENV B=c\n'],
  ['= alone', 'FROM a\nENV «B» =\n', 'blank-before-equals'],
  ['several words', 'FROM a\nENV «B» = c d\n', 'blank-before-equals', 'FROM a\nENV B="c d"\n'],
]);
