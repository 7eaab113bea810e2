// Locations of the language server are URIs. Here they are brought into one form and taken apart; nothing is looked up.
import type { Location } from '../host/files.ts';

interface Parts {
  /** `file://`, `vscode-vfs://github`, `untitled:`. */
  readonly root: string;
  /** Decoded, without the empty one before the first `/`. */
  readonly segments: readonly string[];
  /** The path starts with `/`: there are folders. */
  readonly rooted: boolean;
  /** Query and fragment. */
  readonly rest: string;
}

const pattern = /^([a-z][a-z0-9+.-]*:(?:\/\/[^/?#]*)?)([^?#]*)(.*)$/is;
const drive = /^[A-Z]:$/;

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const encode = (segment: string): string =>
  encodeURIComponent(segment).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function take(location: string): Parts {
  const [, root = '', path = '', rest = ''] = pattern.exec(location) ?? ['', '', location];
  const rooted = path.startsWith('/');
  const segments = path.split('/').map(decode);
  return { root, segments: rooted ? segments.slice(1) : segments, rooted, rest };
}

const make = ({ root, segments, rooted, rest }: Parts): Location =>
  root + (rooted ? '/' : '') + segments.map(encode).join('/') + rest;

/** The one spelling of a URI by which places are compared: clients differ in what they escape, and in drive letters. */
export function locationOf(uri: string): Location {
  const parts = take(uri);
  const [first = '', ...others] = parts.segments;
  return make({ ...parts, segments: [drive.test(first) ? first.toLowerCase() : first, ...others] });
}

export function resolve(folder: Location, path: string): Location {
  const parts = take(folder);
  const segments = path.startsWith('/') ? [] : parts.segments.filter(segment => segment !== '');
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return make({ ...parts, segments, rooted: true });
}

export function parent(location: Location): Location | null {
  const parts = take(location);
  if (!parts.rooted || parts.segments.join('') === '') return null;
  return make({ ...parts, segments: parts.segments.slice(0, -1) });
}

export function relative(folder: Location, location: Location): string | null {
  if (folder === location) return '';
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  return location.startsWith(base)
    ? take(location)
        .segments.slice(take(base).segments.length - 1)
        .join('/')
    : null;
}
