// Proxies: which one the environment names for an address, and the way through it.
import http from 'node:http';
import https from 'node:https';
import type net from 'node:net';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { isLoopback } from './addresses.ts';
import { Refusal, type SocksProxy, socksConnection } from './socks.ts';

export interface Proxy {
  /** How it is spoken to. */
  readonly by: 'http' | 'https' | 'socks';
  /** The variable that names it. */
  readonly from: string;
  readonly host: string;
  readonly port: number;
  /** The name in its certificate, whatever host it is asked about. */
  readonly servername: string;
  readonly account: SocksProxy['account'];
}

const ways: Readonly<Record<string, readonly [by: Proxy['by'], port: number]>> = {
  'http:': ['http', 80],
  'https:': ['https', 443],
  'socks5:': ['socks', 1080],
  'socks5h:': ['socks', 1080],
};

/** What the proxy alone gets to see. */
export const proxyHeaders = ({ account }: Proxy): Record<string, string> =>
  account === null
    ? {}
    : {
        'proxy-authorization': `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`,
      };

const variable = (name: string): string => process.env[name.toLowerCase()] || process.env[name] || '';

/** `example.com` and `.example.com` mean it and all below it; a port, where one is given, has to be the same. */
function isExcepted({ hostname, port, protocol }: URL): boolean {
  const actualPort = port || (protocol === 'https:' ? '443' : '80');
  return variable('NO_PROXY')
    .split(/[\s,]+/)
    .some(entry => {
      if (entry === '*') return true;
      const [, name = '', wantedPort = ''] =
        /^\*?\.?(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      if (name === '' || (wantedPort !== '' && wantedPort !== actualPort)) return false;
      return hostname === name || hostname.endsWith(`.${name}`);
    });
}

/** Null: straight to the address. What a proxy variable says and cannot be read counts as none. */
export function proxyFor(url: URL): Proxy | null {
  const from = [url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY', 'ALL_PROXY'].find(
    name => variable(name) !== '',
  );
  if (from === undefined || isLoopback(url.hostname) || isExcepted(url)) return null;
  const written = variable(from);
  try {
    const proxy = new URL(written.includes('://') ? written : `http://${written}`);
    const host = proxy.hostname.replace(/^\[|\]$/g, '');
    const way = ways[proxy.protocol];
    if (way === undefined || host === '') return null;
    const [user, password] = [decodeURIComponent(proxy.username), decodeURIComponent(proxy.password)];
    return {
      by: way[0],
      from,
      host,
      servername: isIP(host) === 0 ? host : '',
      port: Number(proxy.port || way[1]),
      account: user === '' && password === '' ? null : { user, password },
    };
  } catch {
    return null;
  }
}

/** Who stood in the way is the proxy, and not what was asked for: the words behind "HOST ...". */
export class ProxyProblem extends Error {
  constructor({ by, from }: Proxy, why: string) {
    const step = /407|password/.test(why)
      ? `Put an account for it into ${from}, as ${by === 'socks' ? 'socks5' : by}://USER:PASSWORD@HOST:PORT`
      : /CERT|SELF_SIGNED|ISSUER|ALTNAME|LEAF_SIGNATURE/.test(why)
        ? 'Name the file with its issuer in NODE_EXTRA_CA_CERTS'
        : `Check the proxy that ${from} names, or list the host in NO_PROXY`;
    super(`cannot be reached through the proxy in ${from} (${why}). ${step}`);
  }
}

const longestDial = 10_000;

/** Through a proxy that speaks HTTP. */
const tunnelTo = (proxy: Proxy, host: string, port: number): Promise<Duplex> =>
  new Promise((resolve, reject) => {
    const place = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const through: https.RequestOptions = {
      host: proxy.host,
      port: proxy.port,
      servername: proxy.servername,
      method: 'CONNECT',
      path: place,
      headers: { host: place, ...proxyHeaders(proxy) },
      agent: false,
      timeout: longestDial,
    };
    const dial = (proxy.by === 'https' ? https : http).request(through);
    dial
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) resolve(socket);
        else {
          socket.destroy();
          reject(new Refusal(`it answers ${statusCode}`));
        }
      })
      .on('timeout', () => dial.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })))
      .on('error', reject)
      .end();
  });

async function dialled(proxy: Proxy, { host, port }: net.TcpNetConnectOpts): Promise<Duplex> {
  const name = String(host);
  try {
    return proxy.by === 'socks'
      ? await socksConnection(proxy, name, Number(port), AbortSignal.timeout(longestDial))
      : await tunnelTo(proxy, name, Number(port));
  } catch (error) {
    const { code, name: kind, message } = error as NodeJS.ErrnoException;
    const isLate = kind === 'AbortError' || kind === 'TimeoutError';
    const why = error instanceof Refusal ? message : isLate ? 'ETIMEDOUT' : (code ?? 'the connection failed');
    throw new ProxyProblem(proxy, why);
  }
}

type Connected = (error: Error | null, stream: Duplex) => void;

/** What is dialled for is spoken to by TLS, inside of the tunnel, where the address says so. */
function connectionsBy(proxy: Proxy, isSecure: boolean) {
  return (options: https.RequestOptions, connected?: Connected): undefined => {
    void dialled(proxy, options as net.TcpNetConnectOpts).then(
      socket =>
        connected?.(null, isSecure ? tls.connect({ ...(options as tls.ConnectionOptions), socket }) : socket),
      error => connected?.(error, undefined as never),
    );
  };
}

const agents = new Map<string, http.Agent>();

/** Connections through the proxy to whatever is asked, with or without TLS. */
export function proxyAgent(proxy: Proxy, isSecure: boolean): http.Agent {
  const key = JSON.stringify([proxy, isSecure]);
  const known = agents.get(key);
  if (known) return known;
  const agent = new (isSecure ? https : http).Agent({ keepAlive: true });
  agent.createConnection = connectionsBy(proxy, isSecure) as typeof agent.createConnection;
  agents.set(key, agent);
  return agent;
}
