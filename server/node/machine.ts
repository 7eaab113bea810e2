// The machine, as a language server on Node sees it.
import { fileURLToPath } from 'node:url';
import type { Location } from '../host/files.ts';
import type { FileSource, ServerHost } from '../lsp/host.ts';
import { diskFiles } from './files.ts';
import { imageInspector } from './image-inspector.ts';
import { scriptChecker } from './shellcheck.ts';
import { versionFinder } from './versions/finder.ts';

/** There is nothing at a URI that names no path here. */
const atPath =
  <Result>(look: (path: string) => Promise<Result | null>) =>
  async (uri: Location): Promise<Result | null> => {
    try {
      return await look(fileURLToPath(uri));
    } catch {
      return null;
    }
  };

const pathsOf = (uri: Location): string[] => {
  try {
    return [fileURLToPath(uri)];
  } catch {
    return [];
  }
};

const disk: FileSource = { read: atPath(diskFiles.read), list: atPath(diskFiles.list) };

export const machine: ServerHost = {
  disk,
  scriptChecker,
  imageInspector: folders => imageInspector(folders.flatMap(pathsOf)),
  registries: async folders =>
    (await import('./registry/access.ts')).registryAccess(folders.flatMap(pathsOf)),
  versionFinder: folders => versionFinder(folders.flatMap(pathsOf)),
  turn: () => new Promise(resolve => setImmediate(resolve)),
  pause: () => new Promise(resolve => setTimeout(resolve, 400)),
};
