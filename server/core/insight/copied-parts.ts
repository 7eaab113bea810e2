// Parts of folders: what COPY and ADD have brought along with a folder of the build context.
import type { CopyInstruction, DockerfileModel, Instruction } from '../model/dockerfile/model.ts';
import { parseDockerignore } from '../model/dockerignore.ts';
import { type ContextFiles, contextPath, isPattern, isRemote, takes } from './context-files.ts';
import { destinationOf } from './copy-target.ts';
import { siblingsOf } from './siblings.ts';

/** Paths are those of the context. */
export interface CopiedPart {
  readonly copy: CopyInstruction;
  readonly source: string;
  readonly path: string;
}

/** The sources before an instruction that may have brought an absolute path along. */
export const perhapsBrought = (
  model: DockerfileModel,
  before: Instruction,
  path: string,
): readonly CopiedPart[] =>
  siblingsOf(model, before).flatMap(copy => {
    if ((copy.keyword !== 'COPY' && copy.keyword !== 'ADD') || copy.index > before.index) return [];
    if (copy.from !== null || copy.onbuild !== null || copy.flags.some(({ name }) => name === 'exclude'))
      return [];
    const folder = destinationOf(copy)?.replace(/\/$/, '');
    if (folder === undefined || !path.startsWith(`${folder}/`)) return [];
    return copy.sources.flatMap(({ value }) => {
      const source = contextPath(value);
      if (isRemote(value) || isPattern(source) || source.includes('$')) return [];
      return { copy, source, path: `${source}${path.slice(folder.length)}`.replace(/^\//, '') };
    });
  });

/** What sources come with, and no build makes. */
const besideSources =
  /(?:^|\/)(?:__tests__|tests?|specs?|docs?|examples?|fixtures|\.git\w*|\.idea|\.vscode)$/;

/** Where the context is not known, or is another one, the name alone tells. */
export function isBrought({ source, path }: CopiedPart, context: ContextFiles | null): boolean {
  const { ignores } = parseDockerignore(context?.ignoreFile?.text ?? '');
  const lying = context?.files
    .filter(takes(source))
    .filter(file => !/dockerfile|\.dockerignore$/i.test(file));
  if (lying?.length) return lying.filter(takes(path)).some(file => !ignores(file));
  return besideSources.test(path) && !ignores(path) && !/\.\w+$/.test(source);
}
