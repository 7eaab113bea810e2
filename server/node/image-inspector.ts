// The inspector: what docker, podman or nerdctl of this machine say of an image that they have. Nothing is pulled, and nobody is
// asked about what is not in the list of images: a name is asked for at each pause while it is being typed.
import { isImageReference, parseImageReference } from '../core/model/image-reference.ts';
import { readLocalImage } from '../core/model/local-image.ts';
import type { ImageInspector } from '../host/local-images.ts';
import { type Engine, findEngines, isAbsence, listCommand, readList, seconds } from './engines.ts';

const patience = seconds(10);
/** An engine that does not answer is left alone for so long. Milliseconds. */
const rest = 60_000;
/** A list is asked for again when it is older. Milliseconds. */
const listLasts = 10_000;

type MayHave = (image: string) => boolean;

/** Registries and namespaces have short forms that differ between engines: what is left of a name without them. */
function lastPart(image: string): { readonly name: string; readonly tag: string; readonly isHeld: boolean } {
  const { name, tag, digest } = parseImageReference(image, 0);
  return { name: name.slice(name.lastIndexOf('/') + 1), tag: tag ?? 'latest', isHeld: digest !== null };
}

/** Where the list cannot tell, it may be there. */
function mayHave(list: string): MayHave {
  const listed = readList(list);
  const parts = listed.map(({ name }) => lastPart(name));
  const ids = listed.map(({ id }) => id.replace('sha256:', ''));
  return image => {
    const { name, tag, isHeld } = lastPart(image);
    return (
      parts.some(part => part.name === name && (isHeld || part.tag === tag)) ||
      (/^[0-9a-f]{4,64}$/.test(image) && ids.some(id => id.startsWith(image)))
    );
  };
}

/** `projects` are folders whose programs are not started. */
export function imageInspector(projects: readonly string[], now: () => number = Date.now): ImageInspector {
  let engines: Promise<Engine[]> | null = null;
  const silentSince = new Map<Engine, number>();
  const lists = new Map<Engine, { readonly at: number; readonly mayHave: MayHave }>();
  let last: Promise<unknown> = Promise.resolve();

  const listOf = async (engine: Engine): Promise<MayHave> => {
    const known = lists.get(engine);
    if (known && now() - known.at < listLasts) return known.mayHave;
    const at = now();
    const { code, out, isCut } = await engine.run(listCommand, patience);
    if (code !== 0 && !isCut) silentSince.set(engine, at);
    const found = code === 0 ? mayHave(out) : () => isCut;
    lists.set(engine, { at, mayHave: found });
    return found;
  };
  const inspect: ImageInspector = async image => {
    engines ??= findEngines(projects);
    for (const engine of await engines) {
      if (now() - (silentSince.get(engine) ?? Number.NEGATIVE_INFINITY) < rest) continue;
      if (!(await listOf(engine))(image)) continue;
      const { code, out, err } = await engine.run(['image', 'inspect', image], patience);
      const found = code === 0 ? readLocalImage(out) : null;
      if (found) return found;
      if (code !== 0 && !isAbsence(err)) silentSince.set(engine, now());
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
