// Rules about downloads: what is kept of them, and what they are compared with.
import unchecked from '../../server/core/rules/dockerfile/unchecked-download.ts';
import { lines, ruleTable } from '../support/rule-table.ts';

ruleTable(unchecked, [
  ['saved by a redirection', lines('FROM a:1', 'RUN curl -fsSL «https://e.com/a» > /a'), 'run'],
  ['checked in a later RUN', lines('FROM a:1', 'RUN wget https://e.com/a', 'RUN sha256sum -c sums'), ''],
  [
    'checked before it is fetched',
    lines('FROM a:1', 'RUN sha256sum -c sums && wget «https://e.com/a»'),
    'run',
  ],
  ['a key', lines('FROM a:1', 'RUN curl -fsSLo /k.asc https://e.com/key.asc && wget https://e.com/gpg'), ''],
  ['read only', lines('FROM a:1', 'RUN curl https://e.com/a && wget -qO- https://e.com/a | grep x'), ''],
  ['thrown away', lines('FROM a:1', 'RUN curl -fo /dev/null https://e.com/a'), ''],
  ['sent', lines('FROM a:1', 'RUN curl -X POST -o r https://e.com/a'), ''],
  ['an address in a variable', lines('FROM a:1', 'RUN curl -o a "$URL"'), ''],
  ['several sources', lines('FROM a:1', 'ADD a «https://e.com/a» «http://e.com/b» /srv/'), 'add add'],
]);
