import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMarks } from '../../server/core/engine/example.ts';
import { fix } from '../../server/core/engine/rule.ts';
import { plainPalette } from '../../server/core/report/palette.ts';
import { hiddenDiff, type Neighbour, neighbourDiff, paintDiff } from '../../server/core/report/patch.ts';
import { hideSpans, hideValues, hideWith, showsSecret } from '../../server/core/report/sensitive.ts';
import { insert } from '../../server/core/text/edit.ts';

const spanRows: readonly [name: string, marked: string, expected: string][] = [
  ['none', 'ENV A=b\n', 'ENV A=b\n'],
  ['one', 'ENV A=«abc»\n', 'ENV A=••••••••\n'],
  ['two', 'ENV A=«a» B=«bcdefghijklm»\n', 'ENV A=•••••••• B=••••••••\n'],
  ['over lines: they keep their number', 'RUN «one\r\n\r\ntwo»\n', 'RUN ••••••••\r\n\r\n••••••••\n'],
  ['one within another', 'A=«b«c»d»\n', 'A=••••••••\n'],
];
for (const [name, marked, expected] of spanRows) {
  test(`hide spans: ${name}`, () => {
    const { text, marks } = readMarks(marked);
    assert.equal(hideSpans(text, marks), expected);
  });
}

const valueRows: readonly [name: string, values: string[], words: string, expected: string][] = [
  ['none', [], 'a b', 'a b'],
  ['a long one, inside words too', ['hunter22'], 'mysql -phunter22x', 'mysql -p••••••••x'],
  ['a short one, as a word', ['root'], 'root chroot "root"', '•••••••• chroot "••••••••"'],
  ['a very short one hides nothing', ['abc'], 'abc', 'abc'],
  ['an empty one hides nothing', [''], 'abc', 'abc'],
  ['signs of patterns', ['a.c*(x)[y]'], 'abc a.c*(x)[y]', 'abc ••••••••'],
  ['the longer one first', ['secret', 'secret-value'], 'secret-value', '••••••••'],
];
for (const [name, values, words, expected] of valueRows) {
  test(`hide values: ${name}`, () => {
    assert.equal(hideValues(values)(words), expected);
  });
}

test('hide: each line of a secret over several lines', () => {
  const { text, marks } = readMarks('ENV KEY="«-----BEGIN-----\nMIIEpAIBAAK\n»"\n');
  assert.equal(hideWith(text, marks)('line MIIEpAIBAAK'), 'line ••••••••');
});

const nameRows: readonly [name: string, marked: string, words: string, expected: string][] = [
  [
    'a password that is the name of a service',
    'services:\n  grafana:\n    environment:\n      GF_PASSWORD: «grafana»\n',
    'grafana is open',
    'grafana is open',
  ],
  ['of an image', '    image: wordpress:6\n      PASSWORD: «wordpress»\n', 'wordpress:6', 'wordpress:6'],
  ['of a stage', 'FROM redis AS base\nENV PASSWORD=«redis»\n', 'redis', 'redis'],
  ['a word of our messages', '    COUCHDB_PASSWORD: «password»\n', 'a password', 'a password'],
  ['a word that is no name', 'services:\n  db:\n    PASSWORD: «grafana»\n', 'grafana', '••••••••'],
  ['more than a word', '  hunter22:\n    PASSWORD: «hunter22»\n', 'hunter22', '••••••••'],
];
for (const [name, marked, words, expected] of nameRows) {
  test(`hide: ${name}`, () => {
    const { text, marks } = readMarks(marked);
    assert.equal(hideWith(text, marks)(words), expected);
  });
}

test('hide: a fix that would write a secret down', () => {
  const { text, marks } = readMarks('ENV KEY=«s3cr3t-value»\n');
  const hide = hideWith(text, marks);
  assert.equal(showsSecret(fix('Move', 'safe', [insert(0, 'ARG KEY=s3cr3t-value\n')]), hide), true);
  assert.equal(showsSecret(fix('Remove', 'safe', [insert(0, '# gone\n')]), hide), false);
});

/** Secrets of both versions are marked; the patch without its header. */
const patchRows: readonly [name: string, before: string, after: string, patch: string][] = [
  [
    'a secret removed',
    'FROM a\nENV KEY=«s3cr3t-value»\n',
    'FROM a\n',
    '@@ -1,2 +1 @@\n FROM a\n-ENV KEY=••••••••\n',
  ],
  [
    'a secret in the context',
    'ENV KEY=«s3cr3t-value»\nUSER root\n',
    'ENV KEY=«s3cr3t-value»\nUSER app\n',
    '@@ -1,2 +1,2 @@\n ENV KEY=••••••••\n-USER root\n+USER app\n',
  ],
  [
    'a secret that has moved to where no rule sees it',
    'ENV KEY=«s3cr3t-value»\n',
    'RUN login s3cr3t-value\n',
    '@@ -1 +1 @@\n-ENV KEY=••••••••\n+RUN login ••••••••\n',
  ],
  [
    'a secret that is seen afterwards alone',
    'RUN login s3cr3t-value\n',
    'ENV KEY=«s3cr3t-value»\n',
    '@@ -1 +1 @@\n-RUN login ••••••••\n+ENV KEY=••••••••\n',
  ],
];
for (const [name, before, after, expected] of patchRows) {
  test(`patch without secrets: ${name}`, () => {
    const [old, young] = [readMarks(before), readMarks(after)].map(({ text, marks }) => ({
      text,
      sensitive: marks,
    }));
    assert.ok(old && young);
    const patch = hiddenDiff('Dockerfile', old, young);
    assert.equal(patch.slice(patch.indexOf('@@')), expected);
    assert.equal(paintDiff(patch, { palette: plainPalette, width: 80 }), patch);
  });
}

const neighbourRows: readonly [name: string, neighbour: Neighbour, patch: string][] = [
  [
    'values are hidden, their own and new ones',
    { before: 'A=theirs\r\n# b', after: 'A=theirs\r\n# b\r\nKEY=s3cr3t=\r\n', isOpaque: false },
    '@@ -1,2 +1,3 @@\n A=••••••••\r\n-# b\n\\ No newline at end of file\n+# b\r\n+KEY=••••••••\r\n',
  ],
  [
    'nothing of a secret file is shown',
    { before: null, after: 'c2VjcmV0==\n', isOpaque: true },
    '@@ -0,0 +1 @@\n+••••••••\n',
  ],
  ['a file that stays as it is', { before: 'A=b\n', after: 'A=b\n', isOpaque: false }, ''],
];
for (const [name, neighbour, expected] of neighbourRows) {
  test(`patch of a neighbour file: ${name}`, () => {
    const patch = neighbourDiff('.env', neighbour);
    assert.equal(patch === '' ? '' : patch.slice(patch.indexOf('@@')), expected);
  });
}
