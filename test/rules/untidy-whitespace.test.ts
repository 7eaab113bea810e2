// untidy-whitespace: what the build reads, and where blanks stand that it does not.
import rule from '../../server/core/rules/dockerfile/untidy-whitespace.ts';
import { ruleTable } from '../support/rule-table.ts';

ruleTable(rule, [
  ['empty lines at the end', 'FROM a\n«\n« »\n»', 'empty-lines trailing', 'FROM a\n'],
  ['one at the end', 'FROM a\n«\n»', 'empty-lines', 'FROM a\n'],
  ['at the beginning', '\n\nFROM a\n', ''],
  ['nothing but blanks', '\n\n', ''],
  [
    'around comments',
    'FROM a\n\n\n# b\n\n\nRUN c\n'.replaceAll('\n\n\n', '\n\n«\n»'),
    'empty-lines empty-lines',
    'FROM a\n\n# b\n\nRUN c\n',
  ],
  ['below directives', '# escape=\\\n\n«\n»FROM a\n', 'empty-lines', '# escape=\\\n\nFROM a\n'],
  ['within an instruction', 'FROM a\nRUN b \\\n\n\n  c\n', ''],
  ['behind a heredoc that is not closed', 'FROM a\nRUN <<E\nb  \n\n\n', ''],
  ['behind a comment', 'FROM a\n# b«  »\n', 'trailing', 'FROM a\n# b\n'],
  ['behind the sign of another line', 'FROM a\nRUN b \\«\t»\n  c\n', 'trailing', 'FROM a\nRUN b \\\n  c\n'],
  [
    'between flags',
    'FROM a\nRUN«  »--network=none«  »make\n',
    'doubled doubled',
    'FROM a\nRUN --network=none make\n',
  ],
  ['in front of the sign of another line', 'FROM a\nRUN make    \\\n  all\n', ''],
  ['in a substitution', 'FROM a\nRUN b "$(c«  »\'d  e\')"\n', 'doubled', 'FROM a\nRUN b "$(c \'d  e\')"\n'],
  ['in what another shell is given', 'FROM a\nRUN sh -c "b  c"\n', ''],
  ['for PowerShell', 'FROM a\nSHELL ["powershell", "-Command"]\nRUN Write-Host a  b\n', ''],
  ['in a list', 'FROM a\nCMD [ "b  c",  "d" ]\n', ''],
  ['in columns', 'FROM a\nCOPY a      /a\nCOPY b.txt  /b\n', ''],
  ['behind ONBUILD', 'FROM a\nONBUILD«  »RUN b\n', 'doubled', 'FROM a\nONBUILD RUN b\n'],
]);
