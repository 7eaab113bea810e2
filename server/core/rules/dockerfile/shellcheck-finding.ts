// shellcheck-finding: what the machine's ShellCheck says of the scripts in a Dockerfile, at the places where they stand.
import type { Fix } from '../../engine/finding.ts';
import { dockerfileRule, fix } from '../../engine/rule.ts';
import {
  dialectOf,
  questionText,
  type ShellcheckComment,
  type ShellcheckPlace,
  type ShellcheckReplacement,
} from '../../engine/shellcheck.ts';
import { inspectStage } from '../../insight/stage.ts';
import { holdsInImages, shellBehind } from '../../knowledge/shellcheck-codes.ts';
import type { Instruction } from '../../model/dockerfile/model.ts';
import { baseName } from '../../model/shell/interpreter.ts';
import type { ShellScript } from '../../model/shell/script.ts';
import type { Edit } from '../../text/edit.ts';
import { fileSpan, type MappedText } from '../../text/mapped-text.ts';
import { emptySpan, type Span, span, spanText } from '../../text/span.ts';

const unquoted = JSON.stringify({
  comments: [
    {
      ...{ line: 1, column: 4, endLine: 1, endColumn: 9, level: 'info', code: 2086 },
      message: 'Double quote to prevent globbing and word splitting.',
      fix: {
        replacements: [
          { line: 1, column: 4, endLine: 1, endColumn: 4, insertionPoint: 'afterEnd', replacement: '"' },
          { line: 1, column: 9, endLine: 1, endColumn: 9, insertionPoint: 'beforeStart', replacement: '"' },
        ],
      },
    },
  ],
});

const various = JSON.stringify({
  comments: [
    {
      ...{ line: 1, column: 1, endLine: 1, endColumn: 8, level: 'warning', code: 2164 },
      message: "Use 'cd ... || exit' or 'cd ... || return' in case cd fails.",
    },
    {
      ...{ line: 1, column: 19, endLine: 1, endColumn: 25, level: 'style', code: 2006 },
      message: 'Use $(...) notation instead of legacy backticks `...`.',
      fix: {
        replacements: [
          { line: 1, column: 19, endLine: 1, endColumn: 20, replacement: '$(' },
          { line: 1, column: 24, endLine: 1, endColumn: 25, replacement: ')' },
        ],
      },
    },
  ],
});

const unfinished = JSON.stringify({
  comments: [
    {
      ...{ line: 1, column: 1, endLine: 1, endColumn: 3, level: 'error', code: 1046 },
      message: "Couldn't find 'fi' for this 'if'.",
    },
  ],
});

/** All of ShellCheck, as one rule; each finding names its own number as well. */
const anyCode = ['hadolint:SC*'] as const;

