// Scripts: what instructions run, and who reads it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { spanText } from '../../server/core/text/span.ts';

/** Kind and interpreter of the last instruction's script, and its commands as they are written. */
// biome-ignore format: one row a case
const rows: readonly [text: string, kind: string, interpreter: string | null, commands: string[]][] = [
  ['RUN a && b', 'posix', '/bin/sh', ['a', 'b']],
  ['RUN --mount=type=ssh a \\\n  # c\n  b', 'posix', '/bin/sh', ['a \\\n  # c\n  b']],
  ['RUN', 'posix', '/bin/sh', []],
  ['RUN ["a", "b c"]', 'exec', null, ['"a", "b c"']],
  ['CMD ["sh", "-c", "a && b"]', 'exec', null, ['"sh", "-c", "a && b"', 'a', 'b']],
  ['ENTRYPOINT exec a', 'posix', '/bin/sh', ['exec a', 'a']],
  ['HEALTHCHECK --retries=1 CMD a || exit 1', 'posix', '/bin/sh', ['a', 'exit 1']],
  ['HEALTHCHECK CMD ["a", "b"]', 'exec', null, ['"a", "b"']],
  ['HEALTHCHECK NONE', 'posix', '/bin/sh', []],
  ['SHELL ["/bin/bash", "-c"]\nRUN a', 'posix', '/bin/bash', ['a']],
  ['SHELL ["powershell", "-Command"]\nRUN a; b', 'powershell', 'powershell', []],
  ['SHELL /bin/sh\nRUN a', 'other', null, []],
  ['# escape=`\nFROM a\nRUN a', 'cmd', 'cmd', []],
  ['RUN <<E\na\nb c\nE', 'posix', '/bin/sh', ['a', 'b c']],
  ['RUN <<-E\n\ta\n\t\tb \\\n\tc\n\tE', 'posix', '/bin/sh', ['a', 'b \\\n\tc']],
  ['RUN <<E\r\na\r\nE\r\n', 'posix', '/bin/sh', ['a']],
  ['RUN <<E\n#!/bin/bash -e\na\nE', 'posix', 'bash', ['a']],
  ['RUN <<E\n#!/usr/bin/env python3\na\nE', 'other', 'python3', []],
  ['RUN python3 <<E\na\nE', 'posix', '/bin/sh', ['python3']],
  ['RUN bash <<E\na b\nE', 'posix', '/bin/sh', ['bash', 'a b']],
  ['RUN cat <<A > /x && b <<C\nd\nA\ne\nC', 'posix', '/bin/sh', ['cat', 'b']],
  ['RUN <<E\na', 'posix', '/bin/sh', ['a']],
  // What nobody ends, ends with the body.
  ['RUN <<E\na -y["b\nE', 'posix', '/bin/sh', ['a -y["b']],
  ["RUN <<-E\n\ta 'b\n\tc\n\n\tE", 'posix', '/bin/sh', ["a 'b\n\tc"]],
  ['RUN <<E\r\na $(b "c\r\n\r\nE\r\n', 'posix', '/bin/sh', ['a $(b "c', 'b "c']],
  ['RUN <<E\na "b \\\nE', 'posix', '/bin/sh', ['a "b ']],
  ['RUN <<E\na \\\nE', 'posix', '/bin/sh', ['a']],
  ['RUN <<E\na \\\\\nE', 'posix', '/bin/sh', ['a \\\\']],
];
for (const [text, kind, interpreter, commands] of rows) {
  test(`script: ${JSON.stringify(text)}`, () => {
    const instruction = parseDockerfile(text).instructions.at(-1);
    assert.ok(instruction && 'script' in instruction);
    const { script } = instruction;
    assert.deepEqual([script.kind, script.interpreter], [kind, interpreter]);
    assert.deepEqual(
      script.commands.map(({ span }) => spanText(text, span)),
      commands,
    );
  });
}

/** Whether the last instruction's script is read to its end. */
const endings: readonly [text: string, complete: boolean][] = [
  ['RUN bash <<E\na b\nE', true],
  ['RUN bash <<E\na b \\\\\nE', true],
  // The shell joins the delimiter to the line above it.
  ['RUN bash <<E\na b \\\nE', false],
  ['RUN cat > /x <<E && a\nb \\\nE', false],
  ['RUN { bash; } <<E\na b \\\nE', false],
  ['RUN bash <<E <<F\na\nE\nb \\\nF', false],
  ['RUN { bash; } <<E\na b\nE', true],
  ['RUN bash <<E\nE', true],
  ["RUN bash <<'E'\na \\\nE", true],
];
for (const [text, complete] of endings) {
  test(`script is ${complete ? '' : 'not '}complete: ${JSON.stringify(text)}`, () => {
    const instruction = parseDockerfile(text).instructions.at(-1);
    assert.ok(instruction && 'script' in instruction);
    assert.equal(instruction.script.complete, complete);
  });
}
