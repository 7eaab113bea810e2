// What is read from a text for a shell: commands, words, pipelines, redirections, and where a command stands.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interpreterOf, parseShell, shellKindOf } from '../../server/core/model/shell/parse.ts';
import type { ShellCommand, ShellKind } from '../../server/core/model/shell/script.ts';
import { bodies } from './shell-bodies.ts';
import { readPosix, slices, whole, written } from './shell-source.ts';

for (const [text, commands, pipelines = [], redirects = []] of bodies) {
  test(`shell body: ${text}`, () => {
    const script = readPosix(text);
    assert.equal(script.complete, true);
    assert.deepEqual(
      script.commands.map(command => written(text, command)),
      commands,
    );
    assert.deepEqual(
      script.pipelines.map(pipeline =>
        pipeline.commands.map(member => (member === null ? '(group)' : member.name)).join(' | '),
      ),
      pipelines,
    );
    assert.deepEqual(slices(text, script.redirects), redirects);
  });
}

const onlyCommand = (text: string): ShellCommand => {
  const [command] = readPosix(text).commands;
  assert.ok(command);
  return command;
};

const words: readonly [source: string, value: string | null, variables?: string[]][] = [
  ['plain', 'plain'],
  ['a\\ b', 'a b'],
  ["'a $b'", 'a $b'],
  ['"a\'b\\"\\$c\\n\\\\"', 'a\'b"$c\\n\\'],
  ['a\'b\'"c"\\d', 'abcd'],
  ["$'tab\\there \\x41\\u00e9\\101\\'\\cA\\?'", "tab\there AéA'\x01?"],
  ["$'\\U0001F600\\UFFFFFFFF'", '\u{1f600}\u{10ffff}'],
  ['$"hello"', 'hello'],
  ['*.{a,b}', '*.{a,b}'],
  ['["a b"\\c\'d\']*[e]', '[a bcd]*[e]'],
  ['["$X"]', null, ['X']],
  ['~/x', '~/x'],
  ['""', ''],
  ['a\\\nb', 'ab'],
  ['$X', null, ['X']],
  ['"${X}/$Y"', null, ['X', 'Y']],
  ['${X:-${Y}z$Z}', null, ['X', 'Y', 'Z']],
  ['${#X}${!Y}${Z[$I]}', null, ['X', 'Y', 'Z', 'I']],
  ['${X/$Y/$Z}', null, ['X', 'Y', 'Z']],
  ['$((A + $B * ${C:-2}))', null, ['A', 'B', 'C']],
  ['{$A,"$B"}', null, ['A', 'B']],
  ['$1$@$?', null],
  ['"$(echo $X)$Y"', null, ['Y']],
  ['<(echo $X)', null],
  ["'$X'\\$Y", '$X$Y'],
];
for (const [source, value, variables = []] of words) {
  test(`shell word: ${source}`, () => {
    const [word] = onlyCommand(`cmd ${source}`).args;
    assert.equal(word?.raw, source);
    assert.equal(word?.value, value);
    assert.deepEqual(word?.variables, variables);
  });
}

const names: readonly [source: string, name: string | null][] = [
  ['/usr/bin/apt-get update', 'apt-get'],
  ['"/opt/a b/run"', 'run'],
  ['\\rm x', 'rm'],
  ['constructor', 'constructor'],
  ['$X', null],
  ['/usr/bin/$X', null],
  ['X=1', null],
  ['</dev/null', null],
];
for (const [source, name] of names) {
  test(`program of: ${source}`, () => {
    assert.equal(onlyCommand(source).name, name);
  });
}

test('assignments in front of a command', () => {
  const { assignments, args } = onlyCommand('A=1 B="$x" C= D=(y z) E+=w export F="v $$" G=\'u t\'');
  assert.deepEqual(
    assignments.map(({ name, value }) => [name, value?.raw, value?.value, value?.variables]),
    [
      ['A', '1', '1', []],
      ['B', '"$x"', null, ['x']],
      ['C', undefined, undefined, undefined],
      ['D', '(y z)', '(y z)', []],
      ['E', 'w', 'w', []],
    ],
  );
  assert.deepEqual(
    args.map(arg => [arg.raw, arg.value]),
    [
      ['F="v $$"', null],
      ["G='u t'", 'G=u t'],
    ],
  );
});

test('redirections', () => {
  const { redirects } = onlyCommand(
    "cmd 2>&1 >>/log <in <<-'E' <<F <<<word {fd}>x &>y\n$a\nE\n${b}$(c)\nF\n",
  );
  assert.deepEqual(
    redirects.map(({ operator, descriptor, target }) => [
      operator,
      descriptor,
      target?.raw,
      target?.value,
      target?.variables,
    ]),
    [
      ['>&', 2, '1', '1', []],
      ['>>', null, '/log', '/log', []],
      ['<', null, 'in', 'in', []],
      ['<<-', null, "'E'", 'E', []],
      ['<<', null, 'F', 'F', ['b']],
      ['<<<', null, 'word', 'word', []],
      ['>', null, 'x', 'x', []],
      ['&>', null, 'y', 'y', []],
    ],
  );
});

