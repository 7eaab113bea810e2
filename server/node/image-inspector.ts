// The inspector: what docker, podman or nerdctl of this machine say of an image that they have. Nothing is pulled.
import { isImageReference } from '../core/model/image-reference.ts';
import { readLocalImage } from '../core/model/local-image.ts';
import type { ImageInspector } from '../host/local-images.ts';
import { type Engine, findEngines, isAbsence, seconds } from './engines.ts';

const patience = seconds(10);
/** An engine that does not answer is left alone for so long. Milliseconds. */
const rest = 60_000;

/** `projects` are folders whose programs are not started. */
export function imageInspector(projects: readonly string[]): ImageInspector {
  let engines: Promise<Engine[]> | null = null;
  const silentSince = new Map<Engine, number>();
  let last: Promise<unknown> = Promise.resolve();

  const inspect: ImageInspector = async image => {
    engines ??= findEngines(projects);
    for (const engine of await engines) {
      if (Date.now() - (silentSince.get(engine) ?? Number.NEGATIVE_INFINITY) < rest) continue;
      const { code, out, err } = await engine.run(['image', 'inspect', image], patience);
      const found = code === 0 ? readLocalImage(out) : null;
      if (found) return found;
      if (code !== 0 && !isAbsence(err)) silentSince.set(engine, Date.now());
    }
    return null;
  };
  /** One after the other: a file names many images, and somebody waits for something else. */
  return image => {
    if (!isImageReference(image)) return Promise.resolve(null);
    const found = last.then(() => inspect(image));
    last = found.catch(() => {});
    return found;
  };
}
