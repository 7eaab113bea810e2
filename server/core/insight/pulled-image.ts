// The image that a service pulls, and what is known of it.
import type { KnownImage } from '../knowledge/images.ts';
import { imageOf } from '../model/compose/image.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { familiarName, type ImageReference } from '../model/image-reference.ts';
import { rememberPart } from '../model/remembered.ts';
import { factsOf } from './image-facts.ts';

export interface PulledImage {
  readonly reference: ImageReference;
  /** As tables know it: `postgres`, `lscr.io/linuxserver/wireguard`. */
  readonly name: string;
  readonly facts: KnownImage | undefined;
}

/** Null where it is built, not stated, or hidden by a variable. */
export const pulledImage = rememberPart((model: ComposeModel, service: Service): PulledImage | null => {
  if (service.get('build')?.node != null) return null;
  const reference = imageOf(model, service)?.reference;
  if (!reference?.known) return null;
  const { value } = reference;
  const local = model.images.get(value.text) ?? null;
  return { reference: value, name: familiarName(value), facts: factsOf(value, local) };
});
