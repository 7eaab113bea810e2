// The accounts that RUN instructions make, by every way to call the tools.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createdAccounts } from '../../server/core/insight/accounts.ts';
import { finalStage } from '../support/dockerfile.ts';

/** Accounts as `name:uid:group`, the last one first. */
const rows: readonly [command: string, accounts: string, groups?: string][] = [
  ['useradd app', 'app::'],
  ['useradd -ms /bin/bash app', 'app::'],
  ['useradd -r -u 999 -g www app', 'app:999:www'],
  ['useradd -u1000 app', 'app:1000:'],
  ['useradd --uid=1000 --gid www --shell /bin/sh app', 'app:1000:www'],
  ['useradd --uid 1000 --no-create-home app', 'app:1000:'],
  ['useradd -G docker,adm app', 'app::'],
  ['useradd -c "An account" -d /srv app', 'app::'],
  ['groupadd -r app && useradd -r app', 'app::app', 'app'],
  ['addgroup -S app && adduser -S -G app app', 'app::app', 'app'],
  ['adduser -D app', 'app::'],
  ['adduser -Dh /srv -u 1000 app', 'app:1000:'],
  ['adduser --disabled-password --gecos "" app', 'app::'],
  ['adduser --system --group --home /srv app', 'app::'],
  ['adduser --system --ingroup www app', 'app::www'],
  ['sudo useradd app', 'app::'],
  ['useradd a; useradd b', 'b:: a::'],
  ['useradd -o -u 0 toor', ''],
  ['useradd app && userdel -r app', ''],
  ['useradd "$NAME"', ''],
  ['useradd', ''],
  ['useradd -s', ''],
  ['echo useradd app', ''],
];

for (const [command, accounts, groups = ''] of rows) {
  test(`accounts made by ${command}`, () => {
    const created = createdAccounts(finalStage(`FROM debian\nRUN ${command}\n`));
    const shown = created.accounts.map(({ name, uid, group }) => `${name}:${uid ?? ''}:${group ?? ''}`);
    assert.equal(shown.join(' '), accounts);
    assert.equal([...created.groups].join(' '), groups);
  });
}

test('accounts of the stage below come last', () => {
  const stage = finalStage('FROM debian AS a\nRUN useradd one\nFROM a\nRUN useradd two\n');
  assert.deepEqual(
    createdAccounts(stage).accounts.map(({ name }) => name),
    ['two', 'one'],
  );
});
