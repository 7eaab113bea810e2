// The machine, as a language server on Node sees it.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { scannerNames } from '../core/scan/model.ts';
import type { Location } from '../host/files.ts';
import type { ImageBuilder } from '../host/image-builder.ts';
import type { FileSource, ImageScanner, ServerHost } from '../lsp/host.ts';
import { diskFiles } from './files.ts';
import { imageInspector } from './image-inspector.ts';
import { scanImage } from './scanners/run.ts';
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

const imageScanner: ImageScanner = async ({ settings, folders, onCancelled, ...scan }) => {
  const controller = new AbortController();
  onCancelled(() => controller.abort());
  const answer = await scanImage({
    ...scan,
    scanner:
      scannerNames.find(name => name === settings.scanner) ?? (settings.server === null ? null : 'trivy'),
    program: settings.path,
    server: settings.server,
    isRemote: false,
    signal: controller.signal,
    projects: folders.flatMap(pathsOf),
  });
  return 'problem' in answer ? { text: answer.problem, kind: answer.kind } : answer;
};

/** Loaded when somebody builds. */
function imageBuilder(folders: readonly Location[]): ImageBuilder {
  const load = async (): Promise<ImageBuilder> =>
    (await import('./on-demand.ts')).imageBuilder(folders.flatMap(pathsOf));
  const atFile = <Document extends { readonly location: Location }>(document: Document): Document => ({
    ...document,
    location: fileURLToPath(document.location),
  });
  return {
    form: async (document, wish) => (await load()).form(atFile(document), wish),
    async plan(document, wish) {
      const plan = await (await load()).plan(atFile(document), wish);
      return typeof plan === 'string' ? plan : { ...plan, location: pathToFileURL(plan.location).href };
    },
  };
}

export const machine: ServerHost = {
  disk,
  scriptChecker,
  imageBuilder,
  imageInspector: folders => imageInspector(folders.flatMap(pathsOf)),
  registries: async folders => (await import('./on-demand.ts')).registryAccess(folders.flatMap(pathsOf)),
  versionFinder: folders => versionFinder(folders.flatMap(pathsOf)),
  imageScanner,
  sizeInspector: folders => async (question, stopping) => {
    const { sizeInspector } = await import('./on-demand.ts');
    return sizeInspector(folders.flatMap(pathsOf))(question, stopping);
  },
  turn: () => new Promise(resolve => setImmediate(resolve)),
  pause: () => new Promise(resolve => setTimeout(resolve, 400)),
};
