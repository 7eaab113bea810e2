// The image that a Compose service names, and what it holds by that name. What it is built from counts elsewhere.
import { rememberPart } from '../knowledge/remember.ts';
import { type StatefulImage, statefulImage } from '../knowledge/stateful-images.ts';
import { imageOf } from '../model/compose/image.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import { familiarName } from '../model/image-reference.ts';

export interface NamedImage {
  /** Familiar, without a tag: `postgres`, `ghcr.io/team/app`. */
  readonly name: string;
  readonly tag: string | null;
  readonly store: StatefulImage | undefined;
}

/** Null where the service is built, names no image, or a variable decides. */
export const namedImage = rememberPart((model: ComposeModel, service: Service): NamedImage | null => {
  const reference = service.get('build')?.node == null ? imageOf(model, service)?.reference : undefined;
  if (!reference?.known) return null;
  const name = familiarName(reference.value);
  const { tag } = reference.value;
  return { name, tag, store: statefulImage(name, tag) };
});
