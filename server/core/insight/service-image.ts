// The image that a Compose service names, and what it holds by that name. What it is built from counts elsewhere.
import { type StatefulImage, statefulImage } from '../knowledge/stateful-images.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { rememberPart } from '../model/remembered.ts';
import { pulledImage } from './pulled-image.ts';

export interface NamedImage {
  /** Familiar, without a tag: `postgres`, `ghcr.io/team/app`. */
  readonly name: string;
  readonly tag: string | null;
  readonly store: StatefulImage | undefined;
}

/** Null where the service is built, names no image, or a variable decides. */
export const namedImage = rememberPart((model: ComposeModel, service: Service): NamedImage | null => {
  const image = pulledImage(model, service);
  if (image === null) return null;
  const { name, reference } = image;
  return { name, tag: reference.tag, store: statefulImage(name, reference.tag) };
});
