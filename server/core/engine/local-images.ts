// Models read with what an engine of this machine says of the images that they name.
import { attached } from '../model/attached.ts';
import { imageOf } from '../model/compose/image.ts';
import type { ComposeModel } from '../model/compose/model.ts';
import type { DockerfileModel } from '../model/dockerfile/model.ts';
import { withImages } from '../model/dockerfile/parse.ts';
import { isImageReference } from '../model/image-reference.ts';
import type { LocalImage, LocalImages } from '../model/local-image.ts';
import type { Answer, FactKind, FactLog, FactReader } from './facts.ts';
import type { Model } from './rule.ts';

/** The images from outside that the stages of a Dockerfile, or the services of a Compose file, start from. */
function imagesNamed(model: Model): readonly string[] {
  const named =
    model.language === 'dockerfile'
      ? model.stages.flatMap(({ base }) => (base.kind === 'image' ? base.reference.text : []))
      : model.services.flatMap(service => {
          const reference = imageOf(model, service)?.reference;
          return reference?.known && service.get('build')?.node == null ? reference.value.text : [];
        });
  return [...new Set(named)].filter(isImageReference);
}

const read = attached<Model, { readonly images: LocalImages; readonly model: Model }>();

const isSame = (a: LocalImages, b: LocalImages): boolean =>
  a.size === b.size && [...a].every(([name, image]) => b.get(name) === image);

/** The very same model where nothing is known of its images; the same again where no more is known than the last time. */
export function withLocalImages<M extends DockerfileModel | ComposeModel>(model: M, facts: FactReader): M {
  const found = imagesNamed(model).flatMap((name): [string, LocalImage][] => {
    const image = facts.get('image', name);
    return image ? [[name, image]] : [];
  });
  if (found.length === 0) return model;
  const images = new Map(found);
  const last = read.get(model);
  if (last && isSame(last.images, images)) return last.model as M;
  const made: Model =
    model.language === 'dockerfile'
      ? withImages(model, images)
      : (Object.create(model, { images: { value: images } }) as ComposeModel);
  read.set(model, { images, model: made });
  return made as M;
}

/** Dockerfiles that are asked for come with what is known of their images. */
export const knowingImages = (log: FactLog): FactLog => ({
  ...log,
  get<K extends FactKind>(kind: K, path: string): Answer<K> {
    const answer = log.get(kind, path);
    const isModel = kind === 'dockerfile' && answer != null;
    return isModel ? (withLocalImages(answer as DockerfileModel, log) as Answer<K>) : answer;
  },
});

/** What is known without an engine. */
export const withoutImages = (facts: FactReader): FactReader => ({
  get: (kind, path) => (kind === 'image' ? null : facts.get(kind, path)),
});
