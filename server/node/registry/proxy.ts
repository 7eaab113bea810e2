// Proxies: which one the environment names for an address, and the tunnel through it.
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { isLoopback } from './addresses.ts';

export interface Proxy {
  /** It is itself spoken to by TLS. */
  readonly isSecure: boolean;
  readonly host: string;
  readonly port: number;
  /** The name in its certificate, whatever host it is asked about. */
  readonly servername: string;
  /** What the proxy alone gets to see. */
  readonly headers: Readonly<Record<string, string>>;
}

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
  const written = variable(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (written === '' || isLoopback(url.hostname) || isExcepted(url)) return null;
  try {
    const proxy = new URL(written.includes('://') ? written : `http://${written}`);
    const isSecure = proxy.protocol === 'https:';
    const host = proxy.hostname.replace(/^\[|\]$/g, '');
    if (!isSecure && proxy.protocol !== 'http:') return null;
    const account = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    return {
      isSecure,
      host,
      servername: isIP(host) === 0 ? host : '',
      port: Number(proxy.port || (isSecure ? 443 : 80)),
      headers:
        account === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(account).toString('base64')}` },
    };
  } catch {
    return null;
  }
}

/** Who stood in the way is the proxy, and not what was asked for. */
export class ProxyProblem extends Error {}

const longestDial = 10_000;

class Tunnels extends https.Agent {
  readonly #proxy: Proxy;

  constructor(proxy: Proxy) {
    super({ keepAlive: true });
    this.#proxy = proxy;
  }

  override createConnection(
    options: https.RequestOptions,
    connected?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const { isSecure, host, port, servername, headers } = this.#proxy;
    const place = `${String(options.host).includes(':') ? `[${options.host}]` : options.host}:${options.port}`;
    const failed = (what: string): void => connected?.(new ProxyProblem(what), undefined as never);
    const through: https.RequestOptions = {
      host,
      port,
      servername,
      method: 'CONNECT',
      path: place,
      headers: { host: place, ...headers },
      agent: false,
      timeout: longestDial,
    };
    const dial = (isSecure ? https : http).request(through);
    dial
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) {
          connected?.(null, tls.connect({ ...(options as tls.ConnectionOptions), socket }));
        } else {
          socket.destroy();
          failed(`it answers ${statusCode}`);
        }
      })
      .on('timeout', () => dial.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })))
      .on('error', ({ code }: NodeJS.ErrnoException) => failed(code ?? 'the connection failed'))
      .end();
  }
}

const agents = new Map<string, Tunnels>();

export function proxyAgent(proxy: Proxy): https.Agent {
  const key = JSON.stringify(proxy);
  const known = agents.get(key) ?? new Tunnels(proxy);
  agents.set(key, known);
  return known;
}
