// Paths: joined and cleaned as Compose does it, without a file system.

/** `a/./b/../c` as `a/c`; the empty path is `.`. */
export function cleanPath(path: string): string {
  const isRooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isRooted) parts.push('..');
  }
  const joined = parts.join('/');
  return isRooted ? `/${joined}` : joined || '.';
}

/** A path with `/`, or with a drive letter or a share in front. */
export const isAbsolute = (path: string): boolean =>
  path.startsWith('/') || path.startsWith('\\\\') || /^[a-zA-Z]:[\\/]/.test(path);

export const joinPath = (folder: string, path: string): string =>
  isAbsolute(path) ? path : cleanPath(`${folder}/${path}`);

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash) || '/';
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
