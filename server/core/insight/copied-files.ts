// Files of the project that a RUN finds: those that COPY and ADD brought into its stage, and those that it binds.
import type { CopyInstruction, RunInstruction, Stage } from '../model/dockerfile/model.ts';
import { rememberFor } from '../model/remembered.ts';
import { globMatcher } from '../text/globs.ts';
import { builtFrom } from './run-effects.ts';

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const copied = ({ sources, from }: CopyInstruction): readonly string[] =>
  from === null ? sources.map(({ value }) => value) : [];

interface Copied {
  readonly index: number;
  readonly source: string;
}

/** What a stage and those it is made from copy. */
const copiedInto = rememberFor((stage: Stage): readonly Copied[] =>
  builtFrom(stage).flatMap(instruction =>
    instruction.keyword === 'COPY' || instruction.keyword === 'ADD'
      ? copied(instruction).map(source => ({ index: instruction.index, source }))
      : [],
  ),
);

const bound = ({ mounts }: RunInstruction): readonly string[] =>
  mounts.flatMap(({ options, type }) => {
    const source = options.get('source') ?? options.get('src');
    return type === 'bind' && !options.has('from') ? [source?.value ?? '.'] : [];
  });

/** The sources as written. */
const sourcesBefore = (run: RunInstruction): readonly string[] => [
  ...bound(run),
  ...(run.stage === null ? [] : copiedInto(run.stage))
    .filter(({ index }) => index < run.index)
    .map(({ source }) => source),
];

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
