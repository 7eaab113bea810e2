// An extension for the tests: a file system in memory, as one of a repository that is nowhere on the disk.
import {
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  type FileChangeEvent,
  FileChangeType,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  workspace,
} from 'vscode';

interface Entry {
  readonly content: Uint8Array | null;
  readonly time: number;
}

class Memory implements FileSystemProvider {
  readonly #entries = new Map<string, Entry>([['/', { content: null, time: 0 }]]);
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  #time = 0;

  watch(): Disposable {
    return { dispose: () => {} };
  }

  stat(uri: Uri): FileStat {
    const { content, time } = this.#at(uri);
    const type = content ? FileType.File : FileType.Directory;
    return { type, ctime: 0, mtime: time, size: content?.length ?? 0 };
  }

  readDirectory(uri: Uri): [string, FileType][] {
    const lead = uri.path.replace(/\/?$/, '/');
    return [...this.#entries]
      .filter(([path]) => path !== '/' && path.startsWith(lead) && !path.slice(lead.length).includes('/'))
      .map(([path, { content }]) => [path.slice(lead.length), content ? FileType.File : FileType.Directory]);
  }

  createDirectory(uri: Uri): void {
    this.#set(uri, null);
  }

  readFile(uri: Uri): Uint8Array {
    return this.#at(uri).content ?? this.#missing(uri);
  }

  writeFile(uri: Uri, content: Uint8Array): void {
    this.#set(uri, content);
  }

  delete(uri: Uri): void {
    this.#entries.delete(uri.path);
    this.#changed.fire([{ type: FileChangeType.Deleted, uri }]);
  }

  rename(from: Uri, to: Uri): void {
    this.#set(to, this.#at(from).content);
    this.delete(from);
  }

  #set(uri: Uri, content: Uint8Array | null): void {
    const type = this.#entries.has(uri.path) ? FileChangeType.Changed : FileChangeType.Created;
    this.#entries.set(uri.path, { content, time: ++this.#time });
    this.#changed.fire([{ type, uri }]);
  }

  #at(uri: Uri): Entry {
    return this.#entries.get(uri.path) ?? this.#missing(uri);
  }

  #missing(uri: Uri): never {
    throw FileSystemError.FileNotFound(uri);
  }
}

export function activate(context: ExtensionContext): void {
  const memory = new Memory();
  context.subscriptions.push(
    workspace.registerFileSystemProvider('memory', memory, { isCaseSensitive: true }),
  );
  memory.createDirectory(Uri.from({ scheme: 'memory', path: '/work' }));
}
