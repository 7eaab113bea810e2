// Streams: all the documents of a file, each with its places in the whole of it.
import { parseYaml } from './adapter.ts';
import type { YamlDocument } from './node.ts';

/** More documents than people write into one file. */
const maxDocuments = 100;

/** A marker ends whatever stands before it, also a block scalar. */
const marker = /^---(?=\s|$)/gm;

/** The same lines and columns with nothing on them. */
const blank = (text: string): string => text.replaceAll(/[^\r\n]/g, ' ');

/** Where documents begin: the first one at its marker, or without one at the start of the text. */
export function documentStarts(text: string): readonly number[] {
  const starts = [...text.matchAll(marker)].map(({ index }) => index);
  const [first] = starts;
  const hasPreamble = first === undefined || /^[ \t]*[^\s#%]/m.test(text.slice(0, first));
  return hasPreamble ? [0, ...starts] : starts;
}

export function parseYamlStream(text: string): YamlDocument[] {
  const bounds = documentStarts(text);
  if (bounds.length === 1) return [parseYaml(text)];
  return bounds
    .slice(0, maxDocuments)
    .map((start, index) =>
      parseYaml(blank(text.slice(0, start)) + text.slice(start, bounds[index + 1] ?? text.length)),
    );
}
