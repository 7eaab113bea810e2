// What the process has to own, and what stays root's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copiesToOwn, foldersToOwn } from '../../server/core/repairs/ownership.ts';
import { insightOf } from '../support/dockerfile.ts';

/** The destinations of the copies, then the folders, new ones with `+`. */
const rows: readonly [text: string, copies: string, folders: string][] = [
  ['WORKDIR /app\nCOPY . .\nCOPY a.json ./\nCOPY b /app/b.txt', '. ./ /app/b.txt', '/app'],
  ['WORKDIR /usr/src/app\nCOPY . .', '.', '/usr/src/app'],
  ['WORKDIR /etc/x\nCOPY . .', '', ''],
  ['WORKDIR /root/x\nCOPY . .', '', ''],
  ['COPY a /usr/local/bin/\nCOPY b /etc/b\nCOPY c /\nCOPY d /lib64/', '', ''],
  ['COPY data/ /srv/data/\nADD x /opt/x', '/srv/data/ /opt/x', ''],
  ['COPY a /app.jar\nCOPY a /srv/start.sh', '', ''],
  ['COPY server /server\nCMD ["/server"]', '', ''],
  ['COPY --chown=x a /srv/a', '', ''],
  ['COPY a $DIR/a', '', ''],
  ['VOLUME /data /etc/y\nWORKDIR /app\nVOLUME logs', '', '/app +/data +/app/logs'],
  ['VOLUME ["/data", "$X"]', '', '+/data'],
];

for (const [text, copies, folders] of rows) {
  test(`owned in ${text.replaceAll('\n', '; ')}`, () => {
    const insight = insightOf(`FROM debian:13\n${text}\n`);
    assert.equal(
      copiesToOwn(insight)
        .map(({ destination }) => destination?.value)
        .join(' '),
      copies,
    );
    const { all, new: added } = foldersToOwn(insight);
    assert.equal(all.map(folder => (added.includes(folder) ? `+${folder}` : folder)).join(' '), folders);
  });
}

test('what the stage below copies is its own affair', () => {
  const insight = insightOf('FROM debian:13 AS a\nWORKDIR /app\nCOPY . .\nFROM a\n');
  assert.deepEqual(copiesToOwn(insight), []);
  assert.deepEqual(foldersToOwn(insight).all, ['/app']);
});
