// Surroundings of a document as the server sees them: files that are open, then those that can be read.
import type { FolderEntry, Known, Surroundings } from '../../core/language/surroundings.ts';
import type { DockerfileModel } from '../../core/model/dockerfile/model.ts';
import { parseDockerfile } from '../../core/model/dockerfile/parse.ts';
import type { FileSystem, Location } from '../../host/files.ts';

/** Answers by path; what is asked for and not there yet is looked up when told so. */
class Answers<T> {
  readonly #known = new Map<string, T | null>();
  readonly #asked = new Set<string>();
  readonly #find: (path: string) => Promise<T | null>;

  constructor(find: (path: string) => Promise<T | null>) {
    this.#find = find;
  }

  get(path: string): Known<T> {
    if (!this.#known.has(path)) this.#asked.add(path);
    return this.#known.get(path);
  }

  /** False where nothing was asked for. */
  async lookUp(): Promise<boolean> {
    const asked = [...this.#asked];
    this.#asked.clear();
    await Promise.all(asked.map(async path => this.#known.set(path, await this.#find(path))));
    return asked.length > 0;
  }
}

export interface View {
  readonly around: Surroundings;
  /** Looks up what was missing; false where that is nothing. */
  lookUp(): Promise<boolean>;
}

/** For one question: files may have changed when the next one is asked. */
export function lookAround(files: FileSystem, locate: (path: string) => Location | null): View {
  const read = async (path: string): Promise<string | null> => {
    const location = locate(path);
    return location === null ? null : files.read(location);
  };
  const texts = new Answers<string>(read);
  const folders = new Answers<readonly FolderEntry[]>(async path => {
    const location = locate(path);
    return location === null ? null : files.list(location);
  });
  const dockerfiles = new Answers<DockerfileModel>(async path => {
    const text = await read(path);
    return text === null ? null : parseDockerfile(text);
  });
  return {
    around: {
      text: path => texts.get(path),
      folder: path => folders.get(path),
      dockerfile: path => dockerfiles.get(path),
    },
    lookUp: async () =>
      (await Promise.all([texts, folders, dockerfiles].map(all => all.lookUp()))).includes(true),
  };
}
