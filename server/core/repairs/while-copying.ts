// Modes and owners said while copying: `COPY --chmod` and `--chown` instead of a RUN behind it.
import type { Fix } from '../engine/finding.ts';
import { fix } from '../engine/rule.ts';
import type { Change } from '../insight/changes.ts';
import type { CopiedPath } from '../insight/copied-paths.ts';
import { builtFrom, commandsOf } from '../insight/run-effects.ts';
import { siblingsOf } from '../insight/siblings.ts';
import { inspectStage } from '../insight/stage.ts';
import type { CopyInstruction, DockerfileModel, RunInstruction, Stage } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import type { ShellCommand } from '../model/shell/script.ts';
import { insert } from '../text/edit.ts';
import { removeCommand } from './commands.ts';

/** Null where COPY does not take the value, or not with that effect. */
function flagFor({ tool, value, isRecursive }: Change): string | null {
  if (tool === 'chown') return /^[\w.-]*(?::[\w.-]*)?$/.test(value) ? `--chown=${value}` : null;
  if (/^0?[0-7]{3,4}$/.test(value)) return `--chmod=${value}`;
  return /^(?:a|ugo)?\+x$/.test(value) && !isRecursive ? '--chmod=755' : null;
}

const makers = new Set(['useradd', 'adduser', 'groupadd', 'addgroup']);

/** The words that programs which make accounts and groups are given, with the first instruction that does so. */
const madeIn = rememberFor((stage: Stage): ReadonlyMap<string, number> => {
  const first = new Map<string, number>();
  for (const instruction of builtFrom(stage)) {
    for (const { name, args } of commandsOf([instruction])) {
      if (!makers.has(name ?? '')) continue;
      for (const { value } of args) {
        if (value !== null && !first.has(value)) first.set(value, instruction.index);
      }
    }
  }
  return first;
});

/**
 * The base brings the account or the group, or a RUN before the COPY makes it. With `--link` the COPY sees neither of
 * them, and takes numbers alone.
 */
function isThere({ stage, index, flags }: CopyInstruction, name: string): boolean {
  if (/^\d*$/.test(name)) return true;
  if (stage === null || flags.some(flag => flag.name === 'link')) return false;
  if (name === 'root') return true;
  if (inspectStage(stage).facts?.accounts.some(account => account.name === name)) return true;
  return (madeIn(stage).get(name) ?? index) < index;
}

/** A RUN between may have made other files there. */
const isMixed = (model: DockerfileModel, run: RunInstruction, copies: readonly CopyInstruction[]): boolean =>
  siblingsOf(model, run).some(
    ({ keyword, index }) => keyword === 'RUN' && index < run.index && copies.some(copy => index > copy.index),
  );

/** None where a path holds other things too, or the flag would not come to the same. */
export function sayWhileCopying(
  model: DockerfileModel,
  run: RunInstruction,
  command: ShellCommand,
  change: Change,
  found: readonly (readonly CopiedPath[])[],
): Fix[] {
  const flag = flagFor(change);
  const removal = run.onbuild === null ? removeCommand(model, run, command) : null;
  const copies = [...new Set(found.flat().map(({ copy }) => copy))];
  if (flag === null || removal === null) return [];
  if (!found.every(paths => paths.length > 0 && paths.every(({ isAll }) => isAll))) return [];
  if (copies.some(({ flags }) => flags.some(({ name }) => name === change.tool))) return [];
  if (change.isRecursive && isMixed(model, run, copies)) return [];
  const names = change.tool === 'chown' ? change.value.split(':') : [];
  if (!copies.every(copy => names.every(name => isThere(copy, name)))) return [];
  const edits = copies.map(({ keywordSpan }) => insert(keywordSpan.end, ` ${flag}`));
  return [fix(`Say ${flag} while copying`, 'unsafe', [...edits, removal])];
}
