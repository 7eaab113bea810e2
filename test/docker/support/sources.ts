// Build contexts: what COPY and ADD ask for and an example does not give is made up.
import { posix } from 'node:path';
import type { State } from '../../../server/core/model/dockerfile/model.ts';
import { parseDockerfile } from '../../../server/core/model/dockerfile/parse.ts';

export type Files = Readonly<Record<string, string>>;

/** Why a context cannot be made up for a text; null where it can. */
export function sourceObstacle(text: string): string | null {
  for (const instruction of parseDockerfile(text).instructions) {
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue;
    for (const { value } of instruction.sources) {
      if (/^(?:https?|git|ssh):|^git@/.test(value)) return `${value} would come from the network`;
    }
  }
  return null;
}

/** With the variables filled in that the text gives a value. */
const filledIn = (path: string, { variable }: State): string =>
  path.replace(/\$(?:(\w+)|\{(\w+)\})/g, (written, plain: string | undefined, braced: string) => {
    const value = variable(plain ?? braced)?.value;
    return value?.known ? value.value : written;
  });

/** The files of a context from which the text can be built: the given ones, and those it names itself. */
export function contextFiles(text: string, given: Files): Files {
  const files: Record<string, string> = { ...given };
  for (const instruction of parseDockerfile(text).instructions) {
    if ((instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') || instruction.from) continue;
    for (const { value } of instruction.sources) {
      // For the build the folder of the context is the root: `..` leads nowhere above it.
      const path = posix.join('/', filledIn(value, instruction.before).replace(/\*/g, 'x')).slice(1);
      if (Object.keys(files).some(other => other.startsWith(`${path}/`))) continue;
      const file = path === '' || path.endsWith('/') ? `${path}content.txt` : path;
      files[file] ??= `#!/bin/sh\necho ${file}\n`;
    }
  }
  return files;
}
