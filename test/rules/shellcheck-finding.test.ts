// shellcheck-finding: which scripts are asked about, in which dialect, and where the answers stand. With a shellcheck on
// the machine it is really asked; a run of CI has to have one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueOf } from '../../server/core/engine/catalogue.ts';
import type { FactReader } from '../../server/core/engine/facts.ts';
import { lint } from '../../server/core/engine/lint.ts';
import { defaultSettings } from '../../server/core/engine/settings.ts';
import { readComments } from '../../server/core/engine/shellcheck.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import rule from '../../server/core/rules/dockerfile/shellcheck-finding.ts';
import { applyEdits } from '../../server/core/text/edit.ts';
import { fixDocument, lintDocument } from '../../server/host/check.ts';
import type { FileSystem } from '../../server/host/files.ts';
import { createProject } from '../../server/host/project.ts';
import { findShellcheck, scriptChecker } from '../../server/node/shellcheck.ts';
import { mark } from '../support/marks.ts';

const catalogue = catalogueOf([rule]);

/** The questions about a text, of which nothing is known. */
function questionsAbout(text: string): string[] {
  const facts: FactReader = { get: () => undefined };
  const { missing } = lint(catalogue, { model: parseDockerfile(text), settings: defaultSettings, facts });
  const scripts = missing.filter(({ kind }) => kind === 'shellcheck');
  return scripts.map(({ path }) => path.replace('shellcheck -s ', ''));
}

// biome-ignore format: one row a case
const questions: readonly [name: string, text: string, questions: readonly string[]][] = [
  ['the shell of an unknown image', 'FROM a/b:1\nRUN c', ['sh <<< c']],
  ['that of Debian', 'FROM ubuntu:24.04\nRUN a', ['dash <<< a']],
  ['that of Alpine', 'FROM alpine:3.22\nRUN a', ['dash <<< a']],
  ['that of Fedora', 'FROM fedora:43\nRUN a', ['bash <<< a']],
  ['SHELL, from the next instruction on', 'FROM a/b:1\nRUN c\nSHELL ["/bin/bash", "-c"]\nRUN d', ['sh <<< c', 'bash <<< d']],
  ['SHELL of the stage below', 'FROM a/b:1 AS c\nSHELL ["/bin/bash", "-c"]\nFROM c\nRUN d', ['bash <<< d']],
  ['a shell that is not read', 'FROM a/b:1\nSHELL ["pwsh", "-c"]\nRUN d\nSHELL ["/bin/zsh", "-c"]\nRUN e', []],
  ['the shell forms of the others', 'FROM a/b:1\nCMD c\nENTRYPOINT d\nHEALTHCHECK CMD e', ['sh <<< c', 'sh <<< d', 'sh <<< e']],
  ['behind ONBUILD', 'FROM a/b:1\nONBUILD RUN c', ['sh <<< c']],
  ['JSON forms', 'FROM a/b:1\nRUN ["c"]\nCMD ["d"]\nHEALTHCHECK CMD ["e"]', []],
  ['continued lines, as the shell gets them', 'FROM a/b:1\nRUN c \\\n  # d\n  && e', ['sh <<< c   && e']],
  ['a heredoc', 'FROM a/b:1\nRUN <<EOF\nc\nd\nEOF', ['sh <<< c\nd']],
  ['a heredoc for another program', 'FROM a/b:1\nRUN <<EOF\n#!/usr/bin/env python3\nc\nEOF', []],
  ['one question for one text', 'FROM a/b:1\nRUN c\nRUN c', ['sh <<< c']],
];
for (const [name, text, asked] of questions) {
  test(`asked: ${name}`, () => assert.deepEqual(questionsAbout(text), asked));
}

test('what is no answer is none', () => {
  for (const text of ['', 'null', '[]', '{"comments":{}}', '{"comments":[null,3]}']) {
    assert.deepEqual(readComments(text) ?? [], [], text);
  }
});

const noFiles: FileSystem = {
  read: async () => null,
  list: async () => null,
  resolve: (folder, path) => `${folder}/${path}`,
  parent: () => null,
  relative: () => null,
};

const program = await findShellcheck();
const real = { skip: program === null && process.env.CI === undefined };
const document = (text: string) => ({ location: 'Dockerfile', text, language: 'dockerfile' }) as const;

const lintReally = (text: string) =>
  lintDocument(
    createProject(noFiles, catalogue, {}, { checkScript: scriptChecker(program) }),
    catalogue,
    document(text),
  );

