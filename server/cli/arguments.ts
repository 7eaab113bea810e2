// Arguments: one table of flags gives the parser, the types of what it reads, and the help.
import { Failure, meant } from './failure.ts';
import { type Choice, type Flag, type Flags, flag, type Switch, type Values } from './flags.ts';

type Read<F extends Flag> = F extends Switch
  ? boolean
  : F extends Values
    ? readonly string[]
    : F extends Choice<infer Word>
      ? Word | undefined
      : string | undefined;

export interface Arguments<F extends Flags> {
  readonly flags: { readonly [Name in keyof F]: Read<F[Name]> };
  readonly operands: readonly string[];
}

export interface Usage<F extends Flags = Flags> {
  readonly name: string;
  /** What stands behind the flags: `[PATH...]`. */
  readonly operands: string;
  /** One line of the list of commands. */
  readonly summary: string;
  /** More for its own help. */
  readonly notes: string;
  readonly flags: F;
}

function flagNamed(usage: Usage, word: string): { readonly name: string; readonly flag: Flag } {
  const names = Object.keys(usage.flags);
  const name = word.startsWith('--')
    ? word.slice(2)
    : names.find(candidate => usage.flags[candidate]?.short === word.slice(1));
  const found = name !== undefined && Object.hasOwn(usage.flags, name) ? usage.flags[name] : undefined;
  if (name !== undefined && found) return { name, flag: found };
  const hint = word.startsWith('--') ? meant(word.slice(2), names, '--') : '';
  throw new Failure(
    `bulkhead ${usage.name} has no flag ${word}.${hint} bulkhead ${usage.name} --help lists them.`,
  );
}

function checkWord({ words }: Choice, name: string, value: string): void {
  if (words.includes(value)) return;
  throw new Failure(
    `--${name} is one of ${words.join(', ')}, not ${JSON.stringify(value)}.${meant(value, words)}`,
  );
}

const unset = ({ kind }: Flag): boolean | readonly string[] | undefined =>
  kind === 'switch' ? false : kind === 'values' ? [] : undefined;

/** Flags and operands in any order; `--` ends the flags, `-` is an operand. */
export function readArguments<F extends Flags>(usage: Usage<F>, words: readonly string[]): Arguments<F> {
  const flags = new Map<string, unknown>(
    Object.entries(usage.flags).map(([name, flag]) => [name, unset(flag)]),
  );
  const operands: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      operands.push(...rest.splice(0));
    } else if (word === '-' || !word.startsWith('-')) {
      operands.push(word);
    } else {
      const [written = '', ...joined] = word.split('=');
      const { name, flag } = flagNamed(usage, written);
      const given = joined.length > 0 ? joined.join('=') : undefined;
      if (flag.kind === 'switch') {
        if (given !== undefined) throw new Failure(`--${name} takes no value.`);
        flags.set(name, true);
        continue;
      }
      const value = given ?? rest.shift();
      if (value === undefined)
        throw new Failure(`--${name} needs a value: --${name} ${placeholderOf(flag)}.`);
      if (flag.kind === 'choice') checkWord(flag, name, value);
      flags.set(name, flag.kind === 'values' ? [...(flags.get(name) as readonly string[]), value] : value);
    }
  }
  // The table gives every flag its kind, and the loop has set each to a value of that kind.
  return { flags: Object.fromEntries(flags) as Arguments<F>['flags'], operands };
}

function placeholderOf(flag: Exclude<Flag, Switch>): string {
  return flag.kind === 'choice' ? flag.words.join('|') : flag.placeholder;
}

function flagRows(flags: Flags): string {
  const rows = Object.entries(flags).map(([name, flag]) => {
    const value = flag.kind === 'switch' ? '' : ` ${placeholderOf(flag)}`;
    return { head: `${flag.short ? `-${flag.short}, ` : '    '}--${name}${value}`, says: flag.says };
  });
  const width = Math.max(...rows.map(({ head }) => head.length));
  return rows.map(({ head, says }) => `  ${head.padEnd(width)}  ${says}\n`).join('');
}

export const helpOf = ({ name, operands, summary, notes, flags }: Usage): string =>
  [
    `${summary}.\n`,
    `Usage: bulkhead ${name} [FLAGS] ${operands}`.trimEnd().concat('\n'),
    ...(notes === '' ? [] : [`${notes}\n`]),
    flagRows({ ...flags, help: flag.switch('Show this help', 'h') }),
  ].join('\n');
