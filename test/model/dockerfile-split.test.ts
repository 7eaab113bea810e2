// How a file is split into instructions: directives, comments, continued lines, heredocs, flags and arguments.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildkitView } from '../../server/core/model/dockerfile/buildkit-view.ts';
import { parseDockerfile } from '../../server/core/model/dockerfile/parse.ts';
import { at, showSplit } from './dockerfile/show.ts';

type Rows = readonly (readonly [name: string, text: string, split: readonly string[]])[];

// biome-ignore format: one row a case
const lines: Rows = [
  ['one line', 'RUN a b', ['1-1 RUN "a b"']],
  ['white space around and between', ' \tRUN \t a  b \t\n', ['1-1 RUN "a  b"']],
  ['any case', 'rUn a', ['1-1 RUN "a"']],
  ['an unknown keyword', 'FOO bar', ['1-1 FOO ""']],
  ['no arguments', 'RUN\nCMD', ['1-1 RUN', '2-2 CMD']],
  ['a no-break space at the start of a line', '\u00a0RUN a', ['1-1 RUN "a"']],
  ['a no-break space separates no keyword', 'RUN\u00a0a', ['1-1 RUN\u00a0A ""']],
  ['a vertical tab separates a keyword', 'RUN\va', ['1-1 RUN "a"']],
  ['blank lines and comments between', '# c\n\nRUN a\n \n  # d\nRUN b', ['3-3 RUN "a"', '6-6 RUN "b"']],
  ['a number sign inside of a line', 'RUN a # b', ['1-1 RUN "a # b"']],
  ['a continued line', 'RUN a \\\n  b', ['1-2 RUN "a   b"']],
  ['blanks behind the mark', 'RUN a \\ \t\n b', ['1-2 RUN "a  b"']],
  ['a mark in a word', 'RUN a\\\nb', ['1-2 RUN "ab"']],
  ['a mark in the keyword', 'RU\\\nN a', ['1-2 RUN "a"']],
  ['a mark alone on the first line', '\\\nRUN a', ['1-2 RUN "a"']],
  ['two escape characters are no mark', 'RUN a \\\\\nRUN b', ['1-1 RUN "a \\\\\\\\"', '2-2 RUN "b"']],
  ['a comment inside', 'RUN a \\\n# c\n  # d\n b', ['1-4 RUN "a  b"']],
  ['a comment inside that ends in a mark', 'RUN a \\\n# c \\\n b', ['1-3 RUN "a  b"']],
  ['a blank line inside', 'RUN a \\\n\n \t\n b', ['1-4 RUN "a  b"']],
  ['a mark on the last line', 'RUN a \\', ['1-1 RUN "a"']],
  ['comments behind the last mark', 'RUN a \\\n# c\n\n', ['1-3 RUN "a"']],
  ['the next instruction behind a comment', 'RUN a \\\n# c\n\nUSER b', ['1-4 RUN "a USER b"']],
  ['Windows line ends', 'RUN a \\\r\n  b\r\n# c\r\nUSER u\r\n', ['1-2 RUN "a   b"', '4-4 USER "u"']],
  ['a carriage return alone ends no line', 'RUN a\rRUN b\nRUN c', ['1-1 RUN "a\\rRUN b"', '2-2 RUN "c"']],
  ['a byte order mark', '\ufeffRUN a', ['1-1 RUN "a"']],
  ['the other escape character', '# escape=`\nRUN a \\\nRUN b `\n c', ['2-2 RUN "a \\\\"', '3-4 RUN "b  c"']],
];

