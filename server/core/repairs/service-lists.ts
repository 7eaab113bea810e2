// Lists of a service that get several items at once.
import { addItem, addKey } from '../model/compose/edit.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import type { Edit } from '../text/edit.ts';

/** Adds items to a list, which is made where it is missing; none are no change. Null where that cannot be written. */
export function addItems(
  model: ComposeModel,
  service: Service,
  key: string,
  items: readonly string[],
): readonly Edit[] | null {
  if (items.length === 0) return [];
  if (service.get(key) === undefined) return addKey(model, service, [key], { list: items });
  const edits = items.map(item => addItem(model, service, [key], item));
  return edits.every(edit => edit !== null) ? edits.flatMap(edit => edit ?? []) : null;
}
