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
