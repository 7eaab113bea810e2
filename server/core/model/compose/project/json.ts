// Values as JSON: plain, or each with its provenance beside it.
import { placeIn } from './document.ts';
import type { Origin, Value } from './value.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export const toJson = (value: Value): Json => {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'list') return value.items.map(toJson);
  return Object.fromEntries([...value.entries].map(([key, inner]) => [key, toJson(inner)]));
};

export interface Provenance {
  readonly file: string;
  /** Line and column, both counted from 1. */
  readonly from: string;
  readonly to: string;
  /** The variables that were filled in, with the place that sets them: a line, or the environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

function placesOf({ source, span }: Origin): Provenance {
  return { file: source.path, from: placeIn(source, span.start), to: placeIn(source, span.end) };
}

/** By path (`services.web.ports[0].target`), where each value was written; what nobody wrote has no place. */
export function provenanceOf(value: Value): Record<string, Provenance> {
  const found: Record<string, Provenance> = {};
  const visit = (inner: Value, path: string): void => {
    if (inner.kind === 'map') {
      for (const [key, below] of inner.entries) visit(below, path === '' ? key : `${path}.${key}`);
    } else if (inner.kind === 'list') {
      for (const [index, below] of inner.items.entries()) visit(below, `${path}[${index}]`);
    } else if (inner.from !== null) {
      const variables = (inner.variables ?? []).map(({ name, from }) => [
        name,
        from === null ? 'environment' : `${from.source.path}:${placeIn(from.source, from.span.start)}`,
      ]);
      found[path] = {
        ...placesOf(inner.from),
        ...(variables.length > 0 ? { variables: Object.fromEntries(variables) } : {}),
      };
    }
  };
  visit(value, '');
  return found;
}
