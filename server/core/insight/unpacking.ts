// Commands that unpack an archive which lies in a file.
import { isTarArchive } from '../knowledge/archives.ts';
import type { ShellCommand, ShellWord } from '../model/shell/script.ts';

export interface Unpacking {
  readonly archive: ShellWord;
  /** Where it goes, as written; null for the folder that the command runs in. */
  readonly folder: string | null;
  /** It does what ADD would do: unpack all of it, as it is, to a place that the words tell. */
  readonly isPlain: boolean;
}

/** Options that change nothing but the way it is unpacked, and how much is said about it. */
const plainOption = /^-?[xzjJvfpC]+$|^--(?:extract|directory|file|gzip|verbose)$/;
const decompressors = new Set(['bunzip2', 'gunzip', 'uncompress', 'unlzma', 'unxz', 'unzstd', 'zcat']);

const unquoted = (raw: string): string => raw.replace(/^--file=/, '').replace(/^["']|["']$/g, '');

/** The first word of tar may be options without a dash. */
const extracts = (args: readonly ShellWord[]): boolean =>
  args.some(({ raw }, index) =>
    index === 0 && !raw.includes('/')
      ? /^-?[a-zA-Z]*x[a-zA-Z]*$|^--(?:extract|get)$/.test(raw)
      : /^-[a-zA-Z]*x[a-zA-Z]*$|^--(?:extract|get)$/.test(raw),
  );

function unpackingByTar({ args }: ShellCommand): Unpacking | null {
  const archive = args.find(({ raw }) => isTarArchive(unquoted(raw)));
  if (archive === undefined || !extracts(args)) return null;
  const at = args.findIndex(({ value }) => value === '-C' || value === '--directory');
  const folder = at < 0 ? null : (args[at + 1] ?? null);
  const isPlain = args.every(
    word =>
      (word === archive && word.value === unquoted(word.raw)) ||
      (word === folder && word.value !== null) ||
      plainOption.test(word.value ?? ''),
  );
  return { archive, folder: folder?.value ?? null, isPlain };
}

export function unpackingOf(command: ShellCommand): Unpacking | null {
  if (command.name === 'tar' || command.name === 'bsdtar') return unpackingByTar(command);
  if (!decompressors.has(command.name ?? '')) return null;
  const archive = command.args.find(({ raw }) => /\.(?:tar\.\w+|t[gx]z|tbz2?)$/.test(unquoted(raw)));
  return archive === undefined ? null : { archive, folder: null, isPlain: false };
}
