// Proxies: which one the environment names for an address, and the tunnel through it.
import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { isLoopback } from './addresses.ts';

export interface Proxy {
  readonly host: string;
  readonly port: number;
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
    // To a proxy itself only plain HTTP is spoken; through its tunnel everything is encrypted to the far end.
    if (proxy.protocol !== 'http:') return null;
    const account = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    return {
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: Number(proxy.port || 80),
      headers:
        account === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(account).toString('base64')}` },
    };
  } catch {
    return null;
  }
}

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
    const { host, port, headers } = this.#proxy;
    const place = `${String(options.host).includes(':') ? `[${options.host}]` : options.host}:${options.port}`;
    const failed = (error: Error): void => connected?.(error, undefined as never);
    const dial = http.request({
      host,
      port,
      method: 'CONNECT',
      path: place,
      headers: { host: place, ...headers },
      agent: false,
      timeout: longestDial,
    });
    dial
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) {
          connected?.(null, tls.connect({ ...(options as tls.ConnectionOptions), socket }));
        } else {
          socket.destroy();
          failed(Object.assign(new Error('no tunnel'), { code: `the proxy answered ${statusCode}` }));
        }
      })
      .on('timeout', () => dial.destroy(Object.assign(new Error('no proxy'), { code: 'ETIMEDOUT' })))
      .on('error', failed)
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
