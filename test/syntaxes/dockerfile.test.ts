// What is coloured in a Dockerfile: shell, flags, exec forms, heredocs, directives, comments.
import { type TokenRow, testTokens } from './expect.ts';

const command = 'meta.embedded.block.shellscript source.shell entity.name.command.shell';
const builtin = 'source.shell support.function.builtin.shell';
const keyword = 'keyword.other.special-method.dockerfile';
const script = 'meta.embedded.inline.shellscript source.shell';

// biome-ignore format: one row a case
const shell: readonly TokenRow[] = [
  ['the command of RUN', '«RUN» «npm» ci', keyword, command],
  ['options and arguments', 'RUN ls «-la» «/tmp»', 'constant.other.option', 'string.unquoted.argument.shell'],
  ['quotes and variables', 'RUN echo «"a «$B»"»', 'string.quoted.double.shell', 'variable.other.normal.shell'],
  ['separators', 'RUN a «&&» «b»', 'punctuation.separator.statement.and.shell', command],
  ['keywords', 'RUN «if» [ -f a ]; «then» «echo» b; «fi»', 'keyword.control.if.shell', 'keyword.control.then.shell', builtin, 'keyword.control.fi.shell'],
  ['an assignment', 'RUN «A»=b cmd', 'variable.other.assignment.shell'],
  ['a continued line', 'RUN a && «\\»\n    «b» c', 'constant.character.escape.line-continuation.dockerfile', command],
  ['an option on a continued line', 'RUN apk add \\\n  «--no-cache» curl', 'constant.other.option'],
  ['a word that closes a block on a continued line', 'RUN if a; then b; \\\n  «fi»; «c»', 'keyword.control.fi.shell', command],
  ['a string over continued lines', 'RUN echo "a \\\n  «b» \\\n c" && «d»', 'string.quoted.double.shell', command],
  ['a comment between continued lines', 'RUN a \\\n  «# it\'s \\»\n  && «b»', 'comment.line.number-sign.dockerfile', command],
  ['a blank line between continued lines', 'RUN a && \\\n\n  «b»', command],
  ['a comment of the shell takes the lines behind it', 'RUN a «# b \\\n  c»\n«USER» u', 'comment.line.number-sign.shell', keyword],
  ['two escape characters continue nothing', 'RUN a \\\\\n«USER» u', keyword],
  ['CMD and ENTRYPOINT', 'CMD «exec» a\nENTRYPOINT «a» b', builtin, command],
  ['a health check', 'HEALTHCHECK --interval=«30s» «CMD» «curl» -f x || «exit» 1', 'constant.numeric.dockerfile', keyword, command, builtin],
  ['a health check over lines', 'HEALTHCHECK --retries=3 \\\n  «CMD» «curl» x', keyword, command],
  ['no health check', 'HEALTHCHECK «NONE»', 'constant.language.dockerfile'],
  ['a trigger', '«ONBUILD» «RUN» «make»', 'keyword.control.dockerfile', keyword, command],
  ['a test in brackets is no list', 'RUN «[» "$a" = b ]', 'source.shell'],
  ['lower case', '«run» «make»', keyword, command],
];

// biome-ignore format: one row a case
const execForm: readonly TokenRow[] = [
  ['a list', 'CMD «[»«"node"»«,» "x"«]»', 'punctuation.definition.array.begin.dockerfile', 'string.quoted.double.dockerfile', 'punctuation.separator.array.dockerfile', 'punctuation.definition.array.end.dockerfile'],
  ['a list over lines', 'RUN ["a", \\\n  «"b"»]', 'meta.structure.array.dockerfile string.quoted.double.dockerfile'],
  ['an escape', 'CMD ["a«\\"»b"]', 'constant.character.escape.dockerfile'],
  ['the script of a shell', 'ENTRYPOINT ["/bin/sh", "-c", "«exec» node «$A»"]', `${script} ${builtin}`, 'variable.other.normal.shell'],
  ['of COPY, SHELL and a health check', 'COPY [«"a b"», "c"]\nSHELL [«"sh"», "-c"]\nHEALTHCHECK CMD [«"a"»]', ...Array(3).fill('meta.structure.array.dockerfile string.quoted.double.dockerfile !source.shell')],
];

