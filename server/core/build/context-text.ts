// A large context, told before it is sent.
import { bytesText } from '../text/bytes.ts';
import type { ContextSize } from './context-size.ts';

/** From this many bytes on a context is told before it is sent. */
export const largeContext = 50_000_000;

export function contextText({ bytes, files, isWhole, largest, ignoreFile }: ContextSize): string {
  const atLeast = isWhole ? '' : 'at least ';
  const parts = largest.map(part => `${part.path} ${bytesText(part.bytes)}`).join(', ');
  const cure =
    ignoreFile === null
      ? 'A .dockerignore leaves out what the image does not need.'
      : `${ignoreFile} lets it through.`;
  return `The build context has ${atLeast}${bytesText(bytes)} in ${files} files: ${parts}. ${cure}`;
}
