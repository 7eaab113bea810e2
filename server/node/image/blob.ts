// Blobs: parts of an image of which only their bytes tell what they are: a layer, packed or not, or a text.
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { LayerContent } from '../../core/image/entry.ts';
import { type Allowance, LayerReader, TooMuch } from './layer.ts';
import { ArchiveProblem, isHeader, type Sink } from './tar.ts';

export type Blob =
  | { readonly kind: 'layer'; readonly content: LayerContent }
  | { readonly kind: 'text'; readonly text: string }
  /** It matters only where an image is made of it. */
  | { readonly kind: 'problem'; readonly message: string };

/** Of a text, in bytes: manifests and configurations are far smaller. */
const longestText = 8_000_000;
/** Bytes that tell what it is. */
const telling = 512;

type Packing = 'gzip' | 'zstd' | null;

export function packingOf(beginning: Buffer): Packing {
  if (beginning.readUInt16BE(0) === 0x1f8b) return 'gzip';
  return beginning.readUInt32BE(0) === 0x28b52ffd ? 'zstd' : null;
}

/** Newer versions of Node know zstd. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };

export function unpacker(packing: Exclude<Packing, null>): Transform {
  if (packing === 'gzip') return zlib.createGunzip();
  if (createZstdDecompress) return createZstdDecompress();
  throw new ArchiveProblem(
    `is packed with zstd, which Node ${process.versions.node} does not know: Node 22.15 or newer does`,
  );
}

export class BlobReader implements Sink {
  readonly #allowance: Allowance;
  readonly #done: (blob: Blob) => void;
  #beginning: Buffer | null = Buffer.alloc(0);
  #taker: Sink | null = null;
  /** Waits until more can be taken; null where that is now. */
  #waiting: Promise<void> | null = null;
  #failed = false;
  #fatal: unknown = null;

  constructor(allowance: Allowance, done: (blob: Blob) => void) {
    this.#allowance = allowance;
    this.#done = done;
  }

  write(bytes: Buffer): void {
    this.#attempt(() => {
      if (this.#beginning === null) {
        this.#taker?.write(bytes);
        return;
      }
      this.#beginning = Buffer.concat([this.#beginning, bytes]);
      if (this.#beginning.length >= telling) this.#start(this.#beginning);
    });
  }

  end(): void {
    this.#attempt(() => {
      if (this.#beginning !== null) this.#start(this.#beginning);
      this.#taker?.end();
    });
  }

  /** Until what was written is worked off. */
  async settled(): Promise<void> {
    while (this.#waiting !== null) {
      const waiting = this.#waiting;
      await waiting;
      if (this.#waiting === waiting) this.#waiting = null;
    }
    if (this.#fatal !== null) throw this.#fatal;
  }

  /** What one blob lacks is told when it is needed; what is too much ends all. */
  #attempt(act: () => void): void {
    if (this.#failed) return;
    try {
      act();
    } catch (error) {
      this.#fail(error);
      if (error instanceof TooMuch) throw error;
    }
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    if (error instanceof TooMuch) this.#fatal = error;
    const isTold = error instanceof ArchiveProblem;
    this.#done({ kind: 'problem', message: isTold ? error.message : 'is damaged: it cannot be unpacked' });
  }

  #start(beginning: Buffer): void {
    this.#beginning = null;
    this.#taker = this.#takerFor(beginning);
    this.#taker?.write(beginning);
  }

  #takerFor(beginning: Buffer): Sink {
    const packing = beginning.length < 4 ? null : packingOf(beginning);
    if (packing !== null) return this.#unpacking(unpacker(packing));
    const isEmptyArchive = beginning.length >= telling && beginning.every(byte => byte === 0);
    return isHeader(beginning) || isEmptyArchive ? this.#layer() : this.#text();
  }

  #layer(): Sink {
    const layer = new LayerReader(this.#allowance);
    return {
      write: bytes => layer.write(bytes),
      end: () => {
        layer.end();
        this.#done({ kind: 'layer', content: layer.content });
      },
    };
  }

  #text(): Sink {
    const pieces: Buffer[] = [];
    let size = 0;
    return {
      write: bytes => {
        size += bytes.length;
        this.#allowance.text(bytes.length);
        if (size > longestText) throw new ArchiveProblem('is neither a layer nor a manifest');
        pieces.push(Buffer.from(bytes));
      },
      end: () => this.#done({ kind: 'text', text: Buffer.concat(pieces).toString('utf8') }),
    };
  }

  #unpacking(stream: Transform): Sink {
    const layer = this.#layer();
    const fail = (error: unknown): void => {
      this.#fail(error);
      stream.destroy();
    };
    const ended = new Promise<void>(resolve => {
      stream.on('error', fail).on('close', resolve);
      stream.on('data', (bytes: Buffer) => {
        try {
          layer.write(bytes);
        } catch (error) {
          fail(error);
        }
      });
      stream.on('end', () => {
        try {
          if (!this.#failed) layer.end();
        } catch (error) {
          fail(error);
        }
      });
    });
    return {
      write: bytes => {
        if (stream.destroyed || stream.write(bytes)) return;
        const drained = new Promise<void>(resolve => stream.once('drain', resolve));
        this.#waiting = Promise.race([drained, ended]);
      },
      end: () => {
        stream.end();
        this.#waiting = ended;
      },
    };
  }
}
