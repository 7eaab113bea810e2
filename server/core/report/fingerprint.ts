// Fingerprints: the same finding is recognised in the next run, although lines above it have come and gone.
import type { Finding } from '../engine/finding.ts';
import type { Source } from './report-file.ts';
import { hideSpans } from './sensitive.ts';

const offsetBasis = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;

/** FNV-1a over UTF-16 units, 64 bits as hexadecimal. */
function hash(text: string): string {
  let value = offsetBasis;
  for (let i = 0; i < text.length; i++) {
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(i))) * prime);
  }
  return value.toString(16).padStart(16, '0');
}

/**
 * One function per file: the rule and its line without blanks make the print; a number tells equal ones apart.
 * Secrets are hidden first: nobody can test a guess against the print.
 */
export function fingerprints(source: Source): (finding: Finding) => string {
  const { lines } = source;
  const seen = new Map<string, number>();
  return ({ rule, span }) => {
    const line = lines.lineAt(span.start);
    const [from, to] = [lines.startOf(line), lines.endOf(line)];
    const hidden = source.sensitive.map(({ start, end }) => ({
      start: Math.min(Math.max(start - from, 0), to - from),
      end: Math.min(Math.max(end - from, 0), to - from),
    }));
    const shown = hideSpans(source.text.slice(from, to), hidden).replace(/\s+/g, '');
    const print = hash(`${rule}\n${shown}`);
    const count = (seen.get(print) ?? 0) + 1;
    seen.set(print, count);
    return `${print}:${count}`;
  };
}
