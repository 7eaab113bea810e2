// Variables of a service's environment, written in the form that it has.
import { addItem, addKey } from '../model/compose/edit.ts';
import type { ComposeModel, Service } from '../model/compose/model.ts';
import type { Edit } from '../text/edit.ts';

/** Adds a variable to the list or map of `environment`, or a map with it. */
export const addVariable = (
  model: ComposeModel,
  service: Service,
  name: string,
  value: string,
): Edit[] | null =>
  service.get('environment')?.node?.kind === 'sequence'
    ? addItem(model, service, ['environment'], `${name}=${value}`)
    : addKey(model, service, ['environment', name], value);
