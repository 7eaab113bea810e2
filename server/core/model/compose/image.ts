// The image of a service, its parts at their places even in the default of a variable.
import { fileSpan, type MappedText } from '../../text/mapped-text.ts';
import type { Span } from '../../text/span.ts';
import { type ImageReference, parseImageReference } from '../image-reference.ts';
import { type Known, known } from '../known.ts';
import { rememberPart } from '../remembered.ts';
import type { ComposeModel, Entry, Service } from './model.ts';
import { resolvedText } from './value.ts';

export interface ServiceImage {
  readonly entry: Entry;
  readonly reference: Known<ImageReference>;
}

function referenceIn(value: MappedText): ImageReference {
  const read = parseImageReference(value.text, 0);
  const place = (span: Span): Span => fileSpan(value, span);
  return {
    ...read,
    span: place(read.span),
    nameSpan: place(read.nameSpan),
    tagSpan: read.tagSpan && place(read.tagSpan),
    digestSpan: read.digestSpan && place(read.digestSpan),
  };
}

/** Null where the service states no image. */
export const imageOf = rememberPart((model: ComposeModel, service: Service): ServiceImage | null => {
  const entry = service.get('image');
  const text = resolvedText(model, entry?.node);
  if (entry === undefined || text === null) return null;
  return { entry, reference: text.known ? known(referenceIn(text.value), text.setAt) : text };
});
