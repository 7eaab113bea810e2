// Hosts that speak TLS and are nowhere: each behind the tunnel of a proxy, with a certificate of an issuer that nobody knows.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import { after } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { temporaryFolder } from './fake-engine.ts';
import type { Handle, Seen } from './fake-registry.ts';

const folder = temporaryFolder();
const inFolder = (name: string): string => path.join(folder, name);
const openssl = (args: readonly string[]): boolean => spawnSync('openssl', args).status === 0;
const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'.split(' ');
const made = (name: string): string[] => [
  '-keyout',
  inFolder(`${name}.key`),
  '-out',
  inFolder(`${name}.pem`),
];

/** Of the issuer. */
export const issuer = inFolder('issuer.pem');
/** Without it there are no certificates; where tests count, that is a failure. */
export const hasOpenssl =
  openssl([...request, '-subj', '/CN=an issuer', ...made('issuer')]) || process.env.CI !== undefined;

export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** For a host, or for whoever shows it. */
export function identity(name: string): Identity {
  openssl([
    ...request,
    ...['-CA', issuer, '-CAkey', inFolder('issuer.key'), '-subj', `/CN=${name}`],
    ...[
      '-addext',
      `subjectAltName=DNS:${name}`,
      '-addext',
      'basicConstraints=critical,CA:FALSE',
      ...made(name),
    ],
  ]);
  const [key, cert] = ['key', 'pem'].map(ending => readFileSync(inFolder(`${name}.${ending}`), 'utf8'));
  return { key: key ?? '', cert: cert ?? '' };
}

/** A folder as `certs.d`, with what each host has there. */
export function certificatesFolder(
  hosts: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string {
  const place = temporaryFolder();
  for (const [host, files] of Object.entries(hosts)) {
    mkdirSync(path.join(place, host));
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(place, host, name), text);
  }
  return place;
}

async function listening(server: net.Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  after(() => server.close());
  return (server.address() as net.AddressInfo).port;
}

export interface SecureSeen extends Seen {
  readonly host: string;
  /** The name in the certificate that was shown. */
  readonly shows: unknown;
}

export interface SecureHost {
  readonly handle: Handle;
  /** Nobody is let in without a certificate of the issuer. */
  readonly isClosed?: boolean;
  /** The name in its certificate, where that is not its own. */
  readonly as?: string;
}

export interface SecureHosts {
  /** For HTTPS_PROXY. */
  readonly proxy: string;
  readonly seen: readonly SecureSeen[];
  /** What the proxy was asked for. */
  readonly tunnels: readonly string[];
  /** Where each host really listens on this machine. */
  readonly ports: ReadonlyMap<string, number>;
}

/** Live as long as the tests of the file. `isSecure`: the proxy is spoken to by TLS as well. */
export async function serveSecurely(
  hosts: Readonly<Record<string, SecureHost>>,
  isSecure = false,
): Promise<SecureHosts> {
  const [seen, tunnels]: [SecureSeen[], string[]] = [[], []];
  const ports = new Map<string, number>();
  for (const [host, { handle, isClosed = false, as = host }] of Object.entries(hosts)) {
    const ca = readFileSync(issuer);
    const options = { ...identity(as), ca, requestCert: true, rejectUnauthorized: isClosed };
    const server = https.createServer(options, (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', part => parts.push(part));
      request.on('end', () => {
        const { method = '', url: path = '', headers, socket } = request;
        const shows = (socket as TLSSocket).getPeerCertificate()?.subject?.CN;
        const { authorization } = headers;
        const entry = { host, method, path, authorization, body: Buffer.concat(parts).toString(), shows };
        seen.push(entry);
        void handle(request, response, entry);
      });
    });
    ports.set(host, await listening(server));
    after(() => server.closeAllConnections());
  }
  const proxy = isSecure ? https.createServer(identity('localhost')) : http.createServer();
  proxy.on('connect', ({ url = '', headers }, socket) => {
    tunnels.push(`${url} ${headers['proxy-authorization']}`);
    const port = ports.get(url.replace(/:443$/, ''));
    if (port === undefined) return void socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    const far = net.connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    far.pipe(socket).pipe(far);
    for (const end of [far, socket]) end.on('error', () => {});
  });
  const port = await listening(proxy);
  const address = isSecure ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
  return { proxy: address, seen, tunnels, ports };
}
