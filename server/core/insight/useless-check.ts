// Health checks that cannot tell a well service from a sick one.
import type { ShellCommand, ShellScript } from '../model/shell/script.ts';
import { hull, type Span } from '../text/span.ts';

export type UselessCheck = {
  /** The command as people would call it. */
  readonly command: string;
  /** What has to change. */
  readonly at: Span;
} & (
  | { readonly why: 'always-well' }
  /** Whatever the check found, another command at the end says "well". */
  | { readonly why: 'overruled'; readonly after: '||' | ';' }
  /** Sees a process, not a service. */
  | { readonly why: 'process-only' }
  /** curl is content with error pages. */
  | { readonly why: 'no-fail' }
  /** The JSON form holds what only a shell understands: nothing runs as meant. */
  | { readonly why: 'no-shell' }
);

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const alwaysWell = names('true : echo printf date hostname whoami id uname env pwd sleep');
const processOnly = names('ps pgrep pidof top jobs s6-svstat');
/** With `status` they say whether a process runs. */
const managers = names('service rc-service systemctl supervisorctl sv monit');
/** Read the output of the others and say no more than they do. */
const filters = names('grep egrep fgrep awk sed head tail wc cut tr');
/** Say that their settings can be read. */
const settingsTests: Readonly<Record<string, ReadonlySet<string>>> = {
  nginx: names('-t -T -v -V'),
  httpd: names('-t -v -V'),
  apache2: names('-t -v -V'),
  apachectl: names('-t configtest'),
  apache2ctl: names('-t configtest'),
  node: names('-v'),
  php: names('-v'),
  java: names('-version'),
};
/** Ask their server for its version: no answer, no success. */
const askServers = names('docker kubectl nerdctl podman');
const versionQueries = names('--version --help -V version help');

const valuesOf = ({ args }: ShellCommand): readonly string[] => args.map(({ value }) => value ?? '');

/** `exit 1` is how a check says "not well". */
const saysSick = (command: ShellCommand): boolean =>
  command.name === 'false' ||
  (command.name === 'exit' && command.args.length > 0 && valuesOf(command)[0] !== '0');

function cannotFail(command: ShellCommand): boolean {
  const name = command.name ?? '';
  const values = valuesOf(command);
  const [only = '', ...others] = values;
  if (alwaysWell.has(name) || (name === 'exit' && !saysSick(command))) return true;
  if (name === 'ls') return values.every(value => value.startsWith('-') || value === '/' || value === '.');
  if (only === 'version' && askServers.has(name)) return false;
  return others.length === 0 && (versionQueries.has(only) || settingsTests[name]?.has(only) === true);
}

function seesProcess(command: ShellCommand): boolean {
  const name = command.name ?? '';
  const values = valuesOf(command);
  return (
    processOnly.has(name) ||
    (name === 'kill' && values[0] === '-0') ||
    (values.includes('status') && (managers.has(name) || isInitScript(command))) ||
    (name === 'systemctl' && values.includes('is-active')) ||
    values.some(value => /^\/proc\/(?:1|self)(?:\/|$)/.test(value))
  );
}

const isInitScript = ({ nameWord }: ShellCommand): boolean => nameWord?.raw.includes('/init.d/') === true;

/** `-f`, alone or among short options, or one of its long forms. */
const failsOnError = (command: ShellCommand): boolean =>
  valuesOf(command).some(value => /^-[a-zA-Z]*f/.test(value) || /^--fail(?:-with-body)?$/.test(value));

/** A body, a header or a status code that something else looks at. */
const isExamined = (command: ShellCommand): boolean =>
  command.pipeline !== null ||
  command.substituted ||
  valuesOf(command).some(value => /^-[a-zA-Z]*w|^--write-out\b/.test(value));

/** Only HTTP knows answers that say "error". */
const asksHttp = (command: ShellCommand): boolean =>
  !valuesOf(command).some(value => /^(?!https?:)[a-z]+:\/\//.test(value));

/** A program with a blank in its name, an operator among its arguments, or the word with which Compose asks for a shell. */
function needsShell({ name, nameWord, args }: ShellCommand): boolean {
  const isProgram = nameWord?.value != null && !/^CMD-SHELL$|\s/.test(nameWord.value);
  if (!isProgram) return name !== null;
  return args.some(({ value }) => value !== null && /^(?:&&|\|\|?|;|>)$/.test(value));
}

const printing = names('echo printf');

const firstWord = (text: string): string => text.split(/\s/, 1)[0] ?? text;

/** The name, with the words behind it where they are few and tell of no more than what is asked. */
function called(command: ShellCommand): string {
  const name = command.name ?? '';
  const values = printing.has(name) ? [] : valuesOf(command);
  const isShort = values.length <= 2 && values.every(value => /^[\w./-]{1,20}$/.test(value));
  return isShort ? [name, ...values].join(' ') : name;
}

/** What may be said of a check as a whole, without the parts that only word its answer. */
function uselessAsking(asking: readonly ShellCommand[], at: Span): UselessCheck | null {
  const [first] = asking;
  if (first === undefined) return null;
  const command = called(first);
  if (seesProcess(first) && asking.every(other => seesProcess(other) || filters.has(other.name ?? ''))) {
    return { why: 'process-only', command, at };
  }
  const isLoneCurl = asking.length === 1 && first.name === 'curl' && first.nameWord !== null;
  if (!isLoneCurl || failsOnError(first) || isExamined(first) || !asksHttp(first)) return null;
  return { why: 'no-fail', command, at: first.nameWord?.span ?? at };
}

export function uselessCheck({ kind, complete, commands }: ShellScript): UselessCheck | null {
  if (!complete || (kind !== 'posix' && kind !== 'exec')) return null;
  const wrappers = new Set(commands.flatMap(command => command.wrappers));
  const run = commands.filter(command => command.name !== null && !wrappers.has(command));
  const asked = run.filter(command => !saysSick(command));
  const [first] = asked;
  const last = asked.at(-1);
  if (!first || !last) return null;
  const at = hull(first.span, last.span);
  if (kind === 'exec' && needsShell(first))
    return { why: 'no-shell', command: firstWord(first.nameWord?.value ?? ''), at };
  if (asked.every(cannotFail)) return { why: 'always-well', command: called(first), at };
  const after = asked.at(-2)?.after;
  if (last === run.at(-1) && cannotFail(last) && (after === '||' || (after === ';' && !last.conditional))) {
    return { why: 'overruled', command: `${after} ${called(last)}`, at: last.span, after };
  }
  return uselessAsking(
    asked.filter(command => !cannotFail(command)),
    at,
  );
}
