// Secrets written out in a command: assigned, given to an option or in a header, piped, or part of an argument.
import { judgeSecret, secretName, secretValue } from '../knowledge/secrets.ts';
import { rememberFor } from '../model/remembered.ts';
import type { ShellAssignment, ShellCommand, ShellWord } from '../model/shell/script.ts';
import { type Span, span } from '../text/span.ts';

export interface SpokenSecret {
  /** What it is: "a GitHub token". */
  readonly what: string;
  /** A variable that could hold it: `DB_PASSWORD`. */
  readonly variable: string;
  readonly word: ShellWord;
  readonly span: Span;
  /** The assignment in front of a command that sets nothing but the secret. */
  readonly assignment?: ShellAssignment;
}

/** Options that take a password without saying so in their name. */
interface SilentOption {
  readonly program: RegExp;
  readonly option: RegExp;
  /** The value is a part of the same word: `-psecret`. */
  readonly attached?: true;
  /** The value is `name:password`. */
  readonly afterColon?: true;
  /** A password that everybody knows, and that keeps nothing secret. */
  readonly open?: string;
  /** The first argument of the program. */
  readonly action?: string;
}

const silentOptions: readonly SilentOption[] = [
  { program: /^curl$/, option: /^(?:-u|--user|-U|--proxy-user)$/, afterColon: true },
  { program: /^curl$/, option: /^-u(?=.)/, afterColon: true, attached: true },
  { program: /^(?:docker|podman|buildah|skopeo|helm|az)$/, option: /^-p$/, action: 'login' },
  { program: /^sshpass$/, option: /^-p$/ },
  { program: /^sshpass$/, option: /^-p(?=.)/, attached: true },
  { program: /^(?:mysql|mariadb)(?:-?admin|-?dump|import|check)?$/, option: /^-p(?=.)/, attached: true },
  { program: /^(?:mongo|mongosh|mongodump|mongorestore|mongoimport)$/, option: /^-p$/ },
  { program: /^(?:redis|valkey)-cli$/, option: /^-a$/ },
  { program: /^(?:(?:redis|valkey|keydb)-server$|-)/, option: /^--(?:requirepass|masterauth)$/ },
  { program: /^ldap(?:search|add|modify|passwd)$/, option: /^-w$/ },
  { program: /^(?:un)?zip$/, option: /^-P$/ },
  // Java's own list of authorities has this one, everywhere.
  { program: /^keytool$/, option: /^-(?:src|dest)?(?:store|key)pass$/, open: 'changeit' },
  { program: /^openssl$/, option: /^-k$/ },
  { program: /^ssh-keygen$/, option: /^-N$/ },
  { program: /^(?:dotnet|nuget)$/, option: /^-p$/, action: 'nuget' },
];

const silentOptionsOf = rememberFor(({ name }: ShellCommand): readonly SilentOption[] =>
  silentOptions.filter(({ program }) => program.test(name ?? '')),
);

/** A first look: of most words of a command neither they nor the ones in front are options. */
const isOption = (word: string): boolean => word.startsWith('-');

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

function judged(name: string, word: ShellWord, value: string, variable = variableName(name)): SpokenSecret[] {
  const verdict = judgeSecret(name, value);
  if (!verdict) return [];
  const place = placeIn(word, value.slice(verdict.start, verdict.end));
  const isPart = verdict.reason === 'url' || verdict.reason === 'assignment';
  return [{ what: verdict.what, variable: isPart ? `${variable}_PASSWORD` : variable, word, span: place }];
}

function byForm(word: ShellWord): SpokenSecret[] {
  const text = word.value ?? word.raw;
  const found = secretValue(text);
  if (!found) return [];
  const variable = found.kind === 'url' ? 'URL_PASSWORD' : 'SECRET_TOKEN';
  return [{ what: found.what, variable, word, span: placeIn(word, text.slice(found.start, found.end)) }];
}

/** `--password=x`, `NAME=x` behind `export`. */
function byOwnName(word: ShellWord): SpokenSecret[] {
  if (!word.value?.includes('=')) return [];
  const [, name, value] = /^-{0,2}([A-Za-z][\w.-]*)=(.+)$/s.exec(word.value) ?? [];
  return name === undefined || value === undefined ? [] : judged(name, word, value);
}

/** Nothing names it, but what it is given to is for passwords. */
const asPassword = (found: readonly SpokenSecret[]): SpokenSecret[] =>
  found.map(secret => ({ ...secret, what: 'a password' }));

function bySilentOption(command: ShellCommand, option: string, word: ShellWord): SpokenSecret[] {
  const value = word.value ?? '';
  if (!isOption(option) && !isOption(value)) return [];
  for (const row of silentOptionsOf(command)) {
    if (!row.option.test(row.attached ? value : option)) continue;
    if (row.action !== undefined && command.args[0]?.value !== row.action) continue;
    const given = row.attached ? value.slice(2) : value;
    const colon = given.indexOf(':');
    if ((row.afterColon && colon < 0) || given === row.open) continue;
    return asPassword(judged('password', word, row.afterColon ? given.slice(colon + 1) : given));
  }
  return [];
}

