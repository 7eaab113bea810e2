// Names of bases: the images that a Dockerfile starts from or copies from, and the base that stands in for each.
import { parseDockerfile } from '../../../server/core/model/dockerfile/parse.ts';
import {
  familiarName,
  type ImageReference,
  parseImageReference,
} from '../../../server/core/model/image-reference.ts';
import { type Base, bases, imageOf } from './bases.ts';

/** The images from outside that a build of the text needs. */
function imagesOf(text: string): ImageReference[] {
  const { stages, instructions } = parseDockerfile(text);
  const froms = stages.flatMap(({ base }) => (base.kind === 'image' ? [base.reference] : []));
  const copied = instructions.flatMap(instruction => {
    if (instruction.keyword !== 'COPY' || !instruction.from || instruction.from.stage) return [];
    const { value } = instruction.from.flag;
    return value === null ? [] : [parseImageReference(value, 0)];
  });
  return [...froms, ...copied];
}

function baseFor(reference: ImageReference): Base | undefined {
  if (reference.digest !== null) return undefined;
  const name = `${familiarName(reference)}:${reference.tag ?? 'latest'}`;
  return bases.find(({ fits }) => fits.test(name));
}

/** Where the registry has what stands in for an image. */
export function imageFor(name: string): string | undefined {
  const base = baseFor(parseImageReference(name, 0));
  return base && imageOf(base);
}

/** Images that nothing here stands in for. */
export const imagesWithoutBase = (text: string): string[] =>
  imagesOf(text).flatMap(reference => (baseFor(reference) ? [] : [reference.text]));

/** What the text names -> where the registry has it. */
export const basesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    imagesOf(text).flatMap(reference => {
      const base = baseFor(reference);
      return base ? [[reference.text, imageOf(base)]] : [];
    }),
  );
