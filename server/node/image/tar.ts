// Tar archives as a stream: pieces of bytes go in, entries with their bytes come out, and nothing is kept of them.
/** An archive that cannot be read; the message goes on after its name. */
export class ArchiveProblem extends Error {}

export interface TarHeader {
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'hardlink' | 'other';
  /** As it is on a disk: a sparse file has its holes. */
  readonly size: number;
  readonly target: string;
}

/** Takes the bytes of one entry. */
export interface Sink {
  write(bytes: Buffer): void;
  end(): void;
}

/** Null: the bytes are of no interest. */
export type OnEntry = (header: TarHeader) => Sink | null;

const block = 512;
/** Of a name in bytes: as Linux allows, and of the attributes that stand with it. */
const longestPath = 4_096;
const longestAttributes = 1_048_576;
const unsized = 'does not say how many bytes a file has';

const kinds: Readonly<Record<string, TarHeader['kind']>> = {
  '\0': 'file',
  '0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'hardlink',
  '2': 'link',
  '5': 'folder',
};

/** A number in octal digits, or in binary where the first bit says so. */
function numberAt(header: Buffer, start: number, length: number): number {
  const first = header[start] ?? 0;
  if (first & 0x80) {
    if (first & 0x40) throw new ArchiveProblem('says that a file has fewer bytes than none');
    let value = first & 0x3f;
    for (let at = start + 1; at < start + length; at++) value = value * 256 + (header[at] ?? 0);
    return value;
  }
  const digits = textAt(header, start, length).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : Number.NaN;
}

function textAt(header: Buffer, start: number, length: number): string {
  const end = header.indexOf(0, start);
  return header.toString('utf8', start, end < 0 || end > start + length ? start + length : end);
}

/** The sum of its bytes, with blanks in the place of the sum. */
export function isHeader(header: Buffer): boolean {
  if (header.length < block) return false;
  let sum = 8 * 32;
  for (let at = 0; at < block; at++) if (at < 148 || at >= 156) sum += header[at] ?? 0;
  return sum === numberAt(header, 148, 8);
}

const wanted = new Set([
  'path',
  'linkpath',
  'size',
  'GNU.sparse.name',
  'GNU.sparse.size',
  'GNU.sparse.realsize',
]);

/** `23 path=some/where\n`, one after another. */
function attributesIn(bytes: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(32, at);
    const length = Number(bytes.toString('latin1', at, blank));
    const equals = bytes.indexOf(61, blank);
    const end = at + length;
    if (!(blank > at && length > 0 && equals > blank && end <= bytes.length)) break;
    const name = bytes.toString('utf8', blank + 1, equals);
    if (wanted.has(name)) found.set(name, bytes.toString('utf8', equals + 1, end - 1));
    at = end;
  }
  return found;
}

const isZero = (bytes: Buffer): boolean => bytes.every(byte => byte === 0);

/** What reads the bytes that come next. */
type Reading =
  | { readonly what: 'header' }
  | { readonly what: 'map'; readonly entry: TarHeader; readonly left: number }
  | { readonly what: 'attributes'; readonly type: string; readonly pieces: Buffer[] }
  | { readonly what: 'bytes'; readonly sink: Sink | null }
  /** Behind the last entry. */
  | { readonly what: 'rest' };

export class TarReader {
  readonly #onEntry: OnEntry;
  #reading: Reading = { what: 'header' };
  /** Of the entry, and what fills its last block. */
  #left = 0;
  #padding = 0;
  /** A block of which only the beginning has come. */
  #begun: Buffer = Buffer.alloc(0);
  #attributes = new Map<string, string>();
  /** Bytes that have come. */
  size = 0;

  constructor(onEntry: OnEntry) {
    this.#onEntry = onEntry;
  }

