// File modes: what they grant, and the same without it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modeGrants, withoutOthersWrite, withoutSetuid } from '../../server/core/knowledge/file-modes.ts';

const rows: readonly [mode: string, grants: string | null, tame: string | null, plain: string | null][] = [
  ['777', 'world', '775', '777'],
  ['0666', 'world', '0664', '666'],
  ['1777', 'world sticky', '1775', '1777'],
  ['4755', 'setuid', '4755', '755'],
  ['06711', 'setuid setgid', '06711', '711'],
  ['7', 'world', '5', '7'],
  ['640', '', '640', '640'],
  ['a+rwx', 'world', 'ug+rwx,o+rx', 'a+rwx'],
  ['o+w', 'world', null, 'o+w'],
  ['go=rw', 'world', 'g=rw,o=r', 'go=rw'],
  ['u+x,o+w', 'world', 'u+x', 'u+x,o+w'],
  ['+w', '', '+w', '+w'],
  ['a-w', '', 'a-w', 'a-w'],
  ['u+s', 'setuid', 'u+s', null],
  ['ug+xs', 'setuid setgid', 'ug+xs', 'ug+x'],
  ['+t', 'sticky', '+t', '+t'],
  ['888', null, '', ''],
  ['', null, '', ''],
  ['reference', null, '', ''],
];

for (const [mode, expected, tame, plain] of rows) {
  test(`the mode "${mode}"`, () => {
    const grants = modeGrants(mode);
    const seen = grants && [
      ...(grants.othersWrite ? ['world'] : []),
      ...(grants.setuid ? ['setuid'] : []),
      ...(grants.setgid ? ['setgid'] : []),
      ...(grants.sticky ? ['sticky'] : []),
    ];
    assert.equal(seen?.join(' ') ?? null, expected);
    if (expected === null) return;
    assert.equal(withoutOthersWrite(mode), tame);
    assert.equal(withoutSetuid(mode), plain);
  });
}
