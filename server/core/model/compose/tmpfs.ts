// The file systems in memory of a service: `tmpfs`, as a text or a list, and mounts of that type.
import { itemsOf } from './items.ts';
import type { ComposeModel, Service } from './model.ts';
import { splitAtColons, type Word, wordsBetweenCommas } from './short-form.ts';

export interface Tmpfs {
  readonly target: string;
  readonly options: readonly Word[];
}

/** The entries of `tmpfs`: `target[:option,option]`. */
export const tmpfsOf = (model: ComposeModel, service: Service): readonly Tmpfs[] =>
  itemsOf(model, service, 'tmpfs').map(({ value }) => {
    const [target, options] = splitAtColons(value.text);
    return {
      target: value.text.slice(target?.start, target?.end).trim(),
      options: wordsBetweenCommas(value, options),
    };
  });
