// crowded-line: where a line is broken, and where nothing is touched.
import rule from '../../server/core/rules/dockerfile/crowded-line.ts';
import { lines, type Row, ruleTable } from '../support/rule-table.ts';

const run = (name: string, code: string, messages: string, fixed?: string): Row => {
  const text = (body: string): string => lines('FROM a', `RUN ${body}`);
  return fixed === undefined ? [name, text(code), messages] : [name, text(code), messages, text(fixed)];
};

const packages = Array.from({ length: 30 }, (_, index) => `package-${index}`);

ruleTable(rule, [
  run('with redirections', 'a > b« && »c', 'chained', 'a > b \\\n    && c'),
  run('without blanks', 'a«&&»b', 'chained', 'a \\\n    && b'),
  run('with assignments', 'A=1 a« && »B=2 b', 'chained', 'A=1 a \\\n    && B=2 b'),
  run('as root', 'sudo a« && »sudo b', 'chained', 'sudo a \\\n    && sudo b'),
  run('in the file’s indentation', 'a \\\n  && b« && »c', 'chained', 'a \\\n  && b \\\n  && c'),
  run('on lines of their own', 'a && \\\n  b && \\\n  c', ''),
  run('in quotes', 'echo "a && b" \'c && d\'', ''),
  run('in another script', 'sh -c "a && b"', ''),
  run('in a substitution', 'echo $(a && b)', ''),
  run('in a group', '(a && b)', ''),
  run('behind a group', '{ a; b; } && c', ''),
  run('in a loop', 'for a in b; do c && d; done', ''),
  run('other signs', 'a; b | c || d & e', ''),
  run(
    'in front of a condition',
    'a« && »b; if c && d; then e; fi',
    'chained',
    'a \\\n    && b; if c && d; then e; fi',
  ),
  run('as a list', '["a", "&&", "b"]', ''),
  ['in a heredoc', 'FROM a\nRUN <<E\na && b\nE\n', ''],
  ['for PowerShell', 'FROM a\nSHELL ["pwsh", "-c"]\nRUN a && b\n', ''],
  [
    'with another escape character',
    '# escape=`\nFROM a\nSHELL ["/bin/sh", "-c"]\nRUN b« && »c\n',
    'chained',
    '# escape=`\nFROM a\nSHELL ["/bin/sh", "-c"]\nRUN b `\n    && c\n',
  ],
  run(
    'a long list',
    `apk add ${packages.slice(0, 10).join(' ')}« »${packages.slice(10).join(' ')}`,
    'long',
    [
      `apk add ${packages.slice(0, 10).join(' ')}`,
      packages.slice(10, 20).join(' '),
      packages.slice(20).join(' '),
    ].join(' \\\n    '),
  ),
  run(
    'long and of several commands',
    `apk add ${packages.slice(0, 8).join(' ')}« && »${'b'.repeat(80)}`,
    'long-chain',
    `apk add ${packages.slice(0, 8).join(' ')} \\\n    && ${'b'.repeat(80)}`,
  ),
  run('a word that is too long', `curl https://example.com/${'a'.repeat(120)}`, ''),
  run('a long comment', `a \\\n  # ${'b'.repeat(130)}\n  && c`, ''),
  [
    'labels on some lines',
    'FROM a\nLABEL a=1« »b=2 \\\n  c=3\n',
    'listed',
    'FROM a\nLABEL a=1 \\\n  b=2 \\\n  c=3\n',
  ],
]);