// biome-ignore format: one row a case
const flags: readonly TokenRow[] = [
  ['a mount', 'RUN «--mount»«=»«type»=«cache»,«target»=«/x» a', 'entity.other.attribute-name.dockerfile', 'keyword.operator.assignment.dockerfile', 'variable.parameter.dockerfile', 'constant.language.dockerfile', 'variable.parameter.dockerfile', 'string.unquoted.dockerfile'],
  ['mounts over lines', 'RUN --mount=type=bind,«source»=a \\\n  --mount=type=«secret»,id=b,«required» \\\n  «cmd»', 'variable.parameter.dockerfile', 'constant.language.dockerfile', 'constant.language.dockerfile', command],
  ['of COPY', 'COPY «--from»=«build» --chown=«$U»:g «--link» a b', 'entity.other.attribute-name.dockerfile', 'string.unquoted.dockerfile', 'variable.other.dockerfile', 'entity.other.attribute-name.dockerfile'],
  ['an option of the command is none of them', 'RUN cmd «--from»=a', '!meta.flag.dockerfile'],
];

// biome-ignore format: one row a case
const others: readonly TokenRow[] = [
  ['FROM and AS', '«FROM» «--platform»=$P a «AS» b', keyword, 'entity.other.attribute-name.dockerfile', keyword],
  ['variables', 'ENV A=«$B» C="x «${D:-e}»"', 'variable.other.dockerfile', 'string.quoted.double.dockerfile variable.other.dockerfile'],
  ['an open quote ends with its instruction', 'LABEL a=«"b»\n«USER» u', 'string.quoted.double.dockerfile', keyword],
  ['an apostrophe', 'MAINTAINER Jo O\'Neil\n«RUN» «a»', keyword, command],
  ['an unknown instruction', 'FOO "bar\n«USER» u', keyword],
];

const embedded = (language: string, scope: string): string =>
  `meta.heredoc.dockerfile meta.embedded.block.${language} ${scope}`;
const text = 'string.unquoted.heredoc.dockerfile';
const endLine = 'keyword.control.heredoc-token.dockerfile';

