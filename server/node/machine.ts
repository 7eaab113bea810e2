// The machine, as a language server on Node sees it. Of this only files are read at once: what starts programs is loaded with
// the first question, and so is, apart from it, what goes through the network.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { scannerNames } from '../core/scan/model.ts';
import type { Location } from '../host/files.ts';
import type { ImageBuilder } from '../host/image-builder.ts';
import type { FileSource, ImageScanner, ServerHost } from '../lsp/host.ts';
import { diskFiles } from './files.ts';

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

/** Without anything of the network, which takes 20 ms to load: the first findings wait for ShellCheck. */
const local = (): Promise<typeof import('./local.ts')> => import('./local.ts');
const onDemand = (): Promise<typeof import('./on-demand.ts')> => import('./on-demand.ts');

/** Made when the first question comes. */
function whenAsked<Question extends readonly unknown[], Answer>(
  make: () => Promise<(...question: Question) => Promise<Answer>>,
): (...question: Question) => Promise<Answer> {
  let made: ReturnType<typeof make> | null = null;
  return async (...question) => {
    made ??= make();
    return (await made)(...question);
  };
}

const imageScanner: ImageScanner = async ({ settings, folders, onCancelled, ...scan }) => {
  const controller = new AbortController();
  onCancelled(() => controller.abort());
  const { scanImage } = await local();
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

function imageBuilder(folders: readonly Location[]): ImageBuilder {
  const load = async (): Promise<ImageBuilder> => (await onDemand()).imageBuilder(folders.flatMap(pathsOf));
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
  scriptChecker: file => whenAsked(async () => (await local()).scriptChecker(file)),
  imageBuilder,
  imageInspector: folders => whenAsked(async () => (await local()).imageInspector(folders.flatMap(pathsOf))),
  registries: async folders => (await onDemand()).registryAccess(folders.flatMap(pathsOf)),
  versionFinder: folders => whenAsked(async () => (await local()).versionFinder(folders.flatMap(pathsOf))),
  imageScanner,
  sizeInspector: folders => async (question, stopping) =>
    (await onDemand()).sizeInspector(folders.flatMap(pathsOf))(question, stopping),
  turn: () => new Promise(resolve => setImmediate(resolve)),
  pause: () => new Promise(resolve => setTimeout(resolve, 400)),
};
