// Attempts: builds of examples that may fail, and why it does not matter where it does not.
import { parseDockerfile } from '../../../server/core/model/dockerfile/parse.ts';
import { imagesWithoutBase } from './base-names.ts';
import { isModern } from './lab.ts';
import { sourceObstacle } from './sources.ts';

/** Why the text cannot be built here; null where it can. */
export function obstacle(text: string): string | null {
  const missing = imagesWithoutBase(text);
  if (missing.length > 0) return `nothing stands in for ${missing.join(', ')}`;
  const { instructions, stages } = parseDockerfile(text);
  if (stages.some(({ base }) => base.kind === 'unknown')) return 'who builds it names the image';
  const isNew = instructions.some(
    ({ flags, heredocs }) => heredocs.length > 0 || flags.some(({ value }) => value?.includes('env=')),
  );
  if (isNew && !isModern) return 'the BuildKit at hand is older than what it says';
  return sourceObstacle(text);
}

/** What an example calls for and nobody has here, by what the build says. */
const lacking: readonly RegExp[] = [
  /Unable to locate package (\S+)/,
  /Package '(\S+)' has no installation candidate/,
  /\b([\w.-]+): (?:command )?not found/,
  // What a stand-in was told to build, it does not.
  /"(\/\S*)": not found/,
];

/** By what a build says, why it does not matter that it failed; null where it does. */
export type Excuse = (output: string) => string | null;

export const isLacking: Excuse = output => {
  const lack = lacking.map(pattern => pattern.exec(output)?.[1]).find(name => name !== undefined);
  return lack === undefined ? null : `${lack} is not to be had`;
};

export const whatever: Excuse = output =>
  isLacking(output) ?? /failed to solve: (.*)/.exec(output)?.[1] ?? 'it fails';

/** The text is sound, but a command misses what is not here. */
export const commandFails: Excuse = output =>
  isLacking(output) ?? /failed to solve: (process .* did not complete.*)/.exec(output)?.[1] ?? null;
