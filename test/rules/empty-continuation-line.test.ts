// empty-continuation-line: where an instruction ends in blank lines.
import rule from '../../server/core/rules/dockerfile/empty-continuation-line.ts';
import { ruleTable } from '../support/rule-table.ts';

ruleTable(rule, [
  ['at the end of the file', 'FROM a\nEXPOSE 80 \\\n«\n\n»', 'blank', 'FROM a\nEXPOSE 80 \\\n'],
  ['blanks without a line end', 'FROM a\nEXPOSE 80 \\\n«  »', 'blank', 'FROM a\nEXPOSE 80 \\\n'],
  ['Windows line ends', 'FROM a\r\nRUN b \\\r\n«\r\n»  c\r\n', 'blank', 'FROM a\r\nRUN b \\\r\n  c\r\n'],
  [
    'in front of a heredoc',
    'FROM a\nRUN \\\n«\n»  cat <<E\n\nE\n',
    'blank',
    'FROM a\nRUN \\\n  cat <<E\n\nE\n',
  ],
  ['between instructions', 'FROM a\n\n\nRUN b\n\n', ''],
  [
    'taken for a part of the instruction above',
    'FROM a\nRUN b && \\\n«\n»COPY c d\n',
    'blank',
    'FROM a\nRUN b && \\\nCOPY c d\n',
  ],
]);
