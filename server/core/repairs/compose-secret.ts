// Secrets of Compose services moved out of the file: into a secret file where the image reads one, else into `.env`.
import type { FileChange, Fix } from '../engine/finding.ts';
import { fix } from '../engine/rule.ts';
import { addItem, addTopLevel } from '../model/compose/edit.ts';
import type { ComposeModel, Pair, Service } from '../model/compose/model.ts';
import { type Edit, replace } from '../text/edit.ts';
import { type Span, spanText } from '../text/span.ts';

export interface Move {
  readonly edits: readonly Edit[];
  readonly files: readonly FileChange[];
}

/** `$$` is how Compose writes a dollar. */
const unescaped = (value: string): string => value.replaceAll('$$', '$');

/** A value as `.env` reads it literally; null where it cannot be written on a line. */
function envValue(value: string): string | null {
  if (/[\r\n]/.test(value)) return null;
  if (/^[\w./:@%+,-]*$/.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  return /["$\\`]/.test(value) ? null : `"${value}"`;
}

/** The value with its quotes, which a plain replacement within braces or brackets needs. */
function isQuoted({ text }: ComposeModel, { start, end }: Span): boolean {
  return /["']/.test(text.charAt(start - 1)) && text.charAt(start - 1) === text.charAt(end);
}

/**
 * `NAME_FILE` with a file under `/run/secrets`, for images whose entrypoint reads such a variable. The file gets the
 * value, and is kept out of version control.
 */
export function moveToFile(model: ComposeModel, service: Service, pair: Pair): Move | null {
  const { name, nameSpan, value, valueSpan } = pair;
  if (value === null || valueSpan === null) return null;
  const id = name.toLowerCase();
  // Said twice, it is for a person to say which one holds.
  if (service.pairs('environment').some(other => other.name === `${name}_FILE`)) return null;
  const path = `secrets/${id}.txt`;
  const use = addItem(model, service, ['secrets'], id);
  const isDeclared = model.section('secrets').some(secret => secret.name === id);
  const declare = isDeclared ? [] : addTopLevel(model, 'secrets', id, { map: { file: `./${path}` } });
  if (!use || !declare) return null;
  return {
    edits: [replace(nameSpan, `${name}_FILE`), replace(valueSpan, `/run/secrets/${id}`), ...use, ...declare],
    files: [
      { kind: 'create', path, text: unescaped(value), secret: true },
      { kind: 'append-line', path: '.gitignore', line: '/secrets/' },
    ],
  };
}

/** `${NAME:?}`, which Compose demands, as it can be written at a place. */
export function demand(model: ComposeModel, at: Span, variable: string): string {
  const reference = `\${${variable}:?}`;
  const line = model.text.slice(model.text.lastIndexOf('\n', at.start - 1) + 1, at.start);
  const before = line.replaceAll(/\$\{[^}]*\}/g, '');
  const needsQuotes = /[{[]/.test(before) && !isQuoted(model, at) && !/["']/.test(before);
  return needsQuotes ? `"${reference}"` : reference;
}

/** `${NAME:?}` in place of the secret, which `.env` gets. Null where it cannot be written there. */
export function moveToEnv(model: ComposeModel, at: Span, secret: string, variable: string): Move | null {
  const value = envValue(unescaped(secret));
  if (value === null) return null;
  return {
    edits: [replace(at, demand(model, at, variable))],
    files: [
      { kind: 'append-line', path: '.env', line: `${variable}=${value}` },
      { kind: 'append-line', path: '.gitignore', line: '.env' },
    ],
  };
}

/** Names for variables in `.env`: the same for the same secret, another one where a name has another value. */
function variableNames(): (wanted: string, secret: string) => string {
  const values = new Map<string, string>();
  return (wanted, secret) => {
    const plain = wanted
      .replace(/\W+/g, '_')
      .replace(/^(?=\d)/, '_')
      .toUpperCase();
    for (let count = 1; ; count++) {
      const name = count === 1 ? plain : `${plain}_${count}`;
      const known = values.get(name);
      if (known !== undefined && known !== secret) continue;
      values.set(name, secret);
      return name;
    }
  };
}

/** Repairs that take the secrets of one rule from `.env`, under names of which each stands for one secret. */
export function envRepairs(model: ComposeModel): (wanted: string, at: Span) => Fix[] {
  const nameFor = variableNames();
  return (wanted, at) => {
    const secret = spanText(model.text, at);
    const variable = nameFor(wanted, secret);
    const move = moveToEnv(model, at, secret, variable);
    return move ? [fix(`Take ${variable} from .env`, 'unsafe', move.edits, move)] : [];
  };
}
