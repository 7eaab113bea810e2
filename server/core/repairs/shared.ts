// Repairs of what several services take through an anchor.
import type { Service } from '../model/compose/model.ts';

/** The title of a fix, with the services that change where there is more than the one it was found at. */
export const sharedTitle = (title: string, { name }: Service, sharedBy: readonly string[]): string =>
  sharedBy.length === 0 ? title : `${title} (changes ${[name, ...sharedBy].join(', ')})`;
