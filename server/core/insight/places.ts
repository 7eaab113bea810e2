// Places: what several services take from one place of the file is said once, with the names of all of them.
import type { Service } from '../model/compose/model.ts';
import { isWithin, lookAt, looking } from '../model/looking.ts';
import type { Span } from '../text/span.ts';

export interface Place<T> {
  readonly at: Span;
  readonly found: T;
  /** Those that take it, in the order of the file; never empty. */
  readonly services: readonly Service[];
  /** Their names as a sentence has them. */
  readonly names: string;
  /** More than one takes it: whom a change is meant for, their author decides. */
  readonly isShared: boolean;
}

export interface Places<T> {
  add(service: Service, at: Span, found: T): void;
  /** Those of the service that is visited; at the end those that stand in no service, or may be taken by several. */
  all(): readonly Place<T>[];
}

/** What is found first at a place stands for the rest. */
export function gatherPlaces<T>(): Places<T> {
  looking.gathers = true;
  const byPlace = new Map<string, { at: Span; found: T; services: Service[] }>();
  return {
    add(service, at, found) {
      lookAt(at.start);
      const key = `${at.start}-${at.end}`;
      const known = byPlace.get(key);
      if (known === undefined) byPlace.set(key, { at, found, services: [service] });
      else if (!known.services.includes(service)) known.services.push(service);
    },
    all() {
      const due = [...byPlace].filter(([, { at }]) => looking.within === null || isWithin(at.start));
      return due.map(([key, { at, found, services }]) => {
        byPlace.delete(key);
        return {
          at,
          found,
          services,
          names: services.map(({ name }) => name).join(', '),
          isShared: services.length > 1,
        };
      });
    },
  };
}