export default dockerfileRule({
  id: 'shellcheck-finding',
  category: 'correctness',
  severity: 'warning',
  profile: 'recommended',
  since: '0.1.0',
  status: 'stable',
  title: 'What ShellCheck finds in a script',
  needs: ['shellcheck'],
  messages: {
    error: { text: '{says} (SC{code})', severity: 'error', equivalents: anyCode },
    warning: { text: '{says} (SC{code})', equivalents: anyCode },
    info: { text: '{says} (SC{code})', severity: 'info', equivalents: anyCode },
    style: { text: '{says} (SC{code})', severity: 'hint', equivalents: anyCode },
  },
  docs: {
    why: '[ShellCheck](https://www.shellcheck.net) knows hundreds of mistakes in shell scripts: words that fall apart, tests that are always true, what another shell does not know. Where it is installed it is asked about every script of a Dockerfile: RUN, heredocs, and the shell forms of CMD, ENTRYPOINT and HEALTHCHECK, each in the shell that SHELL and the base image give it.',
    remedy:
      "See ShellCheck's page about the number in brackets: `https://www.shellcheck.net/wiki/SC2086`. Its own fixes are offered. A single number is silenced with `# shellcheck disable=SC2086` or `# hadolint ignore=SC2086` above the instruction.",
    limits:
      'Only with a `shellcheck` on the machine: in the editor it is asked in trusted folders unless `bulkhead.shellcheck` is `off`, on the command line with `--shellcheck`. What does not hold in an image is left out: files that cannot be followed (SC1090, SC1091) and variables that the image may set (SC2154).',
    references: ['https://www.shellcheck.net/wiki/'],
  },
  fix: {
    availability: 'sometimes',
    safety: 'unsafe',
    why: 'Where ShellCheck has a fix it is offered; words that are quoted are no longer split, which somebody may have counted on.',
  },
  examples: {
    bad: [
      {
        code: 'FROM debian:13\nRUN ls «$HOME»\n',
        files: { 'shellcheck -s dash <<< ls $HOME': unquoted },
        fixed: 'FROM debian:13\nRUN ls "$HOME"\n',
      },
      {
        code: 'FROM example/tool:1.2\nRUN «cd /tmp»; \\\n    echo «`date`»\n',
        files: { 'shellcheck -s sh <<< cd /tmp;     echo `date`': various },
        fixed: 'FROM example/tool:1.2\nRUN cd /tmp; \\\n    echo $(date)\n',
      },
      {
        code: 'FROM example/tool:1.2\nSHELL ["/bin/bash", "-c"]\nRUN «if» true; then echo\n',
        files: { 'shellcheck -s bash <<< if true; then echo': unfinished },
        fixed: 'FROM example/tool:1.2\nSHELL ["/bin/bash", "-c"]\nRUN if true; then echo\n',
      },
    ],
    good: [
      {
        note: 'Silenced by its own comment.',
        code: 'FROM debian:13\n# shellcheck disable=SC2086\nRUN ls $HOME\n',
        files: { 'shellcheck -s dash <<< ls $HOME': unquoted },
      },
      { note: 'Not a shell script.', code: 'FROM debian:13\nRUN ["ls", "$HOME"]\n' },
    ],
  },
  check: ({ model, facts, report }) => {
    const checkScript = (instruction: Instruction, { source, interpreter, kind }: ShellScript): void => {
      if (kind !== 'posix' || source === null || interpreter === null || source.text.trim() === '') return;
      const family = instruction.stage ? inspectStage(instruction.stage).system?.family : undefined;
      const shell = shellBehind(baseName(interpreter), family);
      const dialect = dialectOf(shell);
      if (dialect === undefined) return;
      const comments = facts.get('shellcheck', questionText({ dialect, script: source.text })) ?? [];
      const silenced = comments.length === 0 ? none : disabledCodes(instruction);
      for (const comment of comments) {
        const { code, level, message } = comment;
        if (silenced.has(code) || !holdsInImages(code, shell)) continue;
        report(level, {
          at: placeOf(source, comment),
          data: { says: message, code },
          equivalents: [`hadolint:SC${code}`],
          fixes: fixesOf(model.text, source, comment),
        });
      }
    };
    return {
      instruction: {
        RUN: run => checkScript(run, run.script),
        CMD: cmd => checkScript(cmd, cmd.script),
        ENTRYPOINT: entrypoint => checkScript(entrypoint, entrypoint.script),
        HEALTHCHECK: check => checkScript(check, check.script),
      },
    };
  },
});

const none: ReadonlySet<number> = new Set();

/** Those that a comment at the instruction names: `# shellcheck disable=SC2086,SC2046`. */
function disabledCodes({ comments }: Instruction): ReadonlySet<number> {
  const lists = comments.map(({ text }) => /^shellcheck\s+disable=(\S+)/.exec(text)?.[1] ?? '');
  return new Set(lists.flatMap(list => list.split(',').map(name => Number(name.replace(/^SC/i, '')))));
}

/** The offset of a line and column, both from 1; a column is a character, which may take two units. */
function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let row = 1; row < line; row++) at = text.indexOf('\n', at) + 1 || text.length;
  for (let left = column - 1; left > 0 && at < text.length; left--) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return Math.min(at, text.length);
}

const inScript = ({ text }: MappedText, { line, column, endLine, endColumn }: ShellcheckPlace): Span => {
  const start = offsetOf(text, line, column);
  return span(start, Math.max(start, offsetOf(text, endLine, endColumn)));
};

/** At least one character, that there is something to see. */
function placeOf(source: MappedText, place: ShellcheckPlace): Span {
  const { start, end } = inScript(source, place);
  return fileSpan(source, span(start, Math.max(end, start + 1)));
}

/** Null where a line ends within what is replaced. */
function editOf(text: string, source: MappedText, written: ShellcheckReplacement): Edit | null {
  const where = inScript(source, written);
  const { replacement } = written;
  if (where.start < where.end) {
    const at = fileSpan(source, where);
    return spanText(text, at) === spanText(source.text, where) ? { span: at, text: replacement } : null;
  }
  const { start } = where;
  const behind = written.closes && start > 0;
  const neighbour = fileSpan(source, behind ? span(start - 1, start) : span(start, start + 1));
  return { span: emptySpan(behind ? neighbour.end : neighbour.start), text: replacement };
}

function fixesOf(text: string, source: MappedText, { replacements, code }: ShellcheckComment): Fix[] {
  const edits = replacements.flatMap(written => editOf(text, source, written) ?? []);
  if (edits.length === 0 || edits.length < replacements.length) return [];
  return [fix(`Apply the fix of SC${code}`, 'unsafe', edits)];
}
