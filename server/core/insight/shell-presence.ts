// Whether an image has a shell at all: scratch and distroless images bring none.
import type { CopyInstruction, Instruction, Stage } from '../model/dockerfile/model.ts';
import { destinationOf } from './copy-target.ts';
import { builtFrom } from './run-effects.ts';
import { inspectStage } from './stage.ts';

/** Archives are unpacked, whole file systems copied, and a file may be called `sh`. */
function mayBringShell(copy: CopyInstruction): boolean {
  const target = destinationOf(copy);
  if (copy.keyword === 'ADD' || target === null) return true;
  return (
    /^\/(?:(?:usr\/)?(?:local\/)?s?bin(?:\/(?:ba|da|a|k|z)?sh|\/busybox)?)?$/.test(target) ||
    copy.sources.some(({ value }) => /(?:^|\/)(?:\w*sh|busybox)?$/.test(value))
  );
}

const bringsShell = (instruction: Instruction): boolean =>
  instruction.keyword === 'SHELL' ||
  ((instruction.keyword === 'COPY' || instruction.keyword === 'ADD') && mayBringShell(instruction));

/** Known of the base, and nothing before the instruction with that index has brought one. */
export function lacksShell(stage: Stage, index = Number.POSITIVE_INFINITY): boolean {
  if (stage.root.kind !== 'scratch' && inspectStage(stage).facts?.shell !== false) return false;
  return !builtFrom(stage).some(other => other.index < index && bringsShell(other));
}
