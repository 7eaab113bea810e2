// Rules about the build context: what gets into a build, and what does not.
import ignored from '../../server/core/rules/dockerfile/ignored-source.ts';
import unfiltered from '../../server/core/rules/dockerfile/unfiltered-context.ts';
import { lines, ruleTable } from '../support/rule-table.ts';

ruleTable(
  ignored,
  [
    ['by its folder', lines('FROM a:1', 'COPY «dist/a.js» /'), 'ignored'],
    ['a folder that is let in', lines('FROM a:1', 'COPY dist/keep /'), ''],
    ['a pattern of which all is left out', lines('FROM a:1', 'COPY «*.log» /'), 'ignored'],
    ['a pattern of which some gets in', lines('FROM a:1', 'COPY *.md /'), ''],
    ['a pattern that matches nothing here', lines('FROM a:1', 'COPY *.txt /'), ''],
    ['one of several, filled in', lines('FROM a:1', 'ARG F=a.log', 'COPY x.md «$F» /'), 'ignored'],
    ['an unknown variable, and an address', lines('FROM a:1', 'ADD ${F}.log https://e.com/a.log /'), ''],
  ],
  {
    '.dockerignore': 'dist/*\n!dist/keep\n*.log\ny.md\n',
    'dist/a.js': '',
    'dist/keep/b.js': '',
    'a.log': '',
    'x.md': '',
    'y.md': '',
  },
);

ruleTable(
  unfiltered,
  [
    ['all by a pattern', lines('FROM a:1', 'COPY «*» /a/', 'ADD «/» /b/'), 'unfiltered unfiltered'],
    ['some of it', lines('FROM a:1', 'COPY src* app/. /a/'), ''],
    ['a folder of a stage', lines('FROM a:1', 'COPY --from=x . /'), ''],
  ],
  { 'src/a.js': '' },
);

ruleTable(unfiltered, [['all that is known is left out', lines('FROM a:1', 'COPY . /a/'), '']], {
  '.dockerignore': '**/coverage\n.idea\n',
  'a/coverage/x': '',
  '.idea/x': '',
});
