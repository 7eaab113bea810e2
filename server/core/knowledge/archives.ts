// Archives by their file names: those that ADD unpacks, those that it does not, and what unpacks them.

const unpacked =
  /\.(?:tar(?:\.(?:gz|bz2|xz|zst|lz|lzma|z))?|t[bglpx]?z|tbz?2|tzst|gz|bz2|xz|zst|lz|lzma|z)$/i;
const others = /\.(?:zip|7z|rar)$/i;

/** Tar archives, and compressed files that may hold one. */
export const isTarArchive = (path: string): boolean => unpacked.test(path);

/** Archives that ADD copies as they are, which surprises people. */
export const isOtherArchive = (path: string): boolean => others.test(path);
