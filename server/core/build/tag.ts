// The tag that is proposed for an image: the name of the folder, and the commit that is built.

/** What a registry takes for the name of a repository. */
const named = (folder: string): string =>
  folder
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/[._-]*[-][._-]*|[._]+/g, separator => (separator.includes('-') ? '-' : separator.slice(0, 1)))
    .replace(/^[._-]+|[._-]+$/g, '')
    .slice(0, 100)
    .replace(/[._-]+$/, '');

/** `commit` is the hash; null outside of a repository. A service or stage that is built alone has a name of its own. */
export function proposedTag(folder: string, commit: string | null, part: string | null = null): string {
  const base = named(folder) || 'image';
  const name = part === null ? base : `${base}-${named(part) || 'part'}`;
  return `${name}:${commit !== null && /^[0-9a-f]{7,64}$/.test(commit) ? commit.slice(0, 7) : 'latest'}`;
}
