// Edits of mounts: taken away, or made read-only, in short and long form.
import type { HostMount } from '../insight/host-mounts.ts';
import { addPair, removeEntries } from '../model/compose/edit.ts';
import type { ComposeModel } from '../model/compose/model.ts';
import type { Mount } from '../model/compose/volumes.ts';
import { type Edit, insert, replace } from '../text/edit.ts';

/** Null where the mount is one that several volumes or lists have in common. */
export function withoutMount(model: ComposeModel, { mount, volume }: HostMount): readonly Edit[] | null {
  return volume === null ? removeEntries(model, [mount.span]) : null;
}

/** Null where the text leaves no place for it. */
export function readOnlyMount(model: ComposeModel, mount: Mount): readonly Edit[] | null {
  const { map, options, end } = mount;
  if (options !== null) {
    const writing = options.find(({ text }) => text === 'rw');
    if (writing) return [replace(writing.span, 'ro')];
    return [insert(end, options.length > 0 ? ',ro' : ':ro')];
  }
  if (map === null) return null;
  const stated = map.pairs.find(({ key }) => key.text === 'read_only');
  if (stated === undefined) return addPair(model, map, 'read_only', true);
  return stated.value?.kind === 'scalar' ? [replace(stated.value.span, 'true')] : null;
}
