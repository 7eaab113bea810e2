// Zip archives: the entries of one are packed again, as small as deflate allows. Only what a `.vsix` has of the format is read.
import { inflateRawSync } from 'node:zlib';
import { deflateAsync } from '@gfx/zopfli';

const endMark = 0x06054b50;
const headLength = { local: 30, central: 46, end: 22 } as const;
const deflated = 8;

interface Entry {
  readonly method: number;
  readonly packed: Buffer;
  /** Its record in the directory at the end. */
  readonly record: Buffer;
}

function entriesOf(zip: Buffer): Entry[] {
  const end = zip.length - headLength.end;
  if (zip.readUInt32LE(end) !== endMark) throw new Error('The archive does not end as one does.');
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const rest = zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const record = zip.subarray(at, at + headLength.central + rest);
    const local = record.readUInt32LE(42);
    const start = local + headLength.local + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + record.readUInt32LE(20));
    entries.push({ method: record.readUInt16LE(10), packed, record });
    at += record.length;
  }
  return entries;
}

async function smaller({ method, packed }: Entry): Promise<Buffer> {
  if (method !== deflated) return packed;
  const best = Buffer.from(await deflateAsync(inflateRawSync(packed), { numiterations: 5 }));
  return best.length < packed.length ? best : packed;
}

/** The head in front of the content says what the record says; its length is known beforehand, and nothing extra is in it. */
function localHead(record: Buffer): Buffer {
  const nameLength = record.readUInt16LE(28);
  const head = Buffer.alloc(headLength.local + nameLength);
  head.writeUInt32LE(0x04034b50, 0);
  // From the version needed to the length of the name, both have the same fields.
  record.copy(head, 4, 6, 30);
  record.copy(head, headLength.local, headLength.central, headLength.central + nameLength);
  return head;
}

export async function packSmaller(zip: Buffer): Promise<Buffer> {
  const entries = entriesOf(zip);
  const contents: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const packed = await smaller(entry);
    const record = Buffer.from(entry.record);
    // Sizes stand here, and not behind the content.
    record.writeUInt16LE(record.readUInt16LE(8) & ~8, 8);
    record.writeUInt32LE(packed.length, 20);
    record.writeUInt32LE(offset, 42);
    const head = localHead(record);
    contents.push(head, packed);
    directory.push(record);
    offset += head.length + packed.length;
  }
  const end = Buffer.from(zip.subarray(zip.length - headLength.end));
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...contents, ...directory, end]);
}
