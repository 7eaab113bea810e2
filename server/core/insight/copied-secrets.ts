// Secret files that a COPY or ADD takes out of the build context, by name or along with a folder.
import { secretFile } from '../knowledge/secret-files.ts';
import type { CopyInstruction, Word } from '../model/dockerfile/model.ts';
import { parseDockerignore } from '../model/dockerignore.ts';
import { globMatcher } from '../text/globs.ts';
import { type ContextFiles, contextPath, isPattern, isRemote, takes } from './context-files.ts';

export interface CopiedSecret {
  /** Relative to the context. */
  readonly path: string;
  /** What it is: "a private key". */
  readonly kind: string;
}

export interface CopiedSource {
  readonly source: Word;
  /** The source names a secret file itself; else it is a folder or a pattern that holds some. */
  readonly named: boolean;
  readonly secrets: readonly CopiedSecret[];
}

const secretAt = (path: string): CopiedSecret | null => {
  const file = secretFile(path);
  return file && { path, kind: file.kind };
};

/** Without a context only what is named can be seen; with all of one, a pattern is what it matches there. */
export function copiedSecrets(
  { sources, flags, from }: CopyInstruction,
  context: ContextFiles | null,
): CopiedSource[] {
  if (from !== null) return [];
  const excluded = flags.flatMap(({ name, value }) =>
    name === 'exclude' && value !== null ? [globMatcher(value)] : [],
  );
  const ignored = parseDockerignore(context?.ignoreFile?.text ?? '');
  const reaches = (path: string): boolean =>
    !ignored.ignores(path) && !excluded.some(matches => matches(path));
  const lying = (context?.files ?? []).filter(reaches).flatMap(path => secretAt(path) ?? []);

  return sources.flatMap((source): CopiedSource[] => {
    if (isRemote(source.value) || source.value.includes('$')) return [];
    const path = contextPath(source.value);
    const isListed = isPattern(path) && context?.complete === true;
    const own = path === '' || isListed ? null : secretAt(path);
    if (own) return reaches(path) ? [{ source, named: true, secrets: [own] }] : [];
    const taken = takes(path);
    const secrets = lying.filter(secret => taken(secret.path));
    return secrets.length === 0 ? [] : [{ source, named: false, secrets }];
  });
}