/** `-H "Authorization: Bearer x"`, `--header 'PRIVATE-TOKEN: x'`. */
function byHeader(option: string, word: ShellWord): SpokenSecret[] {
  const text = /^(?:-H|--header)$/.test(option) ? (word.value ?? '') : '';
  const [, name = '', scheme, value] = /^([\w-]+):\s*(?:(Bearer|Basic|Token)\s+)?(\S+)$/i.exec(text) ?? [];
  return value === undefined ? [] : judged(scheme === undefined ? name : 'token', word, value);
}

/** `npm config set NAME x`, `aws configure set NAME x`. */
function bySetting(command: ShellCommand, name: string, word: ShellWord): SpokenSecret[] {
  const { args } = command;
  const isSetting = args.slice(0, 2).some(({ value }) => value === 'config' || value === 'configure');
  if (!isSetting) return [];
  const [last = ''] = /[\w-]*$/.exec(name) ?? [];
  // `poetry config http-basic.x user secret`, `bundle config set gems.example.com user:secret`.
  const index = args.indexOf(word);
  if (/^http-basic\./.test(args[index - 2]?.value ?? ''))
    return asPassword(judged('password', word, word.value ?? ''));
  const [, secret] = command.name === 'bundle' ? (/^[\w.-]+:(\S+)$/.exec(word.value ?? '') ?? []) : [];
  if (secret !== undefined) return asPassword(judged('password', word, secret));
  return secretName(last) ? judged(last, word, word.value ?? '') : [];
}

/** `--password x`, and options whose name does not tell. */
function byOption(command: ShellCommand, option: string, word: ShellWord): SpokenSecret[] {
  const silent = bySilentOption(command, option, word);
  const value = word.value ?? '';
  if (silent.length > 0 || value === '' || value.startsWith('-')) return silent;
  const isNamed = /^--?[a-z]{2}/i.test(option) && !option.includes('=');
  const named = isNamed ? judged(option.replace(/^-+/, ''), word, value) : bySetting(command, option, word);
  return named.length > 0 ? named : byHeader(option, word);
}

/** `htpasswd -bc file user secret`: the last word; `openssl rsa -passin pass:secret`. */
function asOperand({ name, args }: ShellCommand): SpokenSecret[] {
  if (name === 'openssl')
    return args.flatMap(word => {
      const [, secret] = /^pass:(.+)$/.exec(word.value ?? '') ?? [];
      return secret === undefined ? [] : asPassword(judged('password', word, secret));
    });
  const isGiven = name === 'htpasswd' && args.some(({ raw }) => /^-[a-zA-Z]*b/.test(raw));
  const word = isGiven ? args.at(-1) : undefined;
  return word ? asPassword(judged('password', word, word.value ?? '')) : [];
}

/** `echo "root:secret" | chpasswd`, `echo secret | docker login --password-stdin`. */
function piped(command: ShellCommand): SpokenSecret[] {
  const { name, pipeline, args } = command;
  if ((name !== 'echo' && name !== 'printf') || !pipeline) return [];
  const next = pipeline.commands[pipeline.commands.indexOf(command) + 1];
  if (next?.args.some(({ value }) => /^--(?:password-)?stdin$/.test(value ?? '')))
    return asPassword(args.slice(-1).flatMap(word => judged('password', word, word.value ?? '')));
  // Perhaps behind `sudo`.
  if (![next?.name, next?.args[0]?.value].includes('chpasswd')) return [];
  return args.flatMap(word => {
    const [, account, secret] = /^([\w.-]+):(\S+?)(?:\\n)?$/.exec(word.value ?? '') ?? [];
    return account === undefined || secret === undefined
      ? []
      : asPassword(judged('password', word, secret, variableName(`${account}_password`)));
  });
}

export function spokenSecrets(command: ShellCommand): readonly SpokenSecret[] {
  const assigned = command.assignments.flatMap(assignment => {
    const { name, value } = assignment;
    const found = value?.value ? judged(name, value, value.value, name) : [];
    const isWhole = value !== null && command.nameWord !== null;
    return isWhole ? found.map(secret => ({ ...secret, assignment })) : found;
  });
  // Options alone are for a program that the image starts.
  const { nameWord, args } = command;
  const words = nameWord?.raw.replace(/^["']/, '').startsWith('-') ? [nameWord, ...args] : args;
  const given = words.flatMap((word, index) => {
    const found = [...byOwnName(word), ...byOption(command, words[index - 1]?.value ?? '', word)];
    return found.length > 0 ? found.slice(0, 1) : byForm(word);
  });
  return [...assigned, ...given, ...asOperand(command), ...piped(command)];
}
