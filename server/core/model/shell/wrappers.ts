// Wrappers: commands that run another command. A table of how each of them is written, and the reading of it.
import type { Segment } from '../../text/mapped-text.ts';
import { hull, span } from '../../text/span.ts';
import { posixShells } from './interpreter.ts';
import { joinPieces } from './pieces.ts';
import type { ShellAssignment } from './script.ts';
import type { SimpleCommand } from './walk.ts';
import { argumentAssignment, type ShellText, type SourceWord, shellText } from './word.ts';

/** What a wrapper runs: a command among its arguments, or a script. */
export type Inner =
  | { readonly kind: 'command'; readonly command: SimpleCommand }
  | { readonly kind: 'script'; readonly text: ShellText };

interface Wrapper {
  /** Letters of options that take a value: the rest of the word, or the next word. */
  readonly letters?: string;
  /** Long options that take a value: behind `=`, or the next word. */
  readonly long?: readonly string[];
  /** Options whose value is a script. */
  readonly script?: readonly string[];
  /** Options with which it runs nothing. */
  readonly idle?: readonly string[];
  /** `NAME=value` may stand before the command. */
  readonly assigns?: true;
  /** How many other words stand before the command, such as the duration of `timeout`. */
  readonly operands?: number;
  /** The word with which it runs something, options on either side: `conda run -n a`. */
  readonly verb?: string;
  /**
   * A shell runs the word behind `-c`, a file, or its input; `eval` runs its words as one script; Python runs a module
   * behind `-m`, which is a command as well; `find` runs what stands between `-exec` and `;`.
   */
  readonly reads?: 'shell' | 'eval' | 'module' | 'find';
}

const names = (list: string): readonly string[] => list.split(' ');

const plain: Wrapper = {};
const shell: Wrapper = { letters: 'oO', long: names('rcfile init-file'), reads: 'shell' };
const python: Wrapper = { letters: 'WX', idle: names('c'), reads: 'module' };
const asUser: Wrapper = { operands: 1 };
const switchUser: Wrapper = {
  letters: 'gGsuw',
  long: names('group supp-group shell user whitelist-environment'),
  script: names('c command session-command'),
  operands: Number.POSITIVE_INFINITY,
};

const inEnvironment: Wrapper = { letters: 'np', long: names('name prefix cwd'), verb: 'run' };
const inProject: Wrapper = {
  letters: 'CPp',
  long: names(
    'config-file default-index directory env-file extra group index only-group package project python with',
  ),
  verb: 'run',
};

const table: Readonly<Record<string, Wrapper>> = {
  eval: { reads: 'eval' },
  python,
  python2: python,
  python3: python,
  find: { reads: 'find' },
  busybox: { idle: names('help install list list-full') },
  sudo: {
    letters: 'CDRTUghprtu',
    long: names('close-from chdir chroot command-timeout other-user group host prompt role type user'),
    idle: names('e edit l list v validate K remove-timestamp V version'),
    assigns: true,
  },
  doas: { letters: 'Cu', idle: names('L') },
  su: switchUser,
  runuser: switchUser,
  gosu: asUser,
  'su-exec': asUser,
  's6-setuidgid': asUser,
  setpriv: {
    long: names(
      'ambient-caps inh-caps bounding-set ruid euid reuid rgid egid regid groups securebits pdeathsig ptracer ' +
        'selinux-label apparmor-profile landlock-access landlock-rule seccomp-filter',
    ),
    idle: names('d dump'),
  },
  env: { letters: 'uCa', long: names('unset chdir argv0'), script: names('S split-string'), assigns: true },
  exec: { letters: 'a' },
  command: { idle: names('v V') },
  builtin: plain,
  nohup: plain,
  setsid: plain,
  eatmydata: plain,
  nice: { letters: 'n', long: names('adjustment') },
  ionice: { letters: 'cnpPu', long: names('class classdata pid pgid uid') },
  stdbuf: { letters: 'ioe', long: names('input output error') },
  time: { letters: 'fo', long: names('format output') },
  timeout: { letters: 'ks', long: names('kill-after signal'), operands: 1 },
  xargs: {
    letters: 'adEILnPs',
    long: names('arg-file delimiter max-args max-procs max-chars process-slot-var'),
  },
  tini: { letters: 'pe' },
  'dumb-init': { letters: 'r', long: names('rewrite') },
  catatonit: plain,
  fakeroot: plain,
  linux32: plain,
  'xvfb-run': { letters: 'efnpsw', long: names('server-args server-num error-file') },
  conda: inEnvironment,
  mamba: inEnvironment,
  micromamba: inEnvironment,
  poetry: inProject,
  pipenv: inProject,
  uv: inProject,
};

const wrappers: ReadonlyMap<string, Wrapper> = new Map([
  ...posixShells.map(name => [name, shell] as const),
  ...Object.entries(table),
]);

const nothing: readonly Inner[] = [];

/** What a command runs, if it is a wrapper. */
export function innerOf(name: string | null, command: SimpleCommand): readonly Inner[] {
  const wrapper = name === null ? undefined : wrappers.get(name);
  if (wrapper === undefined) return nothing;
  if (wrapper.reads === 'find') return foundBy(command).flatMap(words => commandOf(words, [], null) ?? []);
  const inner = behindOptions(wrapper, command);
  return inner === null ? nothing : [inner];
}

