// Variables: env files as Compose reads them, and what `$NAME` comes to with them.
import { emptySpan } from '../../../text/span.ts';
import { parseTemplate, type TemplatePart } from '../interpolation.ts';
import { type Environment, type Origin, Refusal, type Source, type Variable } from './value.ts';

export interface Substituted {
  readonly text: string;
  readonly variables: readonly Variable[];
  /** Names without a value, which come to nothing. */
  readonly unset: readonly string[];
}

type Lookup = (name: string) => Variable | undefined;

interface Substitution {
  readonly source: string;
  readonly lookup: Lookup;
  readonly used: Variable[];
  readonly unset: string[];
}

const invalid = (source: string): Refusal =>
  new Refusal(`invalid interpolation format: ${source.trim()}: write $$ for a $ that is meant as such`);

function valueFor(part: Extract<TemplatePart, { kind: 'variable' }>, at: Substitution): string {
  const { name, operator, argument } = part;
  const found = at.lookup(name);
  const counts = operator?.startsWith(':') ? Boolean(found?.value) : found !== undefined;
  const value = found?.value ?? '';
  // Compose takes an operator and what stands behind it only where they are on one line.
  if (operator !== null && /\n/.test(at.source.slice(part.span.start, part.span.end)))
    throw invalid(at.source);
  if (operator?.endsWith('+')) return counts ? substituteParts(argument, at) : '';
  if (operator?.endsWith('-') && !counts) return substituteParts(argument, at);
  if (operator?.endsWith('?') && !counts) {
    const reason = substituteParts(argument, at);
    throw new Refusal(`required variable ${name} is missing a value${reason && `: ${reason}`}`);
  }
  if (found === undefined) at.unset.push(name);
  else at.used.push(found);
  return value;
}

const substituteParts = (parts: readonly TemplatePart[], at: Substitution): string =>
  parts
    .map(part => {
      if (part.kind === 'text') return part.text;
      if (part.kind === 'invalid') throw invalid(at.source);
      return valueFor(part, at);
    })
    .join('');

/** Fills in variables; throws a refusal where Compose would end. */
export function substitute(text: string, lookup: Lookup): Substituted {
  if (!text.includes('$')) return { text, variables: [], unset: [] };
  const at: Substitution = { source: text, lookup, used: [], unset: [] };
  const filled = substituteParts(parseTemplate(text), at);
  return { text: filled, variables: at.used, unset: at.unset };
}

const statement = /(?:\s|#.*)*(?:export[^\S\n]+)?([^=:\n]*)([=:]|\n|$)[^\S\n]*/y;
const nameOnly = /^[\p{L}\p{N}_.[\]-]+$/u;
const plainValue = /[^\n]*\n?/y;
const quoted = { '"': /"((?:[^"\\]|\\[\s\S])*)"/y, "'": /'((?:[^'\\]|\\[\s\S])*)'/y };
const escapeSequence = /\\(?:[abcfnrtv$"\\]|0\d{0,3})/g;
const escaped: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  $: '$$',
  '"': '"',
  '\\': '\\',
};

function withoutEscapes(text: string): string {
  return text.replaceAll(escapeSequence, written => {
    const code = written.slice(1);
    if (/^0\d{3}$/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 8));
    return escaped[code] ?? written;
  });
}

/** In quotes a backslash escapes the quote alone; within `"` the usual escapes follow, and variables. */
function quotedValue(content: string, quote: string, lookup: Lookup): string {
  const text = content.replaceAll(`\\${quote}`, quote);
  return quote === '"' ? substitute(withoutEscapes(text), lookup).text : text;
}

/**
 * The variables of an env file. Those before it can be used in its values; `given`, the shell's, win over them there.
 */
export function readEnvFile(
  source: Source,
  given: Environment,
  before: Environment = new Map(),
): Environment {
  const text = source.text.replace(/^\uFEFF/, '');
  const shift = source.text.length - text.length;
  const found = new Map(before);
  const lookup: Lookup = name => given.get(name) ?? found.get(name);
  const refuse = (what: string, at: number): Refusal => {
    const line = text.slice(0, at).split('\n').length;
    return new Refusal(`failed to read ${source.path}: line ${line}: ${what}`, {
      source,
      span: emptySpan(at + shift),
      node: null,
    });
  };
  let offset = 0;
  while (/\S/.test(text.slice(offset))) {
    statement.lastIndex = offset;
    const [whole = '', written = '', separator = ''] = statement.exec(text) ?? [];
    if (whole === '' || (written.trim() === '' && separator !== '=' && separator !== ':')) break;
    const name = written.trim();
    const start = offset + whole.indexOf(written);
    offset += whole.length;
    if (/\s/.test(name)) throw refuse('key cannot contain a space', start);
    if (!nameOnly.test(name)) throw refuse(`unexpected character in variable name "${name}"`, start);
    const from = (end: number): Origin => ({
      source,
      span: { start: start + shift, end: end + shift },
      node: null,
    });
    if (separator !== '=' && separator !== ':') {
      const inherited = lookup(name);
      if (inherited) found.set(name, inherited);
      continue;
    }
    const quote = text[offset];
    if (quote === '"' || quote === "'") {
      const pattern = quoted[quote];
      pattern.lastIndex = offset;
      const [all, content = ''] = pattern.exec(text) ?? [];
      if (all === undefined) throw refuse('unterminated quoted value', offset);
      offset += all.length;
      found.set(name, { name, value: quotedValue(content, quote, lookup), from: from(offset) });
      continue;
    }
    plainValue.lastIndex = offset;
    const line = plainValue.exec(text)?.[0] ?? '';
    const value = (line.split(' #')[0] ?? '').trimEnd();
    found.set(name, { name, value: substitute(value, lookup).text, from: from(offset + value.length) });
    offset += line.length;
  }
  return found;
}
