// Package URLs: `pkg:deb/debian/openssl@3.0.11-1?arch=amd64`, the name of a package for every tool.

export interface Purl {
  readonly type: string;
  /** With its namespace, as its manager spells it: `@babel/core`, `github.com/a/b`. */
  readonly name: string;
  readonly version: string | null;
}

/** Percent signs that mean nothing stay. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Systems whose packages have a vendor in front of the name, which is no part of it. */
const withVendor = new Set(['deb', 'rpm', 'apk', 'alpm', 'bitnami']);

export function readPurl(text: string): Purl | null {
  const [, type = '', path = ''] = /^pkg:\/*([a-z0-9.+-]+)\/([^?#]+)/i.exec(text) ?? [];
  const at = path.lastIndexOf('@');
  // A scope begins with an `@` of its own: `pkg:npm/@babel/core`.
  const hasVersion = at > 0 && path[at - 1] !== '/';
  const name = decoded(hasVersion ? path.slice(0, at) : path);
  if (type === '' || name === '') return null;
  const kind = type.toLowerCase();
  return {
    type: kind,
    name: withVendor.has(kind)
      ? name.slice(name.lastIndexOf('/') + 1)
      : kind === 'maven'
        ? name.replace('/', ':')
        : name,
    version: hasVersion ? decoded(path.slice(at + 1)) : null,
  };
}

export const isSystemPackage = (ecosystem: string): boolean => withVendor.has(ecosystem);