// biome-ignore format: one row a case
const heredocs: readonly TokenRow[] = [
  ['a script', 'RUN «<<»«EOF»\n«set» -e\n«EOF»\n«USER» u', 'keyword.operator.heredoc.dockerfile', endLine, embedded('shellscript', 'source.shell'), endLine, keyword],
  ['a script leaves quotes open', 'RUN <<EOF\necho "a\nEOF\n«RUN» «b»', keyword, command],
  ['flags before it', 'RUN «--mount»=type=ssh <<EOF\n«echo»\nEOF', 'entity.other.attribute-name.dockerfile', embedded('shellscript', 'source.shell')],
  ['on a continued line', 'RUN --network=none \\\n  <<EOF\n«echo»\nEOF\n«USER» u', embedded('shellscript', 'source.shell'), keyword],
  ['the first line names the interpreter', 'RUN <<EOF\n«#!/usr/bin/env python3\nimport os»\nEOF\n«USER» u', embedded('python', 'source.python'), keyword],
  ['bash', 'RUN bash -e <<EOF\n«echo»\nEOF', embedded('shellscript', 'source.shell')],
  ['python', 'RUN «python3» - <<EOF\n«x»\nEOF', script, embedded('python', 'source.python')],
  ['node', 'RUN cd /a && node <<EOF\n«x»\nEOF', embedded('javascript', 'source.js')],
  ['perl', 'RUN perl <<\'EOF\'\n«x»\nEOF', embedded('perl', 'source.perl')],
  ['ruby', 'RUN /usr/bin/ruby <<EOF\n«x»\nEOF', embedded('ruby', 'source.ruby')],
  ['php', 'RUN php <<EOF\n«<?php»\n«x»\nEOF', 'punctuation.section.embedded.php', embedded('php', 'source.php')],
  ['a command on a continued line', 'RUN a && \\\n  python3 <<EOF\n«x»\nEOF\n«USER» u', embedded('python', 'source.python'), keyword],
  ['another program gets text', 'RUN «cat» <<EOF «>» /a\n«it\'s»\nEOF\n«USER» u', script, 'keyword.operator.redirect.shell', text, keyword],
  ['a copied file', 'COPY --chmod=755 <<EOF /a\n«it\'s»\nEOF\n«USER» u', text, keyword],
  ['a copied script', 'COPY <<EOF /a\n«#!/bin/sh\nexec a»\nEOF', embedded('shellscript', 'source.shell')],
  ['tabs before the end line', 'RUN <<-EOF\n\techo\n\t«EOF»\n«USER» u', endLine, keyword],
  ['without a dash a tab ends nothing', 'RUN <<EOF\n\t«EOF»\nEOF', 'source.shell'],
  ['an empty one', 'RUN <<EOF\n«EOF»\n«USER» u', endLine, keyword],
  ['several', 'RUN cat <<A <<B\n«a\nA\nb»\n«B»\n«USER» u', text, endLine, keyword],
  ['not in quotes', 'RUN echo "a <<EOF"\n«USER» u', keyword],
  ['not of CMD', 'CMD cat <<EOF\n«USER» u', keyword],
];

// biome-ignore format: one row a case
const windows: readonly TokenRow[] = [
  ['the backtick continues a line', '# escape=«`»\nRUN «dir» c:\\ «`»\n  /a\n«USER» u', 'constant.character.escape.dockerfile', 'meta.embedded.block.powershell source.powershell', 'constant.character.escape.line-continuation.dockerfile', keyword],
  ['below another directive', '# syntax=a\n# escape=`\nCOPY a c:\\\n«USER» u', keyword],
  ['without the directive it does not', 'RUN a `\n«USER» u', keyword],
];

// biome-ignore format: one row a case
const comments: readonly TokenRow[] = [
  ['directives', '# «syntax»=«docker/dockerfile:1»\n# «check»=«skip»=«A»;error=«true»', 'keyword.control.directive.dockerfile', 'string.unquoted.dockerfile', 'keyword.control.directive.dockerfile', 'variable.parameter.dockerfile', 'variable.other.constant.dockerfile', 'constant.language.dockerfile'],
  ['no directive below the top', 'FROM a\n# «syntax»=b', 'comment.line.number-sign.dockerfile !keyword'],
  ['a comment', '  «# a»', 'comment.line.number-sign.dockerfile'],
  ['our suppression', '# «bulkhead ignore»=«root-user»,«b» «--» why', 'keyword.other.suppression', 'variable.other.constant', 'variable.other.constant', 'punctuation.separator'],
  ['of a file', '# «bulkhead ignore-file»=«a»', 'keyword.other.suppression', 'variable.other.constant'],
  ['those of other tools', '# a\n# «hadolint global ignore»=«DL3008»\n#«checkov:skip»=«CKV_1»:why\n# «trivy:ignore»:«DS-1»\n# «nosemgrep»', 'keyword.other.suppression', 'variable.other.constant', 'keyword.other.suppression', 'variable.other.constant', 'keyword.other.suppression', 'variable.other.constant', 'keyword.other.suppression'],
  ['between continued lines', 'RUN a \\\n# «bulkhead ignore»=«b»\n c', 'keyword.other.suppression', 'variable.other.constant'],
  ['words that are none', '# we «bulkhead ignore» it', '!keyword.other.suppression'],
];

for (const [group, rows] of Object.entries({ shell, execForm, flags, others, heredocs, windows, comments })) {
  testTokens(group, 'source.dockerfile', rows);
}
