// Reading JSON that somebody else has written: what is not of the expected kind is as if it were not there.
import { type Fields, fieldsOf, listOf, stringsOf } from '../image/json.ts';
import { type ScanSeverity, scanSeverities } from './model.ts';

export type Json = Fields;

const nothing: Json = {};

export const mapIn = (value: unknown): Json => fieldsOf(value) ?? nothing;

export const mapsIn = (value: unknown): readonly Json[] => listOf(value).map(mapIn);

/** Null for what is no text, or an empty one. */
export const textIn = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

export const textsIn = (value: unknown): readonly string[] => stringsOf(value).filter(text => text !== '');

/** Only what a person may follow without harm. */
export function linkIn(value: unknown): string | null {
  const text = textIn(value);
  return text !== null && /^https?:\/\/[^\s<>"]+$/.test(text) ? text : null;
}

const longestTitle = 200;

/** The first line, cut to what can be read at a glance. */
export function titleIn(value: unknown): string | null {
  const line = textIn(value)?.trim().split('\n')[0]?.trim() ?? '';
  if (line === '') return null;
  return line.length > longestTitle ? `${line.slice(0, longestTitle)}…` : line;
}

export function severityIn(value: unknown): ScanSeverity {
  const word = textIn(value)?.toLowerCase();
  if (word === 'negligible' || word === 'info') return 'low';
  return scanSeverities.find(severity => severity === word) ?? 'unknown';
}

/** A sentence about entries that are left out; none where there are none. */
export const leftOut = (count: number, what: string): string[] =>
  count === 0
    ? []
    : [
        `${count} ${count === 1 ? 'entry' : 'entries'} of the report ${count === 1 ? 'has' : 'have'} no ${what} and ${count === 1 ? 'is' : 'are'} left out.`,
      ];
