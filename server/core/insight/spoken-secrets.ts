// Secrets written out in a command: assigned, given to an option, or part of an argument.
import { judgeSecret, secretValue } from '../knowledge/secrets.ts';
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';
import { type Span, span } from '../text/span.ts';

export interface SpokenSecret {
  /** What it is: "a GitHub token". */
  readonly what: string;
  /** A variable that could hold it: `DB_PASSWORD`. */
  readonly variable: string;
  readonly word: ShellWord;
  readonly span: Span;
}

/** Options that take a password without saying so in their name: `curl -u name:password`, `sshpass -p password`. */
const silentOptions: Readonly<Record<string, { readonly option: RegExp; readonly afterColon: boolean }>> = {
  curl: { option: /^(?:-u|--user|-U|--proxy-user)$/, afterColon: true },
  docker: { option: /^-p$/, afterColon: false },
  podman: { option: /^-p$/, afterColon: false },
  sshpass: { option: /^-p$/, afterColon: false },
};

const variableName = (name: string): string =>
  name
    .replace(/^-+/, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toUpperCase();

/** The place of a literal within a word; the whole word where quoting takes it apart. */
function placeIn({ raw, span: { start, end } }: ShellWord, literal: string): Span {
  const at = raw.lastIndexOf(literal);
  return at < 0 ? span(start, end) : span(start + at, start + at + literal.length);
}

function judged(
  name: string,
  word: ShellWord,
  value: string,
  variable = variableName(name),
): SpokenSecret | null {
  const verdict = judgeSecret(name, value);
  if (!verdict) return null;
  return { what: verdict.what, variable, word, span: placeIn(word, value.slice(verdict.start, verdict.end)) };
}

function byForm(word: ShellWord): SpokenSecret | null {
  const text = word.value ?? word.raw;
  const found = secretValue(text);
  if (!found) return null;
  const variable = found.kind === 'url' ? 'URL_PASSWORD' : 'SECRET_TOKEN';
  return { what: found.what, variable, word, span: placeIn(word, text.slice(found.start, found.end)) };
}

/** `--password=x`, `NAME=x` behind `export`. */
function byOwnName(word: ShellWord): SpokenSecret | null {
  const [, name, value] = /^-{0,2}([A-Za-z][\w.-]*)=(.+)$/s.exec(word.value ?? '') ?? [];
  return name === undefined || value === undefined ? null : judged(name, word, value);
}

/** `--password x`, and options whose name does not tell. */
function byOption(program: string | null, option: string, word: ShellWord): SpokenSecret | null {
  const value = word.value ?? '';
  if (value === '' || value.startsWith('-') || !option.startsWith('-')) return null;
  const silent = silentOptions[program ?? ''];
  if (silent?.option.test(option)) {
    const secret = silent.afterColon ? value.slice(value.indexOf(':') + 1) : value;
    return silent.afterColon && !value.includes(':') ? null : judged('password', word, secret);
  }
  return /^--[a-z]/i.test(option) && !option.includes('=') ? judged(option.slice(2), word, value) : null;
}

export function spokenSecrets({ name: program, assignments, args }: ShellCommand): readonly SpokenSecret[] {
  const found: SpokenSecret[] = [];
  const add = (secret: SpokenSecret | null): void => {
    if (secret) found.push(secret);
  };
  for (const { name, value } of assignments) if (value?.value) add(judged(name, value, value.value, name));
  let before = '';
  for (const word of args) {
    add(byOwnName(word) ?? byOption(program, before, word) ?? byForm(word));
    before = word.value ?? '';
  }
  return found;
}
