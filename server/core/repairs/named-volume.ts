// Named volumes: a name that the file does not have yet, and its entry at the top level.
import { addTopLevel } from '../model/compose/edit.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import type { Edit } from '../text/edit.ts';

/** `db-data`, or the first of `db-data-2`, ... that is free. */
export function freeVolumeName(model: ComposeModel, service: Service, what: string): string {
  const taken = new Set(model.section('volumes').map(({ name }) => name));
  const plain = `${service.name}-${what}`.replace(/[^\w.-]+/g, '-');
  for (let count = 1; ; count++) {
    const name = count === 1 ? plain : `${plain}-${count}`;
    if (!taken.has(name)) return name;
  }
}

/** Declares a volume that Docker keeps where it likes. */
export const declareVolume = (model: ComposeModel, name: string): Edit[] | null =>
  addTopLevel(model, 'volumes', name, null);