// biome-ignore format: one row a case
const answers: readonly [name: string, marked: string, codes: string, fixed?: string][] = [
  ['in a continued line', 'FROM a/b:1\nRUN set -e; \\\n    # list\n    ls «$HOME» \\\n    && echo ok\n', 'SC2086', 'FROM a/b:1\nRUN set -e; \\\n    # list\n    ls "$HOME" \\\n    && echo ok\n'],
  ['at the end of a continued line', 'FROM a/b:1\nRUN ls «$HOME»\\\n && echo\n', 'SC2086', 'FROM a/b:1\nRUN ls "$HOME"\\\n && echo\n'],
  ['in a heredoc, with tabs taken away', 'FROM a/b:1\nRUN <<-EOF\n\techo 😀 «$HOME»\n\tEOF\n', 'SC2086', 'FROM a/b:1\nRUN <<-EOF\n\techo 😀 "$HOME"\n\tEOF\n'],
  ['with CRLF', 'FROM a/b:1\r\nRUN ls \\\r\n  «$HOME»\r\n', 'SC2086', 'FROM a/b:1\r\nRUN ls \\\r\n  "$HOME"\r\n'],
  ['in a health check', 'FROM a/b:1\nHEALTHCHECK CMD test -n «$HOME»\n', 'SC2086', 'FROM a/b:1\nHEALTHCHECK CMD test -n "$HOME"\n'],
  ['a bashism that another rule tells', 'FROM debian:13\nRUN [[ -n "$HOME" ]]\n', ''],
  ['a bashism that no other rule tells', 'FROM debian:13\nRUN echo «$RANDOM»\n', 'SC3028'],
  ['the same in Alpine, whose shell knows it', 'FROM alpine:3.22\nRUN [[ -n "$HOME" ]]\n', ''],
  ['the same under bash', 'FROM debian:13\nSHELL ["/bin/bash", "-c"]\nRUN [[ -n "$HOME" ]]\n', ''],
  ['a variable of the image', 'FROM a/b:1\nRUN echo "$version" "$VERSION"\n', ''],
  ['a file that is sourced', 'FROM a/b:1\nRUN . /etc/os-release\n', ''],
  ['its own comment above', 'FROM a/b:1\n# shellcheck disable=SC2046,SC2086\nRUN ls $HOME\n', ''],
  ['its own comment inside', 'FROM a/b:1\nRUN \\\n # shellcheck disable=SC2086\n ls $HOME\n', ''],
  ["hadolint's comment", 'FROM a/b:1\n# hadolint ignore=SC2086\nRUN ls $HOME\n', ''],
];
for (const [name, marked, codes, fixed] of answers) {
  test(`answered: ${name}`, real, async () => {
    const text = marked.replace(/[«»]/g, '');
    const { findings, missing } = await lintReally(text);
    assert.deepEqual(missing, []);
    assert.equal(
      mark(
        text,
        findings.map(({ span }) => span),
      ),
      marked,
    );
    assert.equal(
      findings.map(({ equivalents }) => equivalents.join().replace('hadolint:SC*,hadolint:', '')).join(),
      codes,
    );
    const edits = findings.flatMap(({ fixes }) => fixes[0]?.edits ?? []);
    assert.equal(applyEdits(text, edits), fixed ?? text);
  });
}

test('its fixes are applied one after the other', real, async () => {
  const project = createProject(noFiles, catalogue, {}, { checkScript: scriptChecker(program) });
  const text = 'FROM a/b:1\nRUN ls $HOME $PWD\nRUN echo `date`\n';
  const { text: fixed } = await fixDocument(project, catalogue, document(text), { upTo: 'unsafe' });
  assert.equal(fixed, 'FROM a/b:1\nRUN ls "$HOME" "$PWD"\nRUN echo $(date)\n');
});

test('a program that is not there finds nothing', async () => {
  const project = createProject(
    noFiles,
    catalogue,
    {},
    { checkScript: scriptChecker('/nowhere/shellcheck') },
  );
  const { findings, missing } = await lintDocument(
    project,
    catalogue,
    document('FROM a/b:1\nRUN ls $HOME\n'),
  );
  assert.deepEqual([findings, missing], [[], []]);
});

test('a comment for it is not called unused on a machine without it', async () => {
  const text = 'FROM a/b:1\n# bulkhead ignore=shellcheck-finding -- words are wanted\nRUN ls $HOME\n';
  const { findings } = await lintDocument(createProject(noFiles, catalogue), catalogue, document(text));
  assert.deepEqual(findings, []);
});
