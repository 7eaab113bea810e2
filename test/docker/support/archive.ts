// Tar archives, as `docker export` writes them: what each entry is, for comparing two of them.
import { createHash } from 'node:crypto';

const blockSize = 512;

const textAt = (block: Buffer, from: number, length: number): string => {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString('utf8');
};

const numberAt = (block: Buffer, from: number, length: number): number =>
  Number.parseInt(textAt(block, from, length).trim() || '0', 8);

/** The records of an extended header: `30 path=...\n`. */
function recordsOf(content: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < content.length; ) {
    const length = Number.parseInt(content.subarray(at).toString('latin1'), 10);
    if (!(length > 0)) break;
    const record = content.subarray(at, at + length).toString('utf8');
    const [, name = '', value = ''] = /^\d+ ([^=]+)=(.*)\n$/s.exec(record) ?? [];
    records.set(name, value);
    at += length;
  }
  return records;
}

/** Path -> kind, mode, owner, target and content in short; when something was written is left out. */
export function entriesOf(archive: Buffer): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  let extended = new Map<string, string>();
  for (let at = 0; at + blockSize <= archive.length && archive[at] !== 0; ) {
    const header = archive.subarray(at, at + blockSize);
    const size = Number(extended.get('size') ?? numberAt(header, 124, 12));
    const content = archive.subarray(at + blockSize, at + blockSize + size);
    at += blockSize + Math.ceil(size / blockSize) * blockSize;
    const kind = textAt(header, 156, 1);
    if (kind === 'x') {
      extended = recordsOf(content);
      continue;
    }
    const name = [textAt(header, 345, 155), textAt(header, 0, 100)].filter(part => part !== '').join('/');
    const path = extended.get('path') ?? name;
    entries.set(
      `/${path}`,
      [
        kind,
        numberAt(header, 100, 8).toString(8),
        `${numberAt(header, 108, 8)}:${numberAt(header, 116, 8)}`,
        extended.get('linkpath') ?? textAt(header, 157, 100),
        createHash('sha256').update(content).digest('hex'),
      ].join(' '),
    );
    extended = new Map();
  }
  return entries;
}
