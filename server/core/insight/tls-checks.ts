// Where a command switches off the check of certificates: the options, settings and variables it is given.
import { type TlsOptions, type TlsTool, tlsOptions, tlsVariables } from '../knowledge/tls-switches.ts';
import type { ShellAssignment, ShellCommand, ShellWord } from '../model/shell/script.ts';
import { type Span, span } from '../text/span.ts';
import { writtenSwitches } from './tls-files.ts';

export interface FoundSwitch {
  readonly tool: TlsTool;
  /** As the message names it. */
  readonly name: string;
  readonly at: Span;
}

/** What it is in the command: options of their own, a letter among others, the value of a setting, ... */
type Form =
  | { readonly kind: 'words'; readonly words: readonly ShellWord[] }
  | { readonly kind: 'setting'; readonly on: string }
  | { readonly kind: 'letter' | 'assignment' | 'fixed' };

export type TlsSwitch = FoundSwitch & Form;

/** The tool that a variable with this value keeps from checking. */
export function toolSwitchedOff(name: string, value: string): TlsTool | null {
  const variable = tlsVariables[name.toLowerCase()];
  return variable?.off.test(value) ? variable.tool : null;
}

const wordsOf = (words: readonly [ShellWord, ...ShellWord[]]) => ({
  at: span(words[0].span.start, (words.at(-1) ?? words[0]).span.end),
  words,
});

/** The place of a letter among short options, unless an option before it takes the rest of the word. */
function letterIn(word: string, { letter, valued }: NonNullable<TlsOptions['short']>): number {
  if (!/^-[a-zA-Z0-9#:]+$/.test(word)) return -1;
  const at = word.indexOf(letter);
  return [...word.slice(1, Math.max(at, 1))].some(other => valued.includes(other)) ? -1 : at;
}

function optionAt(options: TlsOptions, word: ShellWord, next: ShellWord | undefined): TlsSwitch | null {
  const { value } = word;
  const { tool, long, paired, valued, short } = options;
  if (next && value !== null && value === paired?.[0] && next.value === paired[1])
    return { tool, name: paired.join(' '), kind: 'words', ...wordsOf([word, next]) };
  const [name = ''] = (value ?? word.raw).split('=');
  if (value !== null && long?.includes(value))
    return { tool, name: value, kind: 'words', ...wordsOf([word]) };
  if (valued?.includes(name)) {
    const hasOwnValue = (value ?? word.raw).includes('=');
    return { tool, name, kind: 'words', ...wordsOf(hasOwnValue || !next ? [word] : [word, next]) };
  }
  const letter = short && value !== null ? letterIn(value, short) : -1;
  if (letter < 0 || value === null) return null;
  const found = { tool, name: `-${short?.letter}` };
  if (value.length === 2) return { ...found, kind: 'words', ...wordsOf([word]) };
  if (word.raw !== value) return { ...found, kind: 'fixed', at: word.span };
  const at = word.span.start + letter;
  return { ...found, kind: 'letter', at: span(at, at + 1) };
}

const opposites: Readonly<Record<string, string>> = {
  false: 'true',
  true: 'false',
  '0': '1',
  '1': '0',
  no: 'yes',
  off: 'on',
};

/** The value at the end of a word, to be turned round where that is a word of two meanings. */
function turnedRound(
  found: Pick<FoundSwitch, 'tool' | 'name'>,
  { raw, span: whole }: ShellWord,
  value: string,
): TlsSwitch {
  const start = value === '' ? -1 : raw.lastIndexOf(value);
  const on = opposites[value.toLowerCase()];
  if (start < 0 || on === undefined) return { ...found, kind: 'fixed', at: whole };
  const at = span(whole.start + start, whole.start + start + value.length);
  return { ...found, kind: 'setting', at, on };
}

/** `npm config set strict-ssl false`, `git -c http.sslVerify=false`. */
function settingOf({ tool, setting }: TlsOptions, { args }: ShellCommand): TlsSwitch | null {
  if (!setting || !args.some(({ value }) => value !== null && setting.verbs.includes(value))) return null;
  const index = args.findIndex(({ value }) => setting.name.test(value?.split('=')[0] ?? ''));
  const word = args[index];
  const before = args.slice(0, index);
  if (!word || !before.every(({ value }) => value?.startsWith('-') || setting.verbs.includes(value ?? '')))
    return null;
  const [name = '', own] = (word.value ?? '').split('=');
  const holder = own === undefined ? args[index + 1] : word;
  if (!holder || !setting.off.test(own ?? holder.value ?? '')) return null;
  return turnedRound({ tool, name }, holder, own ?? holder.value ?? '');
}

const localAddress = /^https:\/\/(?:localhost|127\.|\[::1\])/;

function fromOptions(command: ShellCommand): readonly TlsSwitch[] {
  const program = command.name ?? '';
  const options = Object.hasOwn(tlsOptions, program) ? tlsOptions[program] : undefined;
  const { args } = command;
  if (!options || args.some(({ value }) => localAddress.test(value ?? ''))) return [];
  const found = args.flatMap((word, index) => optionAt(options, word, args[index + 1]) ?? []);
  const setting = settingOf(options, command);
  return setting ? [...found, setting] : found;
}

const fromAssignment = ({ name, value, span: at }: ShellAssignment): readonly TlsSwitch[] => {
  const tool = toolSwitchedOff(name, value?.value ?? value?.raw ?? '');
  return tool ? [{ tool, name, at, kind: 'assignment' }] : [];
};

const exporting = new Set(['export', 'declare', 'typeset', 'readonly']);

/** `export NAME=value`: where the model gives it as a word. */
function fromExport({ name, args }: ShellCommand): readonly TlsSwitch[] {
  if (!exporting.has(name ?? '')) return [];
  return args.flatMap(word => {
    const [variable = '', ...rest] = (word.value ?? word.raw).split('=');
    const value = rest.join('=');
    const tool = rest.length > 0 ? toolSwitchedOff(variable, value) : null;
    if (tool === null) return [];
    const found = { tool, name: variable };
    // Git asks only whether the variable is there.
    return tool === 'git'
      ? { ...found, kind: 'fixed' as const, at: word.span }
      : turnedRound(found, word, value);
  });
}

export const tlsSwitches = (command: ShellCommand): readonly TlsSwitch[] => [
  ...command.assignments.flatMap(fromAssignment),
  ...fromExport(command),
  ...fromOptions(command),
  ...writtenSwitches(command),
];