  write(piece: Buffer): void {
    this.size += piece.length;
    let bytes = piece;
    while (bytes.length > 0) {
      if (this.#reading.what === 'rest') return;
      if (this.#left > 0) {
        const taken = bytes.subarray(0, this.#left);
        this.#take(taken);
        this.#left -= taken.length;
        bytes = bytes.subarray(taken.length);
        if (this.#left === 0) this.#finish();
      } else if (this.#padding > 0) {
        const passed = Math.min(this.#padding, bytes.length);
        this.#padding -= passed;
        bytes = bytes.subarray(passed);
      } else {
        const missing = block - this.#begun.length;
        const taken = bytes.subarray(0, missing);
        bytes = bytes.subarray(taken.length);
        if (taken.length < missing) {
          this.#begun = Buffer.concat([this.#begun, taken]);
        } else {
          const whole = this.#begun.length === 0 ? taken : Buffer.concat([this.#begun, taken]);
          this.#begun = Buffer.alloc(0);
          this.#block(whole);
        }
      }
    }
  }

  /** An archive may end without the blocks that end it, but not within an entry. */
  end(): void {
    const isBetween = this.#reading.what === 'header' && this.#begun.length === 0;
    if (this.#left > 0 || this.#padding > 0 || !(isBetween || this.#reading.what === 'rest'))
      throw new ArchiveProblem('ends in the middle of a file');
  }

  #take(bytes: Buffer): void {
    if (this.#reading.what === 'bytes') this.#reading.sink?.write(bytes);
    // A part of a piece would keep the whole of it.
    else if (this.#reading.what === 'attributes') this.#reading.pieces.push(Buffer.from(bytes));
  }

  #finish(): void {
    const reading = this.#reading;
    this.#reading = { what: 'header' };
    if (reading.what === 'bytes') {
      reading.sink?.end();
    } else if (reading.what === 'attributes') {
      const value = Buffer.concat(reading.pieces);
      const [text = ''] = value.toString('utf8').split('\0', 1);
      if (reading.type === 'x')
        for (const [name, said] of attributesIn(value)) this.#attributes.set(name, said);
      else if (reading.type !== 'g') this.#attributes.set(reading.type === 'L' ? 'path' : 'linkpath', text);
    }
  }

  #expect(size: number, reading: Reading): void {
    this.#left = size;
    this.#padding = (block - (size % block)) % block;
    this.#reading = reading;
    if (size === 0) this.#finish();
  }

  #block(header: Buffer): void {
    if (this.#reading.what === 'map') {
      // More places of a sparse file: whether yet another block of them follows stands behind them.
      const { entry, left } = this.#reading;
      if (header[504] === 0) this.#begin(entry, left);
    } else if (isZero(header)) {
      this.#reading = { what: 'rest' };
    } else {
      this.#header(header);
    }
  }

  #header(header: Buffer): void {
    if (!isHeader(header)) throw new ArchiveProblem('is no tar archive, or a damaged one');
    const type = String.fromCharCode(header[156] ?? 0);
    const written = numberAt(header, 124, 12);
    const size = Number(this.#attributes.get('size') ?? written);
    if (!Number.isSafeInteger(size) || size < 0 || Number.isNaN(written)) throw new ArchiveProblem(unsized);
    if ('xgLK'.includes(type)) {
      if (written > longestAttributes) throw new ArchiveProblem(`describes a file in ${written} bytes`);
      this.#expect(written, { what: 'attributes', type, pieces: [] });
      return;
    }
    const entry = this.#entry(header, type, size);
    // What has no bytes may name a size all the same: that of what it leads to.
    const left = entry.kind === 'folder' || '123456'.includes(type) ? 0 : size;
    if (type === 'S' && header[482] === 1) this.#reading = { what: 'map', entry, left };
    else this.#begin(entry, left);
  }

  #entry(header: Buffer, type: string, size: number): TarHeader {
    const said = this.#attributes;
    this.#attributes = new Map();
    const isPosix = header.toString('latin1', 257, 263) === 'ustar\0';
    const prefix = isPosix ? textAt(header, 345, 155) : '';
    const name = textAt(header, 0, 100);
    const path =
      said.get('GNU.sparse.name') ?? said.get('path') ?? (prefix === '' ? name : `${prefix}/${name}`);
    const target = said.get('linkpath') ?? textAt(header, 157, 100);
    if (path.length > longestPath || target.length > longestPath)
      throw new ArchiveProblem(`has a name of ${Math.max(path.length, target.length)} characters`);
    const known = kinds[type] ?? 'other';
    // Before there was a type for folders, a slash told them.
    const kind = known === 'file' && path.endsWith('/') ? 'folder' : known;
    const sparse = said.get('GNU.sparse.realsize') ?? said.get('GNU.sparse.size');
    const whole = type === 'S' ? numberAt(header, 483, 12) : Number(sparse ?? size);
    if (!Number.isSafeInteger(whole)) throw new ArchiveProblem(unsized);
    return { path, kind, size: kind === 'file' ? whole : 0, target };
  }

  #begin(entry: TarHeader, left: number): void {
    this.#expect(left, { what: 'bytes', sink: this.#onEntry(entry) });
  }
}
