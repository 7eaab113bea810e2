// A command at the end of a RUN, in the RUN's own style.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { appendCommand } from '../../server/core/repairs/append-command.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { lastOf } from '../support/dockerfile.ts';

const rows: readonly [name: string, run: string, made: string | null][] = [
  ['one line', 'RUN a', 'RUN a && z'],
  ['one line that ends in a semicolon', 'RUN a;', 'RUN a; z'],
  ['operators at the start', 'RUN a \\\n && b', 'RUN a \\\n && b \\\n && z'],
  ['operators at the end', 'RUN a && \\\n    b', 'RUN a && \\\n    b && \\\n    z'],
  ['arguments on lines of their own', 'RUN a && \\\n  b \\\n    c', 'RUN a && \\\n  b \\\n    c && \\\n  z'],
  ['arguments behind one command', 'RUN a \\\n    b', 'RUN a \\\n    b \\\n    && z'],
  ['semicolons that stop', 'RUN set -eux; \\\n\ta; \\\n\tb', 'RUN set -eux; \\\n\ta; \\\n\tb; \\\n\tz'],
  ['semicolons that do not', 'RUN a; \\\n  b', 'RUN a; \\\n  b && \\\n  z'],
  [
    'a branch at the end',
    'RUN a && \\\n  if b; then \\\n    c; \\\n  fi',
    'RUN a && \\\n  if b; then \\\n    c; \\\n  fi && \\\n  z',
  ],
  ['a heredoc', 'RUN <<EOF\na\nb\nEOF', 'RUN <<EOF\na\nb && z\nEOF'],
  ['a heredoc that stops', 'RUN <<EOF\nset -e\n  b\nEOF', 'RUN <<EOF\nset -e\n  b\n  z\nEOF'],
  ['a heredoc with its own shell', 'RUN <<EOF\n#!/usr/bin/env python3\na\nEOF', null],
  ['a heredoc as input', 'RUN a <<EOF && b\nx\nEOF', 'RUN a <<EOF && b && z\nx\nEOF'],
  ['a list', 'RUN ["a"]', null],
  ['a comment of the shell', 'RUN a # why', null],
  ['what is not finished', 'RUN a &&', null],
  ['in the background', 'RUN a &', null],
  ['an alternative', 'RUN a || b', 'RUN a || b && z'],
  ['nothing', 'RUN ', null],
];

for (const [name, run, made] of rows) {
  for (const eol of ['\n', '\r\n']) {
    test(`${name}${eol === '\n' ? '' : ', lines end as on Windows'}`, () => {
      const text = `FROM a\n${run}\nCMD c\n`.replaceAll('\n', eol);
      const model = parseDockerfile(text);
      const edit = appendCommand(model, lastOf(model, 'RUN'), 'z');
      const after = edit === null ? null : applyEdits(text, [edit]);
      assert.equal(after, made === null ? null : `FROM a\n${made}\nCMD c\n`.replaceAll('\n', eol));
    });
  }
}
