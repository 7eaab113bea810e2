// Variables: which ones a Compose file uses, and what may be written behind a `$`.
import { parseTemplate, type TemplatePart } from '../../model/compose/interpolation.ts';
import type { ComposeModel } from '../../model/compose/model.ts';
import { scalarText } from '../../model/yaml/scalar-text.ts';
import { nodesBelow } from '../../model/yaml/walk.ts';
import { fileSpan } from '../../text/mapped-text.ts';
import { type Span, span } from '../../text/span.ts';
import type { Completion } from '../completion.ts';
import type { Context } from './context.ts';

export interface VariableUse {
  readonly name: string;
  /** The name itself. */
  readonly span: Span;
}

function* variablesIn(parts: readonly TemplatePart[], text: string): Generator<VariableUse> {
  for (const part of parts) {
    if (part.kind !== 'variable') continue;
    const start = part.span.start + (text[part.span.start + 1] === '{' ? 2 : 1);
    yield { name: part.name, span: span(start, start + part.name.length) };
    yield* variablesIn(part.argument, text);
  }
}

/** Those of values, in the order of the file; keys hold none. */
export function variableUses(model: ComposeModel): VariableUse[] {
  if (model.root === null || !model.text.includes('$')) return [];
  return [...nodesBelow(model.root)].flatMap(node => {
    if (node.kind !== 'scalar' || !node.text.includes('$')) return [];
    const mapped = scalarText(node, model.text);
    return [...variablesIn(parseTemplate(mapped.text), mapped.text)].map(use => ({
      name: use.name,
      span: fileSpan(mapped, use.span),
    }));
  });
}

/** The names in a file of variables, each with its place; values are none of anybody's business. */
export function variablesOfFile(text: string): VariableUse[] {
  return [...text.matchAll(/^([^\S\n]*(?:export[^\S\n]+)?)([A-Za-z_]\w*)[^\S\n]*[=:]/gm)].map(
    ({ index, 1: before = '', 2: name = '' }) => {
      const start = index + before.length;
      return { name, span: span(start, start + name.length) };
    },
  );
}

/** The file whose variables count in a Compose file beside it. */
export const variablesFile = '.env';

/** Names that are known, and where from. */
function knownVariables({ model, around }: Pick<Context, 'model' | 'around'>): Map<string, string> {
  const text = around.text(variablesFile);
  const known = new Map<string, string>();
  for (const { name } of text ? variablesOfFile(text) : []) known.set(name, variablesFile);
  for (const { name } of variableUses(model)) if (!known.has(name)) known.set(name, 'used in this file');
  return known;
}

const opened = /(?:^|[^$])(?:\$\$)*\$(\{?)(\w*)$/;

/** Null where no variable is being written. */
export function variableValues(context: Context): Completion[] | null {
  const { model, place } = context;
  const found = opened.exec(place.typed);
  if (found === null) return null;
  const [, brace = '', name = ''] = found;
  const cursor = place.word.start + place.typed.length;
  const start = cursor - name.length;
  const rest = /^\w*/.exec(model.text.slice(cursor, place.word.end))?.[0] ?? '';
  const end = cursor + rest.length;
  const isClosed = /^[}:?+-]/.test(model.text.slice(end, place.word.end));
  const own = rest === '' ? name : null;
  return [...knownVariables(context)]
    .filter(([known, from]) => known !== own || from === variablesFile)
    .map(([known, from]) => ({
      label: known,
      kind: 'variable' as const,
      span: span(start, end),
      text: brace === '' ? `{${known}}` : isClosed ? known : `${known}}`,
      detail: from,
    }));
}