/** For `find -exec a {} \;` the words of `a {}`, of each of its actions. */
function foundBy({ words }: SimpleCommand): (readonly SourceWord[])[] {
  const runs: SourceWord[][] = [];
  let run: SourceWord[] | null = null;
  for (const word of words) {
    if (run === null) {
      if (!/^-(?:exec|ok)(?:dir)?$/.test(word.value ?? '')) continue;
      run = [];
      runs.push(run);
    } else if (word.value === ';' || (word.value === '+' && run.at(-1)?.value === '{}')) run = null;
    else run.push(word);
  }
  return runs;
}

function behindOptions(wrapper: Wrapper, { words, input }: SimpleCommand): Inner | null {
  const { options, script, assignments, next } = readOptions(words, wrapper);
  if (script !== null) return { kind: 'script', text: script };
  if (wrapper.idle?.some(option => options.has(option))) return null;
  const rest = words.slice(next);
  switch (wrapper.reads) {
    case 'shell': {
      const readsInput = rest.length === 0 || options.has('s');
      const text = options.has('c') ? rest[0]?.text : readsInput ? input?.text : undefined;
      return text === undefined ? null : { kind: 'script', text };
    }
    case 'module':
      return options.has('m') ? commandOf(rest, assignments, input) : null;
    case 'eval':
      return rest.every(word => word.value !== null) ? { kind: 'script', text: joinWords(rest) } : null;
    default:
      return commandOf(rest, assignments, input);
  }
}

function commandOf(
  words: readonly SourceWord[],
  assignments: readonly ShellAssignment[],
  input: SourceWord | null,
): Inner | null {
  const first = words[0];
  if (first === undefined) return null;
  const where = hull(first.span, words.at(-1)?.span ?? first.span);
  return { kind: 'command', command: { words, assignments, redirects: [], span: where, input } };
}

interface Options {
  /** The letters and long names in use. */
  readonly options: ReadonlySet<string>;
  readonly script: ShellText | null;
  readonly assignments: readonly ShellAssignment[];
  /** The index of the word behind them. */
  readonly next: number;
}

function readOptions(words: readonly SourceWord[], wrapper: Wrapper): Options {
  const options = new Set<string>();
  const assignments: ShellAssignment[] = [];
  let script: ShellText | null = null;
  let operands = wrapper.operands ?? 0;
  let verb = wrapper.verb ?? null;
  let next = 1;
  for (let word = words[next]; word !== undefined; word = words[++next]) {
    const written = word.text.text;
    if (written === '--') return { options, script, assignments, next: next + 1 };
    if (/^[-+]/.test(written)) {
      const { given, valueAt } = readOption(written, wrapper);
      for (const name of given) options.add(name);
      if (valueAt === null) continue;
      const value = valueAt === written.length ? words[++next]?.text : tail(word.text, valueAt);
      if (value !== undefined && wrapper.script?.includes(given.at(-1) ?? '')) script = value;
    } else if (wrapper.assigns && /^[A-Za-z_]\w*=/.test(written)) {
      assignments.push(argumentAssignment(word));
    } else if (verb !== null) {
      if (written !== verb) break;
      verb = null;
    } else if (operands > 0) {
      operands--;
    } else {
      break;
    }
  }
  return { options, script, assignments, next: verb === null ? next : words.length };
}

interface Option {
  readonly given: readonly string[];
  /** Where the value of the last one starts in the word: at its end where that is the next word. */
  readonly valueAt: number | null;
}

function readOption(written: string, { letters = '', long = [], script = [] }: Wrapper): Option {
  if (written.startsWith('--')) {
    const equals = written.indexOf('=');
    const name = written.slice(2, equals < 0 ? undefined : equals);
    if (equals > 0) return { given: [name], valueAt: equals + 1 };
    return { given: [name], valueAt: long.includes(name) || script.includes(name) ? written.length : null };
  }
  const given: string[] = [];
  for (const letter of written.slice(1)) {
    given.push(letter);
    if (letters.includes(letter) || script.includes(letter)) return { given, valueAt: given.length + 1 };
  }
  return { given, valueAt: null };
}

/** A text from some character on. */
function tail(text: ShellText, start: number): ShellText {
  const rest = { start, end: text.text.length, text: text.text.slice(start) };
  const expanded = text.expanded.map(({ start: from, end }) => span(from - start, end - start));
  return shellText(joinPieces(text, [rest]), expanded);
}

/** Words with a blank between them, as `eval` reads them. */
function joinWords(words: readonly SourceWord[]): ShellText {
  let text = '';
  const segments: Segment[] = [];
  for (const { span: where, text: word } of words) {
    if (text !== '') {
      segments.push({ from: text.length, at: where.start, length: 0 });
      text += ' ';
    }
    for (const segment of word.segments) segments.push({ ...segment, from: text.length + segment.from });
    text += word.text;
  }
  return { text, segments, expanded: [] };
}
