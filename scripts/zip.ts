// Zip archives: the entries of one are packed again, as small as deflate allows, and JSON without its blanks. Only what a
// `.vsix` has of the format is read.
import { crc32, inflateRawSync } from 'node:zlib';
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

const nameOf = ({ record }: Entry): string =>
  record.toString('utf8', headLength.central, headLength.central + record.readUInt16LE(28));

/** Of the manifest, what only those need who work on the extension. */
const forDevelopment = new Set(['scripts', 'devDependencies', 'overrides']);

/** Nobody reads the blanks of JSON in an archive. */
function withoutBlanks(name: string, content: Buffer): Buffer {
  if (!name.endsWith('.json')) return content;
  const isManifest = name === 'extension/package.json';
  const value: Record<string, unknown> = JSON.parse(content.toString('utf8'));
  const kept = Object.entries(value).filter(([key]) => !isManifest || !forDevelopment.has(key));
  return Buffer.from(JSON.stringify(Array.isArray(value) ? value : Object.fromEntries(kept)));
}

interface Packed {
  readonly packed: Buffer;
  readonly record: Buffer;
}

async function smaller(entry: Entry): Promise<Packed> {
  const { method, packed } = entry;
  const record = Buffer.from(entry.record);
  if (method !== deflated) return { packed, record };
  const before = inflateRawSync(packed);
  const content = withoutBlanks(nameOf(entry), before);
  const best = Buffer.from(await deflateAsync(content, { numiterations: 15, blocksplittingmax: 0 }));
  if (best.length >= packed.length) return { packed, record };
  record.writeUInt32LE(crc32(content), 16);
  record.writeUInt32LE(content.length, 24);
  return { packed: best, record };
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
    const { packed, record } = await smaller(entry);
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
