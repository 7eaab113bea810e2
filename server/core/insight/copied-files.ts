// Files of the project that a RUN finds: those that COPY and ADD brought into its stage, and those that it binds.
import type { CopyInstruction, RunInstruction } from '../model/dockerfile/model.ts';
import { globMatcher } from '../text/globs.ts';
import { builtFrom } from './run-effects.ts';

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const copied = ({ sources, from }: CopyInstruction): readonly string[] =>
  from === null ? sources.map(({ value }) => value) : [];

/** The sources as written. */
function* sourcesBefore(run: RunInstruction): Generator<string> {
  for (const { options, type } of run.mounts) {
    const source = options.get('source') ?? options.get('src');
    if (type === 'bind' && !options.has('from')) yield source?.value ?? '.';
  }
  for (const instruction of run.stage === null ? [] : builtFrom(run.stage)) {
    if (instruction.index >= run.index) continue;
    if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') yield* copied(instruction);
  }
}

const isFolder = (source: string): boolean =>
  !lastPart(source).includes('.') || /(?:^|\/)\.{0,2}$/.test(source);

const isPattern = (name: string): boolean => name !== '*' && /[*?[]/.test(name);

/**
 * Whether a file of the project is there: `named` where it is copied under its name or a pattern for it, `perhaps` where
 * it may lie in a folder that is, null where neither.
 */
export function findsFile(run: RunInstruction, name: string): 'named' | 'perhaps' | null {
  let found: 'perhaps' | null = null;
  for (const source of sourcesBefore(run)) {
    const last = lastPart(source);
    if (last === name || (isPattern(last) && globMatcher(`/${last}`)(name))) return 'named';
    if (isFolder(source) || last === '*') found = 'perhaps';
  }
  return found;
}
