// Labels: the formats that a value may have to be in, what a value in none of them was meant to be, and OCI's own keys.
import { isLicenceExpression, licenceMeant } from './licences.ts';

/** By the names that Hadolint gives them in `label-schema`. */
export const labelFormats = ['text', 'url', 'rfc3339', 'spdx', 'hash', 'semver', 'email'] as const;
export type LabelFormat = (typeof labelFormats)[number];

const oci = 'org.opencontainers.image.';

/** Keys that OCI gives a format; the others hold any text. */
export const ociFormats: ReadonlyMap<string, LabelFormat> = new Map([
  [`${oci}created`, 'rfc3339'],
  [`${oci}url`, 'url'],
  [`${oci}documentation`, 'url'],
  [`${oci}source`, 'url'],
  [`${oci}licenses`, 'spdx'],
]);

const time =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;
const version =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9a-z-]+(?:\.[0-9a-z-]+)*)?(?:\+[0-9a-z-]+(?:\.[0-9a-z-]+)*)?$/i;

const patterns: Readonly<Record<Exclude<LabelFormat, 'spdx'>, RegExp>> = {
  text: /^/,
  url: /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#][^\s]*$/i,
  rfc3339: time,
  hash: /^(?:[0-9a-f]{7,40}|[0-9a-f]{64})$/,
  semver: version,
  email: /^(?:[^<>@]*<)?[^\s@<>]+@[^\s@<>]+>?$/,
};

export const isInFormat = (value: string, format: LabelFormat): boolean =>
  format === 'spdx' ? isLicenceExpression(value) : patterns[format].test(value);

const host = /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:\/\S*)?$/i;

const guesses: Readonly<Record<LabelFormat, (value: string) => string | undefined>> = {
  text: () => undefined,
  url: value => (host.test(value) ? `https://${value}` : undefined),
  rfc3339: value =>
    /^[\d-]+$/.test(value) ? `${value}T00:00:00Z` : value.replace(' ', 'T').replace(' ', ''),
  spdx: licenceMeant,
  hash: value => value.toLowerCase(),
  semver: value => {
    const bare = value.replace(/^v(?=\d)/i, '');
    return /^\d+\.\d+$/.test(bare) ? `${bare}.0` : bare;
  },
  email: value => value.replace(/^mailto:/i, '').replace(/ (?:at|\(at\)|\[at\]) /i, '@'),
};

/** The value in its format that was most likely meant. */
export function valueMeant(value: string, format: LabelFormat): string | undefined {
  const guess = guesses[format](value);
  return guess !== undefined && isInFormat(guess, format) ? guess : undefined;
}

export const labelSchemaDescription =
  'The labels of the project, each as `key: format`; the formats are text, url, rfc3339, spdx, hash, semver and email.';

/** Key -> format, from entries `key: format`; what is no format counts as text. */
export function readLabelSchema(entries: readonly string[]): ReadonlyMap<string, LabelFormat> {
  return new Map(
    entries.map(entry => {
      const [, key = entry, name = ''] = /^\s*(.*\S)\s*:\s*(\S*)$/.exec(entry) ?? [];
      return [key, labelFormats.find(format => format === name) ?? 'text'];
    }),
  );
}
