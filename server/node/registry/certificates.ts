// Certificates: what `certs.d` has for a host: issuers that are trusted as well, and what shows who we are.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import tls from 'node:tls';
import { certificateFolders } from './places.ts';

/** As TLS takes them; empty where there is nothing but what everybody trusts. */
export type Certificates = Pick<tls.SecureContextOptions, 'ca' | 'cert' | 'key'>;

export interface CertificateStore {
  /** `registry`: that which has sent us to the address. Its issuers are trusted there too, and it is not told who we are. */
  of(url: URL, registry?: URL): Promise<Certificates>;
}

interface Found {
  readonly issuers: readonly string[];
  readonly own: Pick<Certificates, 'cert' | 'key'>;
}

const textOf = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
const isCertificate = (text: string): boolean => text.includes('-BEGIN CERTIFICATE-');

async function foundIn(folder: string): Promise<Found> {
  const names = (await readdir(folder).catch(() => [])).sort();
  const read = (ending: string): Promise<string[]> =>
    Promise.all(names.filter(name => name.endsWith(ending)).map(name => textOf(path.join(folder, name))));
  const [certificate] = names.filter(name => name.endsWith('.cert'));
  const issuers = (await read('.crt')).filter(isCertificate);
  if (certificate === undefined) return { issuers, own: {} };
  const [cert, key] = await Promise.all(
    [certificate, certificate.replace(/cert$/, 'key')].map(name => textOf(path.join(folder, name))),
  );
  return { issuers, own: cert && key ? { cert, key } : {} };
}

/** A list of our own takes the place of the usual one: it has to hold that, with what the person has added to it. */
const usualIssuers = async (): Promise<string[]> => [
  ...tls.rootCertificates,
  ...[await textOf(process.env.NODE_EXTRA_CA_CERTS ?? '')].filter(isCertificate),
];

/** The port is part of the name where it is one of its own; Windows has no colons in names. */
function namesOf({ host, hostname, port }: URL): string[] {
  // Such a host would be another folder.
  if (!/[^.]/.test(hostname)) return [];
  if (process.platform === 'win32') return [host.replaceAll(':', '')];
  return port === '' ? [host, `${hostname}:443`] : [host];
}

export function certificateStore(folders: readonly string[] = certificateFolders()): CertificateStore {
  const known = new Map<string, Promise<readonly Found[]>>();
  const foundFor = (url: URL): Promise<readonly Found[]> => {
    const found =
      known.get(url.host) ??
      Promise.all(folders.flatMap(folder => namesOf(url).map(name => foundIn(path.join(folder, name)))));
    known.set(url.host, found);
    return found;
  };
  return {
    async of(url, registry) {
      const own = await foundFor(url);
      const all = registry ? [...own, ...(await foundFor(registry))] : own;
      const issuers = all.flatMap(found => found.issuers);
      return {
        ...own.find(found => found.own.cert)?.own,
        ...(issuers.length > 0 && { ca: [...(await usualIssuers()), ...issuers] }),
      };
    },
  };
}
