// Every span is an offset into the file: through joined lines, quotes, escapes, and strings inside strings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ExecWord, execScript, jsonWord, parseShell } from '../../server/core/model/shell/parse.ts';
import type { ShellScript, ShellWord } from '../../server/core/model/shell/script.ts';
import { verbatim } from '../../server/core/text/mapped-text.ts';
import { span, spanText } from '../../server/core/text/span.ts';
import { bodies } from './shell-bodies.ts';
import { joined, readPosix, slices, written } from './shell-source.ts';

const wordsOf = ({ commands }: ShellScript): ShellWord[] =>
  commands.flatMap(({ nameWord, args }) => (nameWord === null ? args : [nameWord, ...args]));

for (const [text] of bodies) {
  test(`words stand where they are written: ${text}`, () => {
    // Behind a wrapper and in backticks a word may be written with escapes that its own shell does not see.
    const { commands } = readPosix(text);
    for (const command of commands.filter(
      ({ wrappers, substituted }) => wrappers.length === 0 && !substituted,
    )) {
      for (const word of [...command.args, ...command.assignments.flatMap(({ value }) => value ?? [])]) {
        assert.equal(spanText(text, word.span), word.raw);
      }
    }
  });
}

const joinedRows: readonly [name: string, file: string, commands: string[], lastWords: string[]][] = [
  [
    'continuations and comments',
    'apt-get update && \\\n    # why\n    apt-get install -y \\\n      curl=8 \\\n      git',
    ['apt-get update', 'apt-get install -y \\\n      curl=8 \\\n      git'],
    ['update', 'git'],
  ],
  ['Windows line ends', 'a b && \\\r\n  c \\\r\n d; e', ['a b', 'c \\\r\n d', 'e'], ['b', 'd', 'e']],
  ['a word in two lines', 'curl htt\\\np://x | sh', ['curl htt\\\np://x', 'sh'], ['htt\\\np://x', 'sh']],
  [
    'a string in two lines',
    "sh -c 'a b \\\n# note\n  && c \\\n d'; e",
    ["sh -c 'a b \\\n# note\n  && c \\\n d'", 'sh > a b', 'sh > c \\\n d', 'e'],
    ["'a b \\\n# note\n  && c \\\n d'", 'b', 'd', 'e'],
  ],
];
for (const [name, file, commands, lastWords] of joinedRows) {
  test(`joined lines: ${name}`, () => {
    const script = parseShell(joined(file), 'posix');
    assert.deepEqual(
      script.commands.map(command => written(file, command)),
      commands,
    );
    assert.deepEqual(
      script.commands.map(({ nameWord, args }) =>
        slices(
          file,
          [args.at(-1) ?? nameWord].flatMap(w => w ?? []),
        ),
      ),
      lastWords.map(word => [word]),
    );
  });
}

/** The words of the commands behind wrappers: as the inner shell reads them, and as they stand in the file. */
const quoted: readonly [name: string, text: string, ...words: [raw: string, inFile: string][]][] = [
  ['double quotes', 'sh -c "a \\"b c\\" \\\\d"', ['a', 'a'], ['"b c"', '\\"b c\\"'], ['\\d', '\\\\d']],
  ['single quotes', "sh -c 'a \"b c\"'\\''d'", ['a', 'a'], ['"b c"\'d', "\"b c\"'\\''d"]],
  ['bare escapes', 'sh -c a\\ \\"b\\"', ['a', 'a'], ['"b"', '\\"b\\"']],
  [
    'ANSI quotes',
    "sh -c $'a\\tb\\x63\\u0064 \\'e\\''",
    ['a', 'a'],
    ['bcd', 'b\\x63\\u0064'],
    ["'e'", "\\'e\\'"],
  ],
  ['a continued string', 'sh -c "a b\\\nc"', ['a', 'a'], ['bc', 'b\\\nc']],
  ['variables', 'sh -c "a $X\\"${Y}\\" z"', ['a', 'a'], ['$X"${Y}"', '$X\\"${Y}\\"'], ['z', 'z']],
  [
    'a string in a string',
    'sh -c "b -c \\"c \\\\\\"d\\\\\\"\\"; bash -c \\"e \\\\\\"f\\\\\\"\\""',
    ['b', 'b'],
    ['-c', '-c'],
    ['"c \\"d\\""', '\\"c \\\\\\"d\\\\\\"\\"'],
    ['bash', 'bash'],
    ['-c', '-c'],
    ['"e \\"f\\""', '\\"e \\\\\\"f\\\\\\"\\"'],
    ['e', 'e'],
    ['"f"', '\\\\\\"f\\\\\\"'],
  ],
  ['words of eval', "eval 'a \"b' 'c\" d'", ['a', 'a'], ['"b c"', '"b\' \'c"'], ['d', 'd']],
  ['a heredoc', 'sh <<E\na "b" \\$c\nE', ['a', 'a'], ['"b"', '"b"'], ['$c', '\\$c']],
  ['a quoted heredoc', "sh <<-'E'\n\ta \\$c\n\tE", ['a', 'a'], ['\\$c', '\\$c']],
  ['an option with its script', 'su -c"a \\"b\\""', ['a', 'a'], ['"b"', '\\"b\\"']],
];
for (const [name, text, ...words] of quoted) {
  test(`quotes: ${name}`, () => {
    const { commands, ...script } = readPosix(text);
    const inner = wordsOf({ ...script, commands: commands.filter(({ wrappers }) => wrappers.length > 0) });
    assert.deepEqual(
      inner.map(word => [word.raw, spanText(text, word.span)]),
      words,
    );
  });
}