// biome-ignore format: one row a case
const heredocs: Rows = [
  ['of RUN', 'RUN <<E\na\nE\nRUN b', ['1-3 RUN "<<E" <<E "a\\n"', '4-4 RUN "b"']],
  ['an empty one', 'RUN <<E\nE', ['1-2 RUN "<<E" <<E ""']],
  ['several', 'COPY <<A <<B /\na\nA\nb\nB', ['1-5 COPY "<<A" "<<B" "/" <<A "a\\n" <<B "b\\n"']],
  ['white space before the name', 'RUN cat << E\na\nE', ['1-3 RUN "cat << E" <<E "a\\n"']],
  ['a file descriptor', 'RUN cat 3<<E\na\nE', ['1-3 RUN "cat 3<<E" <<E "a\\n"']],
  ['a quoted name', 'RUN <<"E F"\na\nE F', ['1-3 RUN "<<\\"E F\\"" <<E F "a\\n"']],
  ['an escaped name', 'RUN <<E\\F\na\nEF', ['1-3 RUN "<<E\\\\F" <<EF "a\\n"']],
  ['a variable as its name', 'RUN <<$X\na\n$X', ['1-3 RUN "<<$X" <<$X "a\\n"']],
  ['tabs with a dash', 'RUN <<-E\n\ta\n\t\tE\nRUN b', ['1-3 RUN "<<-E" <<E "\\ta\\n"', '4-4 RUN "b"']],
  ['no tabs without a dash', 'RUN <<E\n\tE\nE', ['1-3 RUN "<<E" <<E "\\tE\\n"']],
  ['blanks behind the name end nothing', 'RUN <<E\nE \nE', ['1-3 RUN "<<E" <<E "E \\n"']],
  ['Windows line ends', 'RUN <<E\r\na\r\nE\r\n', ['1-3 RUN "<<E" <<E "a\\r\\n"']],
  ['behind a continued line', 'RUN a \\\n <<E\nx\nE', ['1-4 RUN "a  <<E" <<E "x\\n"']],
  ['behind a flag', 'COPY --link <<E /\nx\nE', ['1-3 COPY --link "<<E" "/" <<E "x\\n"']],
  ['of a trigger', 'ONBUILD RUN <<E\na\nE', ['1-3 ONBUILD <<E "a\\n"']],
  ['not of CMD', 'CMD cat <<E\nUSER u', ['1-1 CMD "cat <<E"', '2-2 USER "u"']],
  ['not of a trigger of a trigger', 'ONBUILD ONBUILD RUN <<E\nUSER u', ['1-1 ONBUILD', '2-2 USER "u"']],
  ['not in a JSON list', 'RUN ["a", "<<E"]\nUSER u', ['1-1 RUN json "a" "<<E"', '2-2 USER "u"']],
  ['not in quotes', 'RUN echo "a <<E b" \'<<F\'\nUSER u', ['1-1 RUN "echo \\"a <<E b\\" \'<<F\'"', '2-2 USER "u"']],
  ['not behind an open quote', 'RUN "a <<E\nUSER u', ['1-1 RUN "\\"a <<E"', '2-2 USER "u"']],
  ['not behind a substitution that BuildKit refuses', 'RUN ${a^^} <<E\nUSER u', ['1-1 RUN "${a^^} <<E"', '2-2 USER "u"']],
  ['not glued to a word', 'RUN cat<<E\nUSER u', ['1-1 RUN "cat<<E"', '2-2 USER "u"']],
  ['not with white space behind the dash', 'RUN cat <<- E\nUSER u', ['1-1 RUN "cat <<- E"', '2-2 USER "u"']],
  ['not a here-string', 'RUN cat <<<E\nUSER u', ['1-1 RUN "cat <<<E"', '2-2 USER "u"']],
];

// biome-ignore format: one row a case
const flags: Rows = [
  ['of RUN', 'RUN --mount=type=cache --network=none a --b', ['1-1 RUN --mount=type=cache --network=none "a --b"']],
  ['of any instruction', 'CMD --x a', ['1-1 CMD --x "a"']],
  ['without arguments', 'RUN --a', ['1-1 RUN --a']],
  ['over lines', 'RUN --a \\\n # c\n --b \\\n x', ['1-4 RUN --a --b "x"']],
  ['quotes', 'RUN --a="b c" --d=\'e f\'g x', ['1-1 RUN --a=b c --d=e fg "x"']],
  ['escapes', 'RUN --a=b\\ c x', ['1-1 RUN --a=b c "x"']],
  ['escapes inside of quotes', 'RUN --a="b\\"c" x', ['1-1 RUN --a=b"c "x"']],
  ['an open quote', 'RUN --a="b c', ['1-1 RUN --a=b c']],
  ['two dashes end them', 'RUN --a -- --b', ['1-1 RUN --a "--b"']],
  ['two dashes at the end', 'RUN --a --', ['1-1 RUN --a']],
  ['one dash', 'RUN - a', ['1-1 RUN "- a"']],
  ['behind the keyword of a trigger', 'ONBUILD --x COPY --y a b', ['1-1 ONBUILD --x']],
  ['behind a no-break space', 'RUN \u00a0--a b', ['1-1 RUN "--a b"']],
];

