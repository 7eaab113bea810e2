// Secrets of Compose services moved out of the file: into a secret file where the image reads one, else into `.env`.
import type { FileChange, Fix } from '../engine/finding.ts';
import { fix } from '../engine/rule.ts';
import { addItem, addTopLevel } from '../model/compose/edit.ts';
import type { ComposeModel, Pair, Service } from '../model/compose/model.ts';
import type { YamlNode } from '../model/yaml/node.ts';
import { type Edit, insert, replace } from '../text/edit.ts';
import { type Span, span, spanText } from '../text/span.ts';

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

/** The plain text within braces or brackets that holds a place. */
function plainInFlow({ root }: ComposeModel, { start, end }: Span): Span | null {
  let inFlow = false;
  let node: YamlNode | null | undefined = root;
  while (node && (node.kind === 'map' || node.kind === 'sequence')) {
    inFlow ||= node.flow;
    const inner: readonly (YamlNode | null)[] =
      node.kind === 'map' ? node.pairs.map(({ value }) => value) : node.items;
    node = inner.find(each => each && each.span.start <= start && end <= each.span.end);
  }
  return inFlow && node?.kind === 'scalar' && node.style === 'plain' ? node.span : null;
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

/** `${NAME:?}`, which Compose demands, at a place: in quotes where braces would end what it stands in. */
export function demand(model: ComposeModel, at: Span, variable: string): Edit[] | null {
  const reference = `\${${variable}:?}`;
  const around = plainInFlow(model, at);
  if (around === null) return [replace(at, reference)];
  const [before, behind] = [span(around.start, at.start), span(at.end, around.end)];
  const quote = /["\\]/.test(spanText(model.text, before) + spanText(model.text, behind)) ? "'" : '"';
  if (quote === "'" && spanText(model.text, around).includes(quote)) return null;
  return [
    insert(before.start, quote),
    replace(at, `${reference}${behind.start === behind.end ? quote : ''}`),
    ...(behind.start === behind.end ? [] : [insert(behind.end, quote)]),
  ];
}

/** `${NAME:?}` in place of the secret, which `.env` gets. Null where it cannot be written there. */
export function moveToEnv(model: ComposeModel, at: Span, secret: string, variable: string): Move | null {
  const value = envValue(unescaped(secret));
  const edits = value === null ? null : demand(model, at, variable);
  if (edits === null) return null;
  return {
    edits,
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
