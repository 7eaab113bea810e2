// Health checks that cannot tell a well service from a sick one.
import type { ShellCommand, ShellScript } from '../model/shell/script.ts';
import { hull, type Span } from '../text/span.ts';

export interface UselessCheck {
  /** `always-well`: cannot fail. `process-only`: sees a process, not a service. `no-fail`: curl content with errors. */
  readonly why: 'always-well' | 'process-only' | 'no-fail';
  /** The command as people would call it. */
  readonly command: string;
  /** What has to change: the commands, or the word `curl`. */
  readonly at: Span;
}

const alwaysWell = new Set([
  'true',
  ':',
  'echo',
  'printf',
  'exit',
  'ls',
  'date',
  'hostname',
  'whoami',
  'sleep',
]);
const processOnly = new Set(['ps', 'pgrep', 'pidof', 'top', 'jobs']);
/** Read the output of `ps` and say no more than it does. */
const filters = new Set(['grep', 'egrep', 'awk', 'head', 'wc']);

const firstValue = ({ args }: ShellCommand): string | null | undefined => args[0]?.value;

/** `exit 1` behind `||` is how a check says "not well". */
const saysSick = (command: ShellCommand): boolean =>
  command.name === 'exit' && firstValue(command) !== undefined && firstValue(command) !== '0';

const cannotFail = (command: ShellCommand): boolean =>
  alwaysWell.has(command.name ?? '') &&
  !saysSick(command) &&
  !(command.name === 'ls' && command.args.length > 0);

/** `-f`, alone or among short options, or one of its long forms. */
const failsOnError = ({ args }: ShellCommand): boolean =>
  args.some(
    ({ value }) => value !== null && (/^-[a-zA-Z]*f/.test(value) || /^--fail(?:-\w[\w-]*)?$/.test(value)),
  );

/** A body, a header or a status code that something else looks at. */
const isExamined = ({ args, pipeline, substituted }: ShellCommand): boolean =>
  pipeline !== null || substituted || args.some(({ value }) => value === '-w' || value === '--write-out');

export function uselessCheck({ kind, complete, commands }: ShellScript): UselessCheck | null {
  const asked = commands.filter(command => command.name !== null && !saysSick(command));
  const [first] = asked;
  const last = asked.at(-1);
  if (!complete || !first || !last || (kind !== 'posix' && kind !== 'exec')) return null;
  const at = hull(first.span, last.span);
  const command = first.name ?? '';
  if (asked.every(cannotFail)) return { why: 'always-well', command, at };
  // `curl ... || true`: whatever came before, the answer is yes.
  const before = asked.at(-2);
  if (before?.after === '||' && cannotFail(last))
    return { why: 'always-well', command: `|| ${last.name}`, at };
  if (
    asked.every(({ name }) => processOnly.has(name ?? '') || filters.has(name ?? '')) &&
    processOnly.has(command)
  ) {
    return { why: 'process-only', command, at };
  }
  const curl = asked.find(({ name }) => name === 'curl');
  if (asked.length === 1 && curl?.nameWord && !failsOnError(curl) && !isExamined(curl)) {
    return { why: 'no-fail', command: 'curl', at: curl.nameWord.span };
  }
  return null;
}
