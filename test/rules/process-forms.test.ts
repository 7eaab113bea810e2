// The form of commands: what can do without a shell, where exec may stand, which list was meant.
import ignoredCmd from '../../server/core/rules/dockerfile/ignored-cmd.ts';
import malformedList from '../../server/core/rules/dockerfile/malformed-list.ts';
import shellAsProcess from '../../server/core/rules/dockerfile/shell-as-process.ts';
import shellForm from '../../server/core/rules/dockerfile/shell-form-command.ts';
import { ruleTable } from '../support/rule-table.ts';

ruleTable(shellForm, [
  ['quotes', `FROM a\nCMD «b 'c "d"' "e f"»\n`, 'cmd', 'FROM a\nCMD ["b", "c \\"d\\"", "e f"]\n'],
  ['exec goes', 'FROM a\nCMD «exec b -c»\n', 'cmd', 'FROM a\nCMD ["b", "-c"]\n'],
  ['a wrapper stays', 'FROM a\nCMD «exec tini -- b»\n', 'cmd', 'FROM a\nCMD ["tini", "--", "b"]\n'],
  ['a pattern', 'FROM a\nCMD «b *.c»\n', 'script', 'FROM a\nCMD ["/bin/sh", "-c", "exec b *.c"]\n'],
  ['a quoted pattern', "FROM a\nCMD «b '*.c'»\n", 'cmd', 'FROM a\nCMD ["b", "*.c"]\n'],
  ['a builtin', 'FROM a\nCMD «cd /b»\n', 'script', 'FROM a\nCMD ["/bin/sh", "-c", "cd /b"]\n'],
  ['a variable of the shell', 'FROM a\nCMD «B=c d»\n', 'script', 'FROM a\nCMD ["/bin/sh", "-c", "B=c d"]\n'],
  [
    'a program in a variable',
    'FROM a\nCMD «$B c»\n',
    'script',
    'FROM a\nCMD ["/bin/sh", "-c", "exec $B c"]\n',
  ],
  ['exec is there', 'FROM a\nCMD «b; exec $C»\n', 'script', 'FROM a\nCMD ["/bin/sh", "-c", "b; exec $C"]\n'],
  [
    'the last of several',
    'FROM a\nCMD «b || c»\n',
    'script',
    'FROM a\nCMD ["/bin/sh", "-c", "b || exec c"]\n',
  ],
  [
    'a loop',
    'FROM a\nCMD «while b; do c; done»\n',
    'script',
    'FROM a\nCMD ["/bin/sh", "-c", "while b; do c; done"]\n',
  ],
  ['in the background', 'FROM a\nCMD «b &»\n', 'script', 'FROM a\nCMD ["/bin/sh", "-c", "b &"]\n'],
  [
    'continued, with a comment',
    'FROM a\nCMD «b && \\\n  # then\n  c "d"»\n',
    'script',
    'FROM a\nCMD ["/bin/sh", "-c", "b && \\\n  # then\n  exec c \\"d\\""]\n',
  ],
  [
    'a backslash',
    'FROM a\nCMD «b \\$c $D»\n',
    'script',
    'FROM a\nCMD ["/bin/sh", "-c", "exec b \\\\$c $D"]\n',
  ],
  ['a tab', 'FROM a\nCMD «b\t$C»\n', 'script'],
  ['for other images', 'FROM a\nONBUILD CMD «b»\n', 'cmd'],
  ['not closed', 'FROM a\nCMD «b "c»\n', 'script', 'FROM a\nCMD ["/bin/sh", "-c", "b \\"c"]\n'],
  ['nothing', 'FROM a\nCMD\nENTRYPOINT []\n', ''],
]);

ruleTable(malformedList, [
  ['bare words', 'FROM a\nCMD «[b, -c]»\n', 'process-malformed', 'FROM a\nCMD ["b", "-c"]\n'],
  [
    'a bracket in quotes',
    "FROM a\nENTRYPOINT «[ '],',]»\n",
    'process-quotes',
    'FROM a\nENTRYPOINT [ "],"]\n',
  ],
  ['no comma', 'FROM a\nCMD «["b" "c"]»\n', 'process-malformed', 'FROM a\nCMD ["b", "c"]\n'],
  ['a Windows path', 'FROM a\nVOLUME «["C:\\d"]»\n', 'malformed', 'FROM a\nVOLUME ["C:\\\\d"]\n'],
  [
    'a flag in front',
    "FROM a\nCOPY --chown=1 «['b', 'c']»\n",
    'quotes',
    'FROM a\nCOPY --chown=1 ["b", "c"]\n',
  ],
  ['behind ONBUILD', "FROM a\nONBUILD CMD «['b']»\n", 'process-quotes', 'FROM a\nONBUILD CMD ["b"]\n'],
  ['over two lines', "FROM a\nCMD «['b', \\\n  'c']»\n", 'process-quotes', 'FROM a\nCMD ["b", \\\n  "c"]\n'],
  ['a test', 'FROM a\nHEALTHCHECK CMD [ -f /b ]\nRUN [ "$B" = c ]\n', ''],
  ['an empty list', 'FROM a\nENTRYPOINT [ ]\n', ''],
]);

ruleTable(ignoredCmd, [
  ['a positional parameter', 'FROM a\nENTRYPOINT b ${1}\nCMD c\n', ''],
  ['CMD first', 'FROM a\n«CMD» b\nENTRYPOINT c\n', 'dropped', 'FROM a\nCMD b\nENTRYPOINT ["c"]\n'],
  ['a list that is none', "FROM a\nENTRYPOINT ['b']\nCMD c\n", ''],
  ['CMD is reset', 'FROM a\nENTRYPOINT b\nCMD []\n', ''],
]);

ruleTable(shellAsProcess, [
  ['options', 'FROM a\nCMD ["bash", "-lc", "«b»"]\n', 'waits', 'FROM a\nCMD ["bash", "-lc", "exec b"]\n'],
  [
    'an init in front',
    'FROM a\nENTRYPOINT ["tini", "--", "sh", "-c", "«b»"]\n',
    'waits',
    'FROM a\nENTRYPOINT ["tini", "--", "sh", "-c", "exec b"]\n',
  ],
  ['a script', 'FROM a\nCMD ["sh", "start.sh"]\n', ''],
  ['a branch', 'FROM a\nCMD ["sh", "-c", "if b; then c; fi"]\n', ''],
  ['something else called -c', 'FROM a\nCMD ["nginx", "-c", "b"]\n', ''],
  ['a variable set for it', 'FROM a\nCMD ["sh", "-c", "B=c d"]\n', ''],
]);
