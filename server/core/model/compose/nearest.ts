// Where somebody would look for what a service lacks: at the keys that it would stand under.
import { contains, type Span } from '../../text/span.ts';
import type { Service } from './model.ts';

/** The innermost of these keys that is written in the service itself, or its name. */
export function nearestKey(service: Service, path: readonly string[]): Span {
  for (let length = path.length; length > 0; length--) {
    const key = service.get(...path.slice(0, length))?.keySpan;
    if (key && contains(service.span, key)) return key;
  }
  return service.nameSpan;
}