/** `?` behind what is conditional, `$` behind what is substituted, then what stands behind the command. */
const places: readonly [text: string, expected: string][] = [
  ['a && b || c; d', 'a && b? || c? ; d'],
  ['a & b\nc', 'a & b ; c'],
  ['a && b &', 'a && b? &'],
  ['a | b && c | d', 'a | b && c? | d?'],
  ['if a; then b; elif c; then d; else e; fi; f', 'a b? c? d? e? f'],
  ['while a; do b; c; done', 'a b? ; c?'],
  ['for x in $(a); do b; done', 'a$ b?'],
  ['case $(a) in x) b;; esac', 'a$ b?'],
  ['f() { a; b; }; c', 'a? ; b? c'],
  ['(a; b) && { c; }', 'a ; b c?'],
  ['a "$(b; c)" <(d) && e `f`', 'a && b$ ; c$ d$ e? f?$'],
  ['a || sh -c "b; c | d"', 'a || sh? b? ; c? | d?'],
];
for (const [text, expected] of places) {
  test(`place: ${text}`, () => {
    const shown = readPosix(text).commands.flatMap(({ name, conditional, substituted, after }) => [
      `${name}${conditional ? '?' : ''}${substituted ? '$' : ''}`,
      ...(after === null ? [] : [after]),
    ]);
    assert.equal(shown.join(' '), expected);
  });
}

test('a member of a pipeline knows it', () => {
  const text = 'a; ! time b | c x >y; (d | e) | f';
  const { commands, pipelines } = readPosix(text);
  assert.deepEqual(slices(text, pipelines), ['b | c x >y', '(d | e) | f', 'd | e']);
  assert.deepEqual(
    commands.map(({ name, pipeline }) => [name, pipeline === null ? -1 : pipelines.indexOf(pipeline)]),
    [
      ['a', -1],
      ['b', 0],
      ['c', 0],
      ['d', 2],
      ['e', 2],
      ['f', 1],
    ],
  );
  assert.deepEqual(pipelines[1]?.commands, [null, commands.at(-1)]);
});

const kinds: readonly [shell: string[], kind: ShellKind][] = [
  [['/bin/sh', '-c'], 'posix'],
  [['/bin/bash', '-o', 'pipefail', '-c'], 'posix'],
  [['/usr/bin/env', '-i', 'A=b', 'bash', '-c'], 'posix'],
  [['/bin/busybox', 'ash', '-c'], 'posix'],
  [['zsh'], 'posix'],
  [['powershell', '-Command'], 'powershell'],
  [['C:\\Program Files\\PowerShell\\7\\PWSH.EXE'], 'powershell'],
  [['cmd', '/S', '/C'], 'cmd'],
  [['C:\\Windows\\System32\\cmd.exe', '/c'], 'cmd'],
  [['/usr/bin/python3', '-c'], 'other'],
  [['fish', '-c'], 'other'],
  [['toString'], 'other'],
  [[], 'other'],
];
for (const [shell, kind] of kinds) {
  test(`kind of shell: ${shell.join(' ')}`, () => {
    assert.equal(shellKindOf(shell), kind);
  });
}

const interpreters: readonly [line: string, interpreter: string | null][] = [
  ['#!/bin/sh', 'sh'],
  ['#! /bin/bash -eux', 'bash'],
  ['#!/usr/bin/env python3', 'python3'],
  ['#!/usr/bin/env -S PYTHONPATH=/x python3 -u', 'python3'],
  ['#!/bin/busybox sh\r', 'sh'],
  ['#!', null],
  ['# /bin/sh', null],
  ['', null],
];
for (const [line, interpreter] of interpreters) {
  test(`interpreter of: ${line}`, () => {
    assert.equal(interpreterOf(line), interpreter);
  });
}

for (const kind of ['powershell', 'cmd', 'other', 'exec'] as const) {
  test(`${kind} text is opaque`, () => {
    const script = parseShell(whole('curl x | sh > y'), kind, 'it');
    assert.deepEqual(
      [script.kind, script.source, script.interpreter],
      [kind, whole('curl x | sh > y'), 'it'],
    );
    assert.deepEqual(
      [script.complete, script.commands, script.pipelines, script.redirects],
      [true, [], [], []],
    );
  });
}

test('a script says who reads it', () => {
  const { kind, interpreter } = parseShell(whole('a'), 'posix', 'bash');
  assert.deepEqual([kind, interpreter, readPosix('a').interpreter], ['posix', 'bash', null]);
});
