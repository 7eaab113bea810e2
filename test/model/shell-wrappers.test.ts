// Commands that run others: what is seen through them, and what is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPosix, written } from './shell-source.ts';

/** The commands behind the first one, each behind its wrappers. */
const rows: readonly [text: string, ...inner: string[]][] = [
  ['sudo apt-get update', 'sudo > apt-get update'],
  ['sudo -E -u app -- make', 'sudo > make'],
  ['sudo -nu app --chdir=/x --group g A=1 B="2 3" make -u', 'sudo > make -u'],
  ['sudo -l make'],
  ['sudo -v'],
  ['sudo $FLAGS make', 'sudo > $FLAGS make'],
  ['doas -u app make', 'doas > make'],
  ['env', ''],
  ['env -i PATH=/bin make', 'env > make'],
  ['env -u A --unset B -C /x - C="$D" make', 'env > make'],
  ['env -S "A=1 make -j" x', 'env > A=1 make -j'],
  ['env "--split-string=make -j"', 'env > make -j'],
  ['exec -a name "$@"', 'exec > "$@"'],
  ['exec >/dev/null'],
  ['command curl x', 'command > curl x'],
  ['command -p ls', 'command > ls'],
  ['command -v curl'],
  ['command -pV curl'],
  ['builtin cd /x', 'builtin > cd /x'],
  ['nice -n 5 make', 'nice > make'],
  ['nice -10 make', 'nice > make'],
  ['nice --adjustment=5 make', 'nice > make'],
  ['nohup make &', 'nohup > make'],
  ['timeout 30 make', 'timeout > make'],
  ['timeout -k 5s --signal KILL 30 make -s', 'timeout > make -s'],
  ['timeout 30'],
  ['/usr/bin/time -f %e make', 'time > make'],
  ['ionice -c 3 make', 'ionice > make'],
  ['ionice -c3 -n 7 make', 'ionice > make'],
  ['stdbuf -oL -e 0 make', 'stdbuf > make'],
  ['setsid make', 'setsid > make'],
  ['xargs -0 -r -n1 -I{} rm {}', 'xargs > rm {}'],
  ['xargs --no-run-if-empty --max-args 1 rm', 'xargs > rm'],
  ['xargs'],
  ['gosu app:app make', 'gosu > make'],
  ['gosu --version'],
  ['su-exec 1000 make -j', 'su-exec > make -j'],
  ['setpriv --reuid=1 --regid 1 --clear-groups make', 'setpriv > make'],
  ['tini -g -p SIGTERM -- make', 'tini > make'],
  ['tini make', 'tini > make'],
  ['dumb-init --rewrite 15:3 make', 'dumb-init > make'],
  ['busybox wget x', 'busybox > wget x'],
  ['busybox --install -s /bin'],
  ['chroot /mnt apt-get update'],
  ['conda run --no-capture-output -n ml pip install a', 'conda > pip install a'],
  ['conda install -n ml a'],
  ['conda run'],
  ['uv run --with x uvicorn a:app', 'uv > uvicorn a:app'],
  ['uv pip install run'],
  ['poetry -C /x run python -m pip list', 'poetry > python -m pip list', 'poetry > python > pip list'],
  ['xvfb-run -a -s "-screen 0" make', 'xvfb-run > make'],
  ['su app -c "make x"', 'su > make x'],
  ["su - app -s /bin/sh -c 'make x'", 'su > make x'],
  ["su --command='make x' app", 'su > make x'],
  ["su -c'make x'", 'su > make x'],
  ['su app'],
  ['runuser -u app -- make x', 'runuser > make x'],
  ["sh -c 'a; b'", 'sh > a', 'sh > b'],
  ['bash -lc a', 'bash > a'],
  ['bash -euxo pipefail -c a', 'bash > a'],
  ['/bin/bash --norc +e -c -- a b', 'bash > a'],
  ['sh -c'],
  ['sh script.sh -c a'],
  ['sh -e'],
  ['python3 -c a'],
  ['python3 -W ignore -um pip install a', 'python3 > pip install a'],
  ['python3.14 -m pip install a', 'python3 > pip install a'],
  ['/usr/bin/python2 -m pip install a', 'python2 > pip install a'],
  ['find / -type f -exec chmod 777 {} \\;', 'find > chmod 777 {}'],
  ["find . -name '*.pyc' -execdir rm -f {} + -o -ok a ';'", 'find > rm -f {}', 'find > a'],
  ["find / -exec sh -c 'a && b' _ {} \\;", "find > sh -c 'a && b' _ {}", 'find > sh > a', 'find > sh > b'],
  ['find / -exec'],
  ['find / -name +'],
  ['python -m'],
  ['python a.py -m b'],
  ['eval "a b | c"', 'eval > a b', 'eval > c'],
  ['eval a "b; c"', 'eval > a "b', 'eval > c'],
  ['eval "$(a)"', 'a'],
  ["bash -ex <<'E'\na $x\nb\nE", 'bash > a $x', 'bash > b'],
  ['sudo sh -s -- x <<E\na\nE', 'sudo > sh -s -- x', 'sudo > sh > a'],
  ['sh x <<E\na\nE'],
  ['cat <<E\na\nE'],
  [
    'exec sudo -u app env A=1 nice sh -c "timeout 5 make"',
    'exec > sudo -u app env A=1 nice sh -c "timeout 5 make"',
    'exec > sudo > env A=1 nice sh -c "timeout 5 make"',
    'exec > sudo > env > nice sh -c "timeout 5 make"',
    'exec > sudo > env > nice > sh -c "timeout 5 make"',
    'exec > sudo > env > nice > sh > timeout 5 make',
    'exec > sudo > env > nice > sh > timeout > make',
  ],
  // The shell around the string has run the substitution and filled in the variable already.
  ['sh -c "a $(b) | c"', 'sh > a $(b)', 'b', 'sh > c'],
  ['sh -c "a \\$(b $x)"', 'sh > a \\$(b $x)', 'sh > b $x'],
  [
    `sh -c "su x -c 'a $(b) \\$(c)'"`,
    `sh > su x -c 'a $(b) \\$(c)'`,
    'sh > su > a $(b) \\$(c)',
    'b',
    'sh > su > c',
  ],
  ["sh -c 'a $(b)'", 'sh > a $(b)', 'sh > b'],
];
for (const [text, ...inner] of rows) {
  test(`seen through: ${text}`, () => {
    const [, ...others] = readPosix(text).commands.map(command => written(text, command));
    assert.deepEqual(
      others,
      inner.filter(line => line !== ''),
    );
  });
}

