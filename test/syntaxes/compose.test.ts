// What is coloured in a Compose file: shell in commands and health checks, and nothing anywhere else.
import { type TokenRow, testTokens } from './expect.ts';

const inline = 'meta.embedded.inline.shellscript source.shell';
const block = 'meta.embedded.block.shellscript source.shell';
const command = 'entity.name.command.shell';
const builtin = 'support.function.builtin.shell';
const key = 'entity.name.tag.yaml !source.shell';

const service = (lines: string): string =>
  `services:\n  web:\n${lines.replace(/^/gm, '    ')}\n    «tty»: true\n`;

// biome-ignore format: one row a case
const values: readonly TokenRow[] = [
  ['a plain text', service('command: «npm» start «&&» b «# c»'), `${inline} ${command}`, 'punctuation.separator.statement.and.shell', 'comment.line.number-sign.yaml !source.shell', key],
  ['in double quotes', service('entrypoint: «"»«npm» start«"»'), 'string.quoted.double.yaml', `${inline} ${command}`, 'string.quoted.double.yaml', key],
  ['in single quotes', service("command: '«echo» \"a'"), `${inline} ${builtin}`, key],
  ['an open quote of the shell', service("command: echo it's"), key],
  ['an open quote of YAML', service('command: "echo'), key],
  ['plain text over lines', service('command:\n  «--flag»=a\n  --b'), `${inline} constant.other.option`, key],
  ['a literal text', service('command: «|»\n  «set» -e\n\n  echo "a'), 'keyword.control.flow.block-scalar.yaml', `${block} ${builtin}`, key],
  ['a folded text with its indicators', service('command: >«-» «# c»\n  «npm» start'), 'storage.modifier.chomping-indicator.yaml', 'comment.line.number-sign.yaml', `${block} ${command}`, key],
  ['a list holds words', service('command: [«"npm"», «start»]'), 'string.quoted.double.yaml !source.shell', 'string.unquoted.plain.in.yaml !source.shell', key],
  ['a list for a shell', service('entrypoint: ["sh", "-c", "«exec» «$A»"]'), `${inline} ${builtin}`, 'variable.other.normal.shell', key],
  ['a list over lines', service('command:\n  - «"npm"»\n  - «start»'), 'string.quoted.double.yaml !source.shell', 'string.unquoted.plain.out.yaml !source.shell', key],
  ['a list over lines for a shell', service('command:\n  - sh\n  - -c\n  - |\n    «echo» "a\n  - «b»'), `${block} ${builtin}`, `${inline} ${command}`, key],
  ['a list that is not indented', service('command:\n- sh\n- -c\n- «exec» a'), `${inline} ${builtin}`, key],
  ['an alias', service('command: «*a»'), 'variable.other.anchor.yaml !source.shell', key],
  ['a quoted key', service('"command": «npm» start'), `${inline} ${command}`, key],
  ['nothing yet', service('command:'), key],
];

const check = (test: string): string => service(`healthcheck:\n${test.replace(/^/gm, '  ')}\n  «retries»: 3`);

// biome-ignore format: one row a case
const checks: readonly TokenRow[] = [
  ['a text', check('test: «curl» -f x || «exit» 1'), `${inline} ${command}`, builtin, key, key],
  ['CMD-SHELL', check('test: [«"CMD-SHELL"», "«pg_isready» -U a"]'), 'string.quoted.double.yaml !source.shell', `${inline} ${command}`, key, key],
  ['CMD', check('test: ["CMD", «"curl"»]'), 'string.quoted.double.yaml !source.shell', key, key],
  ['CMD-SHELL over lines', check('test:\n  - CMD-SHELL\n  - «curl» x'), `${inline} ${command}`, key, key],
];

// biome-ignore format: one row a case
const elsewhere: readonly TokenRow[] = [
  ['a service of that name', 'services:\n  command:\n    image: «a»', '!source.shell'],
  ['labels', service('labels:\n  command: «a b»'), '!source.shell', key],
  ['a variable named test', service('environment:\n  test: «a b»'), '!source.shell', key],
  ['outside of services', 'volumes:\n  a:\n    command: «b»', '!source.shell'],
  ['a file that is no Compose file', 'jobs:\n  a:\n    command: «npm ci»', '!source.shell'],
  ['a list of services', 'services:\n  - a:\n      command: «b»', '!source.shell'],
  ['services further in', 'a:\n  services:\n    b:\n      command: «c»', '!source.shell'],
  ['the top level behind services', 'services:\n  a:\n    command: sh\n«volumes»:\n  «b»: {}', key, key],
  ['suppressions', '# «bulkhead ignore»=«a»,«b» -- c\nservices:\n  # «dclint disable-line»\n  a:\n    image: b', 'keyword.other.suppression', 'variable.other.constant', 'variable.other.constant', 'keyword.other.suppression'],
];

for (const [group, rows] of Object.entries({ values, checks, elsewhere }))
  testTokens(group, 'source.yaml', rows);
