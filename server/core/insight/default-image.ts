// The image of a FROM as a build without arguments would read it.
import { expand } from '../model/dockerfile/expansion.ts';
import type { DockerfileModel, FromInstruction } from '../model/dockerfile/model.ts';
import { known } from '../model/known.ts';

/**
 * With the defaults of its variables; those without one are empty. Null where it cannot be known: `TARGETARCH` and its
 * like have a value in every build.
 */
export function defaultImage({ escape: escapeChar }: DockerfileModel, from: FromInstruction): string | null {
  const { image, before } = from;
  if (image === null) return null;
  const filled = expand(
    image.raw,
    escapeChar,
    name => {
      const variable = before.variable(name);
      if (variable === undefined || variable.value.known) return variable?.value ?? known('', null);
      return isFromBuild(name) ? variable.value : known('', null);
    },
    null,
  );
  return filled.known ? filled.value : null;
}

const isFromBuild = (name: string): boolean => /^(?:BUILD|TARGET)[A-Z]+$/.test(name);

const host = '(?:[a-zA-Z0-9.-]+|\\[[0-9a-fA-F:]+\\])(?::\\d+)?/';
const part = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const tag = '(?::\\w[\\w.-]{0,127})?';
const digest = '(?:@[a-zA-Z][a-zA-Z0-9]*(?:[-_+.][a-zA-Z][a-zA-Z0-9]*)*:[0-9a-fA-F]{32,})?';
const reference = new RegExp(`^(?:${host})?${part}(?:/${part})*${tag}${digest}$`);

/** Whether a text has the form of an image reference. */
export const isImageReference = (text: string): boolean => text.length <= 512 && reference.test(text);