test('nine wrappers are one too many', () => {
  const chain = (length: number) => readPosix(`${'nice '.repeat(length)}make`).commands.map(c => c.name);
  assert.equal(chain(8).at(-1), 'make');
  assert.equal(chain(9).at(-1), 'nice');
  assert.equal(chain(9).length, 9);
});

test('a command behind a wrapper has the assignments among its arguments, and the place of the wrapper', () => {
  const [, sudo, make] = readPosix(`a && X=0 sudo A=1 'B=2 3' C="$D" E= make >log | c`).commands;
  assert.deepEqual(make?.wrappers, [sudo]);
  assert.deepEqual(
    make?.assignments.map(({ name, value }) => [name, value?.raw, value?.value, value?.variables]),
    [
      ['A', '1', '1', []],
      ['B', "2 3'", '2 3', []],
      ['C', '"$D"', null, ['D']],
      ['E', undefined, undefined, undefined],
    ],
  );
  assert.deepEqual([make?.conditional, make?.after, make?.redirects], [true, '|', []]);
  assert.equal(make?.pipeline, sudo?.pipeline);
  assert.deepEqual(
    sudo?.redirects.map(redirect => redirect.operator),
    ['>'],
  );
});

test('what another shell expands first has no value', () => {
  const [, echo] = readPosix(`sh -c "echo '$A' \\$B c"`).commands;
  assert.deepEqual(
    echo?.args.map(({ raw, value, variables }) => [raw, value, variables]),
    [
      ["'$A'", null, []],
      ['$B', null, ['B']],
      ['c', 'c', []],
    ],
  );
});
