// Key texts: what the Compose Specification says of a key, by its place in a file.
import { composeShape, type Shape, shapeBelow } from '../../model/compose/schema/shape.ts';
import type { YamlPath } from '../yaml/place.ts';
import { composeKeyTexts } from './key-texts.generated.ts';

/** The shape at a path; null where nothing is known to be accepted there. */
export function shapeAt(path: YamlPath): Shape | null {
  let shape: Shape | null | undefined = composeShape();
  for (const step of path) {
    if (!shape) return null;
    shape = step === null ? shape.items : shapeBelow(shape, step);
  }
  return shape ?? null;
}

/** The path with `*` in place of names that people choose; null where it names no key of the specification. */
function generalPath(path: YamlPath): string[] | null {
  const general: string[] = [''];
  let shape: Shape | null | undefined = composeShape();
  for (const step of path) {
    if (!shape) return null;
    const isField = step !== null && shape.fields.has(step);
    general.push(step === null ? '[]' : isField ? step : '*');
    shape = step === null ? shape.items : shapeBelow(shape, step);
  }
  return general.at(-1) === '*' || general.at(-1) === '[]' ? null : general;
}

export function keyText(path: YamlPath): string | null {
  const general = generalPath(path);
  if (general === null) return null;
  for (let from = 0; from < general.length; from++) {
    const end = general.slice(from).join('.');
    if (Object.hasOwn(composeKeyTexts, end)) return composeKeyTexts[end] || null;
  }
  return null;
}
