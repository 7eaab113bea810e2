// Readings: the answers of a registry, validated. What is not understood is left out, what makes no sense gives null.
import { isDigest, isTag } from '../engine/image-questions.ts';

/** An image for one platform, as an index lists it. */
export interface PlatformImage {
  readonly digest: string;
  /** `linux/arm64/v8`. */
  readonly platform: string;
}

export type Manifest =
  | { readonly kind: 'index'; readonly images: readonly PlatformImage[] }
  /** `size`: of its layers, compressed. */
  | { readonly kind: 'image'; readonly config: string; readonly size: number };

/** The forms in which manifests are asked for. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

export interface ImageConfig {
  /** As ISO 8601; null where it is not stated. */
  readonly created: string | null;
  readonly platform: string | null;
  readonly user: string | null;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** `8080/tcp`. */
  readonly ports: readonly string[];
  readonly health: readonly string[];
}

export interface Token {
  readonly token: string;
  /** Seconds. */
  readonly lifetime: number;
}

type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object; null for everything else, and for what is no JSON. */
export function readObject(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textsIn = (value: unknown): string[] => listIn(value).filter(item => typeof item === 'string');
const textIn = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const sizeIn = (value: unknown): number => (Number.isSafeInteger(value) ? Math.max(0, Number(value)) : 0);

const word = /^[a-z0-9][a-z0-9._-]{0,31}$/i;

function platformIn(value: unknown): string | null {
  if (!isRecord(value)) return null;
  const { os, architecture, variant } = value;
  const parts = [os, architecture, ...(variant === undefined || variant === '' ? [] : [variant])];
  const isPlain = parts.every(part => typeof part === 'string' && word.test(part) && part !== 'unknown');
  return isPlain ? parts.join('/') : null;
}

/** Signatures and attestations, which are listed for no platform, are left out. */
function imagesIn(manifests: unknown): PlatformImage[] {
  return listIn(manifests).flatMap(item => {
    const { digest, platform } = isRecord(item) ? item : {};
    const name = platformIn(platform);
    return name !== null && typeof digest === 'string' && isDigest(digest)
      ? [{ digest, platform: name }]
      : [];
  });
}

export function readManifest(text: string): Manifest | null {
  const json = readObject(text);
  if (json === null) return null;
  if (Array.isArray(json.manifests)) return { kind: 'index', images: imagesIn(json.manifests) };
  const digest = isRecord(json.config) ? json.config.digest : null;
  if (typeof digest !== 'string' || !isDigest(digest)) return null;
  const layers = listIn(json.layers).filter(isRecord);
  return { kind: 'image', config: digest, size: layers.reduce((sum, { size }) => sum + sizeIn(size), 0) };
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

export function readImageConfig(text: string): ImageConfig | null {
  const json = readObject(text);
  if (json === null) return null;
  const config = isRecord(json.config) ? json.config : {};
  const created = textIn(json.created);
  const health = isRecord(config.Healthcheck) ? config.Healthcheck.Test : null;
  return {
    created: created !== null && moment.test(created) ? created : null,
    platform: platformIn(json),
    user: textIn(config.User),
    entrypoint: textsIn(config.Entrypoint),
    command: textsIn(config.Cmd),
    ports: isRecord(config.ExposedPorts) ? Object.keys(config.ExposedPorts) : [],
    health: textsIn(health),
  };
}

export function readTags(text: string): string[] | null {
  const json = readObject(text);
  if (json === null || (json.tags !== null && !Array.isArray(json.tags))) return null;
  return textsIn(json.tags).filter(isTag);
}

/** What the specification lets hold where nothing is said. */
const shortestLifetime = 60;
const plainToken = /^[\x21-\x7e]{1,32768}$/;

export function readToken(text: string): Token | null {
  const json = readObject(text);
  const token = textIn(json?.token) ?? textIn(json?.access_token);
  if (token === null || !plainToken.test(token)) return null;
  return { token, lifetime: Math.max(shortestLifetime, sizeIn(json?.expires_in)) };
}

const knownCode = /^[A-Z_]{1,40}$/;

/** The first code of an error answer, `MANIFEST_UNKNOWN`; what else it says may be anything. */
export function readErrorCode(text: string): string | null {
  const [first] = listIn(readObject(text)?.errors);
  const code = isRecord(first) ? first.code : null;
  return typeof code === 'string' && knownCode.test(code) ? code : null;
}
