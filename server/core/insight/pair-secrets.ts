// Secrets in pairs of a service, such as its labels or build arguments: which ones, and where they stand.
import { judgeSecret } from '../knowledge/secrets.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { partOf } from '../model/compose/pairs.ts';
import type { Span } from '../text/span.ts';

export interface PairSecret {
  readonly name: string;
  /** The secret itself, in the value. */
  readonly at: Span;
  readonly kind: string;
}

/** `judged` is the part of a name that says what the value is. */
export function* pairSecrets(
  model: ComposeModel,
  service: Service,
  path: readonly string[],
  judged = (name: string): string => name,
): Generator<PairSecret> {
  if (service.get(...path) === undefined) return;
  for (const { name, value, valueSpan } of service.pairs(...path)) {
    const verdict = value ? judgeSecret(judged(name), value) : null;
    if (!value || !valueSpan || !verdict) continue;
    const at = partOf(model, valueSpan, value.slice(verdict.start, verdict.end)) ?? valueSpan;
    yield { name, at, kind: verdict.what };
  }
}
