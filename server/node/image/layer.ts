// A layer out of its archive: the entries, with what tells files of the same content.
import { createHash } from 'node:crypto';
import { cleanPath, type Entry, type LayerContent, markOf } from '../../core/image/entry.ts';
import { ArchiveProblem, type Sink, type TarHeader, TarReader } from './tar.ts';

/** Beyond its limits an archive is read no further, whatever it might still hold. */
export class TooMuch extends ArchiveProblem {}

/** More than an image can sensibly have. */
const mostEntries = 2_000_000;

/** What all layers of an image together may be. */
export class Allowance {
  #entries: number;
  #characters = 400_000_000;
  #bytes = 200e9;
  #text = 64_000_000;

  constructor(entries = mostEntries) {
    this.#entries = entries;
  }

  entry(path: string): void {
    this.#entries--;
    this.#characters -= path.length;
    if (this.#entries < 0 || this.#characters < 0)
      throw new TooMuch('has more files than an image can sensibly have');
  }

  bytes(count: number): void {
    this.#bytes -= count;
    if (this.#bytes < 0) throw new TooMuch('unpacks to more than 200 GB');
  }

  text(count: number): void {
    this.#text -= count;
    if (this.#text < 0) throw new TooMuch('has more to say of itself than an image has');
  }
}

/** Bytes below which it matters to nobody that a file is there twice. */
const worthComparing = 4_096;

type Digested = { -readonly [Key in keyof Entry]: Entry[Key] };

export class LayerReader implements Sink {
  readonly #entries: Entry[] = [];
  readonly #tar: TarReader;
  readonly #allowance: Allowance;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
    this.#tar = new TarReader(header => this.#entry(header));
  }

  write(bytes: Buffer): void {
    this.#allowance.bytes(bytes.length);
    this.#tar.write(bytes);
  }

  end(): void {
    this.#tar.end();
  }

  get content(): LayerContent {
    return { entries: this.#entries, archiveSize: this.#tar.size };
  }

  #entry(header: TarHeader): Sink | null {
    const path = cleanPath(header.path);
    this.#allowance.entry(path);
    const entry: Digested = {
      path,
      kind: header.kind,
      size: header.kind === 'link' ? Buffer.byteLength(header.target) : header.size,
      target: header.kind === 'hardlink' ? cleanPath(header.target) : '',
      digest: null,
      ...(header.kind === 'file' || header.kind === 'hardlink' ? markOf(path) : null),
    };
    this.#entries.push(entry);
    return entry.kind === 'file' && entry.size >= worthComparing ? digestInto(entry) : null;
  }
}

function digestInto(entry: Digested): Sink {
  const hash = createHash('sha256');
  return {
    write: bytes => void hash.update(bytes),
    end() {
      // Half of it tells files apart as well, for half of the memory.
      entry.digest = hash.digest('base64').slice(0, 22);
    },
  };
}
