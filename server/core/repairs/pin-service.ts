// Pinning the image of a service: in the value itself, or in the default of the variable that states its tag.
import type { Fix } from '../engine/finding.ts';
import type { ComposeVisitors } from '../engine/rule.ts';
import { imageOf } from '../model/compose/image.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { contentSpan } from '../model/compose/pairs.ts';
import { familiarName, type ImageReference } from '../model/image-reference.ts';
import { type Span, spanText } from '../text/span.ts';
import type { TagFixes } from './pin-from.ts';

export interface NamedImage {
  readonly service: Service;
  readonly reference: ImageReference;
  /** As tables know it. */
  readonly name: string;
  readonly at: Span;
  /** It stands there in full, without a variable. */
  readonly isLiteral: boolean;
}

/** Visits the images that services pull, each place once. */
export function imagePlaces(model: ComposeModel, visit: (image: NamedImage) => void): ComposeVisitors {
  const seen = new Set<number>();
  return {
    service(service) {
      const image = imageOf(model, service);
      if (!image?.reference.known || service.get('build')?.node != null) return;
      const reference = image.reference.value;
      const { node } = image.entry;
      const at = node?.kind === 'scalar' ? contentSpan(node, model.text) : reference.span;
      if (seen.has(at.start)) return;
      seen.add(at.start);
      const isLiteral = spanText(model.text, reference.span) === reference.text;
      visit({ service, reference, name: familiarName(reference), at, isLiteral });
    },
  };
}

export const pinServiceFixes = (
  { reference, isLiteral }: Pick<NamedImage, 'reference' | 'isLiteral'>,
  fixesFor: TagFixes,
): Fix[] => (isLiteral || reference.tagSpan ? fixesFor(reference, isLiteral ? null : reference.tagSpan) : []);