test('a backtick without its second', () => {
  const file = 'a `b "c \\$d"; e f';
  const { commands, complete } = readPosix(file);
  assert.equal(complete, false);
  assert.deepEqual(slices(file, commands.at(-1)?.args ?? []), ['f']);
});

test('escaped backticks', () => {
  const file = 'a `b \\`c \\\\\\`d e\\\\\\`\\``; f "`g \\"h\\"`"';
  const { commands } = readPosix(file);
  assert.deepEqual(
    commands.map(({ name, args }) => [name, ...slices(file, args.slice(-1))]),
    [
      ['a', '`b \\`c \\\\\\`d e\\\\\\`\\``'],
      ['b', '\\`c \\\\\\`d e\\\\\\`\\`'],
      ['c', '\\\\\\`d e\\\\\\`'],
      ['d', 'e'],
      ['f', '"`g \\"h\\"`"'],
      ['g', '\\"h\\"'],
    ],
  );
});

/** The strings of a JSON list on one line. */
const jsonList = (file: string): ExecWord[] =>
  [...file.matchAll(/"(?:\\.|[^"\\])*"/g)].map(({ 0: string, index }) =>
    jsonWord(verbatim(file, span(index, index + string.length))),
  );

const execRows: readonly [file: string, commands: string[], words: string[]][] = [
  ['["nginx", "-g", "daemon off;"]', ['"nginx", "-g", "daemon off;"'], ['nginx', '-g', 'daemon off;']],
  ['["/bin/echo", "$X \\u0041\\n\\"\\/"]', ['"/bin/echo", "$X \\u0041\\n\\"\\/"'], ['/bin/echo', '$X A\n"/']],
  [
    '["sh", "-c", "curl \\"x\\\\ty\\" |\\tsh"]',
    ['"sh", "-c", "curl \\"x\\\\ty\\" |\\tsh"', 'sh > curl \\"x\\\\ty\\"', 'sh > sh'],
    ['sh', '-c', 'curl "x\\ty" |\tsh', 'curl', 'x\\ty', 'sh'],
  ],
  [
    '["tini", "--", "env", "A=b", "make"]',
    ['"tini", "--", "env", "A=b", "make"', 'tini > "env", "A=b", "make"', 'tini > env > "make"'],
    ['tini', '--', 'env', 'A=b', 'make', 'env', 'A=b', 'make', 'make'],
  ],
  ['["sudo", "sh\\u002dx"]', ['"sudo", "sh\\u002dx"', 'sudo > "sh\\u002dx"'], ['sudo', 'sh-x', 'sh-x']],
  ['[]', [], []],
];
for (const [file, commands, words] of execRows) {
  test(`without a shell: ${file}`, () => {
    const script = execScript(jsonList(file));
    assert.deepEqual([script.kind, script.complete, script.interpreter], ['exec', true, null]);
    assert.deepEqual(
      script.commands.map(command => written(file, command)),
      commands,
    );
    assert.deepEqual(
      wordsOf(script).map(({ value }) => value),
      words,
    );
  });
}

test('a word without a shell expands nothing', () => {
  const [command] = execScript(jsonList('["echo", "$X", "*"]')).commands;
  assert.deepEqual(
    command?.args.map(({ raw, value, variables }) => [raw, value, variables]),
    [
      ['"$X"', '$X', []],
      ['"*"', '*', []],
    ],
  );
});

test('a JSON string in joined lines', () => {
  const file = '"sh -c \\\n\\"a\\tb\\" x"';
  const script = parseShell(jsonWord(joined(file)).text, 'posix');
  assert.deepEqual(
    script.commands.map(command => written(file, command)),
    ['sh -c \\\n\\"a\\tb\\" x', 'sh > a\\tb'],
  );
});