// biome-ignore format: one row a case
const splitting: Rows = [
  ['a plain list', 'FROM a\t as  b', ['1-1 FROM "a" "as" "b"']],
  ['quotes in a plain list', 'COPY "a b" c', ['1-1 COPY "\\"a" "b\\"" "c"']],
  ['a no-break space in a plain list', 'EXPOSE a\u00a0b', ['1-1 EXPOSE "a\u00a0b"']],
  ['a JSON list', 'COPY ["a b", "c\\t\\u0041"]', ['1-1 COPY json "a b" "c\\tA"']],
  ['an empty JSON list', 'CMD []', ['1-1 CMD json']],
  ['a JSON list over lines', 'CMD ["a", \\\n # c\n "b"]', ['1-3 CMD json "a" "b"']],
  ['text behind a JSON list', 'CMD ["a"] b', ['1-1 CMD "[\\"a\\"] b"']],
  ['a comma too many', 'CMD ["a",]', ['1-1 CMD "[\\"a\\",]"']],
  ['single quotes', "CMD ['a']", ['1-1 CMD "[\'a\']"']],
  ['a test in brackets', 'RUN [ -f a ]', ['1-1 RUN "[ -f a ]"']],
  ['no JSON list for USER', 'USER ["a"]', ['1-1 USER "[\\"a\\"]"']],
  ['the whole text', 'WORKDIR a  b', ['1-1 WORKDIR "a  b"']],
  ['pairs', 'ENV a=1 b="x y" c=x\\ y d=', ['1-1 ENV "a" "1" "b" "\\"x y\\"" "c" "x\\\\ y" "d" ""']],
  ['a pair in the old form', 'ENV a  b  c=d ', ['1-1 ENV "a" "b  c=d"']],
  ['an old name that holds an equals sign behind a no-break space', 'ENV a\u00a0b=c d', ['1-1 ENV "a\u00a0b=c" "d"']],
  ['a quoted name', 'LABEL "a b"=c', ['1-1 LABEL "\\"a b\\"" "c"']],
  ['words of ARG', 'ARG a b=c "d e"', ['1-1 ARG "a" "b=c" "\\"d e\\""']],
  ['an escape character at the very end', '# escape=`\nARG a b```', ['2-2 ARG "a" "b``"']],
  ['a check', 'HEALTHCHECK --retries=3 CMD a || b', ['1-1 HEALTHCHECK --retries=3 "CMD" "a || b"']],
  ['a check as a JSON list', 'HEALTHCHECK cmd ["a", "b"]', ['1-1 HEALTHCHECK json "cmd" "a" "b"']],
  ['no check', 'HEALTHCHECK NONE', ['1-1 HEALTHCHECK "NONE"']],
];

for (const [group, rows] of Object.entries({ lines, heredocs, flags, splitting })) {
  for (const [name, text, split] of rows) {
    test(`${group}: ${name}`, () => assert.deepEqual(showSplit(text), split));
  }
}

// biome-ignore format: one row a case
const directives: readonly [name: string, text: string, found: string[], escapeChar: string, below: string][] = [
  ['none', 'RUN a', [], '\\', 'RUN a'],
  ['all of them, in any case', '# syntax=a/b:1\n#Escape = ` \n#CHECK=skip=all\nX', ['syntax=a/b:1', 'escape=`', 'check=skip=all'], '`', 'X'],
  ['behind white space', ' \t# escape=`\nX', ['escape=`'], '`', 'X'],
  ['behind a byte order mark', '\ufeff# escape=`\r\nX', ['escape=`'], '`', 'X'],
  ['not behind a comment', '# a\n# escape=`\nX', [], '\\', '# a\n# escape=`\nX'],
  ['not behind an unknown one', '# a=b\n# escape=`', [], '\\', '# a=b\n# escape=`'],
  ['not behind a blank line', '\n# escape=`', [], '\\', '\n# escape=`'],
  ['not without a value', '#escape=\nX', [], '\\', '#escape=\nX'],
  ['the first of a name counts', '#escape=`\n#escape=\\\nX', ['escape=`', 'escape=\\'], '`', 'X'],
  ['a value of white space', '#escape=\t \nX', ['escape= '], '\\', 'X'],
];
for (const [name, text, found, escapeChar, below] of directives) {
  test(`directives: ${name}`, () => {
    const model = parseDockerfile(text);
    assert.deepEqual(
      model.directives.map(directive => `${directive.name}=${directive.value}`),
      found,
    );
    assert.deepEqual(
      model.directives.map(({ valueSpan }) => at(model, valueSpan)),
      model.directives.map(({ value }) => value),
    );
    assert.equal(model.escape, escapeChar);
    assert.equal(text.slice(model.bodyStart), below);
  });
}

test('the view tells the line of what the parser stops at', () => {
  const { error } = buildkitView(parseDockerfile('FROM a\n\nCMD ["a", 1]\nENV a\n'));
  assert.equal(error?.line, 3);
});

test('what is refused only when the instructions are looked at is no error of the view', () => {
  assert.equal(buildkitView(parseDockerfile('FROM a\nFOO\n')).error, null);
});
