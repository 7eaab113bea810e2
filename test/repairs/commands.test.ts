// Commands of a RUN put before others, taken out of their list, and given other arguments.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunInstruction } from '../../server/core/model/dockerfile/model.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import type { ShellCommand } from '../../server/core/model/shell/script.ts';
import {
  addWords,
  insertCommand,
  removeArgument,
  removeCommand,
} from '../../server/core/repairs/commands.ts';
import { applyEdits, type Edit } from '../../server/core/text/edit.ts';
import { lastOf } from '../support/dockerfile.ts';

/** The text after the edit that is made for the command `x`; null where there is none. */
function changed(
  text: string,
  edit: (
    run: RunInstruction,
    command: ShellCommand,
    model: ReturnType<typeof parseDockerfile>,
  ) => Edit | null,
): string | null {
  const model = parseDockerfile(text);
  const run = lastOf(model, 'RUN');
  const command = run.script.commands.find(({ name }) => name === 'x');
  assert.ok(command);
  const made = edit(run, command, model);
  if (made === null) return null;
  const after = applyEdits(text, [made]);
  assert.deepEqual(parseDockerfile(after).problems, []);
  return after;
}

const removals: readonly [name: string, run: string, left: string | null][] = [
  ['the first', 'RUN x && b', 'RUN b'],
  ['one in the middle', 'RUN a && x && b', 'RUN a && b'],
  ['the last', 'RUN a && x 1 > /dev/null', 'RUN a'],
  ['the last of a list that goes on', 'RUN a; x;', 'RUN a;'],
  ['with sudo', 'RUN a && sudo x && b', 'RUN a && b'],
  ['a line that starts with the operator', 'RUN a \\\n && x \\\n && b', 'RUN a \\\n && b'],
  ['a line that ends with it', 'RUN a && \\\n  x && \\\n  b', 'RUN a && \\\n  b'],
  ['from a line that goes on', 'RUN a; x; \\\n  b', 'RUN a; \\\n  b'],
  ['what follows runs whatever came before', 'RUN a && x; b', 'RUN a; b'],
  ['what follows depends on it alone', 'RUN a; x && b', 'RUN a; b'],
  ['a comment behind stays', 'RUN a && \\\n  x && \\\n  # b\n  b', 'RUN a && \\\n  # b\n  b'],
  ['a comment before stays', 'RUN a \\\n  # x\n  && x \\\n  && b', 'RUN a \\\n  # x\n  && b'],
  ['in a branch', 'RUN if a; then x; b; fi', 'RUN if a; then b; fi'],
  ['a line of a heredoc', 'RUN <<EOF\na\nx\nb\nEOF', 'RUN <<EOF\na\nb\nEOF'],
  ['the only one of a branch', 'RUN if a; then x; fi', null],
  ['a condition', 'RUN if x; then a; fi', null],
  ['an alternative', 'RUN a || x', null],
  ['what an alternative stands for', 'RUN x || a', null],
  ['behind an alternative', 'RUN a || x && b', null],
  ['a part of a pipe', 'RUN a && x | b', null],
  ['a part of a word', 'RUN a $(x)', null],
  ['in another script', 'RUN sh -c "x"', null],
  ['given words by another', 'RUN a | xargs x', null],
];

for (const [name, run, left] of removals) {
  test(`without x: ${name}`, () => {
    const after = changed(`FROM a\n${run}\nCMD c\n`, (instruction, command, model) =>
      removeCommand(model, instruction, command),
    );
    assert.equal(after, left === null ? null : `FROM a\n${left}\nCMD c\n`);
  });
}

const wholes: readonly [name: string, text: string, left: string][] = [
  ['the only one', 'FROM a\n# why\nRUN x\nCMD c\n', 'FROM a\n# why\nCMD c\n'],
  ['in a heredoc', 'FROM a\nRUN <<EOF\nx\nEOF\nCMD c\n', 'FROM a\nCMD c\n'],
  ['as a list', 'FROM a\nRUN ["x", "1"]\nCMD c\n', 'FROM a\nCMD c\n'],
];

for (const [name, text, left] of wholes) {
  test(`the RUN goes with x: ${name}`, () => {
    assert.equal(
      changed(text, (run, command, model) => removeCommand(model, run, command)),
      left,
    );
  });
}

const insertions: readonly [name: string, run: string, made: string | null][] = [
  ['at the start', 'RUN x', 'RUN i && x'],
  ['behind another', 'RUN a && x', 'RUN a && i && x'],
  ['with its variables', 'RUN A=1 x', 'RUN i && A=1 x'],
  ['with the same rights', 'RUN sudo x', 'RUN sudo i && sudo x'],
  ['on a line of a heredoc', 'RUN <<EOF\na\nx\nEOF', 'RUN <<EOF\na\ni && x\nEOF'],
  ['in another script', 'RUN sh -c "x"', 'RUN sh -c "i && x"'],
  ['in a branch', 'RUN if a; then x; fi', 'RUN if a; then i && x; fi'],
  ['not behind an alternative', 'RUN a || x', null],
  ['not behind a pipe', 'RUN a | x', null],
  ['not in a list', 'RUN ["x"]', null],
  ['not where another gives it words', 'RUN xargs x', null],
];

for (const [name, run, made] of insertions) {
  test(`before x: ${name}`, () => {
    const after = changed(`FROM a\n${run}\n`, (instruction, command, model) =>
      insertCommand(model, instruction, command, 'i'),
    );
    assert.equal(after, made === null ? null : `FROM a\n${made}\n`);
  });
}

const words: readonly [run: string, made: string][] = [
  ['RUN x a b', 'RUN x a -y --z b'],
  ['RUN ["x", "a", "b"]', 'RUN ["x", "a", "-y", "--z", "b"]'],
  ['RUN ["sh", "-c", "x a b"]', 'RUN ["sh", "-c", "x a -y --z b"]'],
];

for (const [run, made] of words) {
  test(`words behind a: ${run}`, () => {
    const after = changed(`FROM a\n${run}\n`, (instruction, command) => {
      const [first] = command.args;
      return first ? addWords(instruction, command, first, '-y --z') : null;
    });
    assert.equal(after, `FROM a\n${made}\n`);
  });
}

const fewer: readonly [run: string, left: string][] = [
  ['RUN x a b', 'RUN x b'],
  ['RUN x \\\n  a \\\n  b', 'RUN x \\\n  b'],
  ['RUN x \\\n  # a\n  a b', 'RUN x \\\n  # a\n   b'],
  ['RUN ["x", "a", "b"]', 'RUN ["x", "b"]'],
];

for (const [run, left] of fewer) {
  test(`without a: ${JSON.stringify(run)}`, () => {
    const after = changed(`FROM a\n${run}\n`, (_, command, model) => {
      const [first] = command.args;
      return first ? removeArgument(model, command, first) : null;
    });
    assert.equal(after, `FROM a\n${left}\n`);
  });
}
