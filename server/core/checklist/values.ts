// Values of lines: how a value, its place, and the lack of one are told.
import type { ComposeModel, Entry, Service } from '../model/compose/model.ts';
import { resolvedString } from '../model/compose/value.ts';
import { familiarName, type ImageReference } from '../model/image-reference.ts';
import type { Span } from '../text/span.ts';
import type { Origin, Value, Where } from './checklist.ts';
import type { Subject } from './subject.ts';

export const byDefault: Origin = { kind: 'default' };

export const inFile = (span: Span, where: Where = 'document'): Origin => ({ kind: 'file', where, span });

export const told = (text: string, origin: Origin): Value => ({ text, known: true, origin });

export const untold = (why: string, origin: Origin): Value => ({ text: why, known: false, origin });

/** The key of a service; the service itself where it has none. */
export const atKey = (service: Service, ...path: readonly string[]): Origin => {
  const entry = service.get(...path);
  return entry ? inFile(entry.keySpan) : inFile(service.nameSpan);
};

/** Where a stage is spoken of: for a service, its Dockerfile. */
export const inDockerfile = (subject: Subject, span: Span): Origin =>
  inFile(span, subject.kind === 'image' ? 'document' : 'dockerfile');

export const byImage = (reference: ImageReference): Origin => ({
  kind: 'image',
  image: reference.tag === null ? familiarName(reference) : `${familiarName(reference)}:${reference.tag}`,
});

/** The text of an entry; undefined where a variable hides it, null where there is none. */
export function textOf(model: ComposeModel, entry: Entry | undefined): string | null | undefined {
  const text = resolvedString(model, entry?.node);
  if (text === null) return null;
  return text.known ? text.value.trim() : undefined;
}

export const byVariable = 'a variable decides';
export const unknownDockerfile = 'its Dockerfile is not known';

export const listed = (words: readonly string[]): string => [...new Set(words)].join(', ');
