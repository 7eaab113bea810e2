// Writing: new values as the lines of a block or the text of a flow collection, in the style of a document.
import { quoted, quoteScalar } from './quote.ts';
import type { YamlStyle } from './style.ts';

/** Strings are texts, quoted where YAML needs it; numbers and booleans are written bare, null is nothing. */
export type NewValue = string | number | boolean | null | NewList | NewMap;

export interface NewList {
  readonly list: readonly NewValue[];
  /** Written in brackets whatever stands around it, as `test: ["CMD", ...]` mostly is: its texts are quoted. */
  readonly inline?: true;
}

export interface NewMap {
  readonly map: Readonly<Record<string, NewValue>>;
}

/** What follows a key or a dash: on its line, and on the lines below it with their indentation. */
export interface Written {
  readonly head: string;
  readonly lines: readonly string[];
}

export interface FlowStyle {
  readonly quote: YamlStyle['quote'];
  /** Every text in quotes, as JSON has it. */
  readonly quoteAll: boolean;
}

const isScalar = (value: NewValue): value is string | number | boolean | null =>
  value === null || typeof value !== 'object';

function flowScalar(text: string, { quote, quoteAll }: FlowStyle): string {
  return quoteAll ? quoted(text, quote) : quoteScalar(text, { quote }, true);
}

export function flowValue(value: NewValue, style: FlowStyle): string {
  if (typeof value === 'string') return flowScalar(value, style);
  if (isScalar(value)) return String(value);
  if ('list' in value) {
    const own = value.inline ? { ...style, quoteAll: true } : style;
    return `[${value.list.map(item => flowValue(item, own)).join(', ')}]`;
  }
  return `{${Object.entries(value.map)
    .map(([key, item]) => flowPair(key, item, style))
    .join(', ')}}`;
}

export const flowPair = (key: string, value: NewValue, style: FlowStyle): string =>
  `${flowScalar(key, style)}: ${flowValue(value, style)}`;

const isEmpty = (value: NewList | NewMap): boolean =>
  'list' in value ? value.list.length === 0 : Object.keys(value.map).length === 0;

/** A value behind the colon of a key that stands at a column. */
export function blockValue(value: NewValue, column: number, style: YamlStyle): Written {
  if (value === null) return { head: '', lines: [] };
  if (typeof value === 'string') return { head: ` ${quoteScalar(value, style)}`, lines: [] };
  if (isScalar(value) || isEmpty(value) || ('list' in value && value.inline)) {
    return { head: ` ${flowValue(value, { quote: style.quote, quoteAll: false })}`, lines: [] };
  }
  if ('list' in value) {
    const lines = value.list.flatMap(item => blockItem(item, column + style.dash, style));
    return { head: '', lines };
  }
  const lines = Object.entries(value.map).flatMap(([key, item]) =>
    blockPair(key, item, column + style.step, style),
  );
  return { head: '', lines };
}

/** The lines of a pair whose key stands at a column. */
export function blockPair(key: string, value: NewValue, column: number, style: YamlStyle): string[] {
  const { head, lines } = blockValue(value, column, style);
  return [`${' '.repeat(column)}${quoteScalar(key, style)}:${head}`, ...lines];
}

/** The lines of a list item whose dash stands at a column. */
export function blockItem(value: NewValue, column: number, style: YamlStyle): string[] {
  const dash = `${' '.repeat(column)}- `;
  if (isScalar(value) || 'list' in value || isEmpty(value)) {
    const scalar = typeof value === 'string' ? quoteScalar(value, style) : null;
    return [dash + (scalar ?? flowValue(value, { quote: style.quote, quoteAll: false }))];
  }
  const [first = '', ...others] = Object.entries(value.map).flatMap(([key, item]) =>
    blockPair(key, item, column + 2, style),
  );
  return [dash + first.trimStart(), ...others];
}
