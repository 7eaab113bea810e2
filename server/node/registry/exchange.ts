// Exchanges: one HTTP request and its answer, within limits of time and size, straight or through a proxy. Redirects are
// for the caller.
import http from 'node:http';
import https from 'node:https';
import type { Certificates } from './certificates.ts';
import { ProxyProblem, proxyAgent, proxyFor, proxyHeaders } from './proxy.ts';

export interface Asked {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly certificates?: Certificates;
}

export interface Answered {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface ExchangeLimits {
  /** Milliseconds for all of it, however slowly it comes. */
  readonly time: number;
  /** Bytes of the answer. */
  readonly size: number;
}

/** There was no answer, or none that could be taken: why, in the words behind "HOST ...". */
export class NoAnswer extends Error {}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has no address: check its name and the connection',
  EAI_AGAIN: 'has no address at the moment: check the connection',
  ECONNREFUSED: 'takes no connection: check its port, and that it runs',
  ECONNRESET: 'broke the connection off',
  ETIMEDOUT: 'did not answer in time',
  EHOSTUNREACH: 'cannot be reached: check the connection',
  ENETUNREACH: 'cannot be reached: check the connection',
  EPROTO:
    'does not speak HTTPS. If it speaks plain HTTP, list it in insecure-registries of daemon.json, or as insecure in registries.conf',
  ERR_SSL_WRONG_VERSION_NUMBER:
    'does not speak HTTPS. If it speaks plain HTTP, list it in insecure-registries of daemon.json, or as insecure in registries.conf',
};

/** Null: what is spoken to is the server itself, or a tunnel to it. */
function plainProxyFor(url: URL): ReturnType<typeof proxyFor> {
  const proxy = url.protocol === 'http:' ? proxyFor(url) : null;
  return proxy?.by === 'socks' ? null : proxy;
}

function reasonOf(error: NodeJS.ErrnoException, url: URL): string {
  const { code = '', name, message } = error;
  if (error instanceof ProxyProblem) return message;
  if (name === 'AbortError') return 'was not asked any further';
  const proxy = plainProxyFor(url);
  if (proxy) return new ProxyProblem(proxy, code).message;
  const known = reasons[code];
  if (known !== undefined) return known;
  if (/ALERT_(?:.*CERTIFICATE|HANDSHAKE_FAILURE|UNKNOWN_CA)/.test(code))
    return `takes no connection without a certificate of yours, or not with this one (${code}). Put it below certs.d, with its key`;
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME|LEAF_SIGNATURE/.test(code))
    return `shows a certificate that is not trusted (${code}). Put that of its issuer below certs.d, or name its file in NODE_EXTRA_CA_CERTS`;
  if (code.startsWith('HPE_')) return 'does not answer as HTTP prescribes';
  return `cannot be asked (${/^\w{1,60}$/.test(code) ? code : 'the connection failed'})`;
}

const direct = {
  'http:': new http.Agent({ keepAlive: true }),
  'https:': new https.Agent({ keepAlive: true }),
};

function start({ method, url, headers, certificates }: Asked, signal: AbortSignal): http.ClientRequest {
  const proxy = proxyFor(url);
  const isSecure = url.protocol === 'https:';
  const options = { method, headers, signal, ...(isSecure && certificates) };
  if (proxy === null) {
    const agent = direct[isSecure ? 'https:' : 'http:'];
    return (isSecure ? https : http).request(url, { ...options, agent });
  }
  if (isSecure || proxy.by === 'socks') {
    const agent = proxyAgent(proxy, isSecure);
    return (isSecure ? https : http).request(url, { ...options, agent });
  }
  // A proxy for plain HTTP is asked as if it were the server, for the whole address.
  const through: https.RequestOptions = {
    ...options,
    host: proxy.host,
    port: proxy.port,
    servername: proxy.servername,
    path: url.href,
    headers: { ...headers, host: url.host, ...proxyHeaders(proxy) },
  };
  return (proxy.by === 'https' ? https : http).request(through);
}

/** Takes an answer piece by piece; more comes when it is ready for it. */
export type Take = (piece: Buffer) => Promise<void>;

/** Who takes the answer does not want the rest. */
class NotTaken extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super();
    this.reason = reason;
  }
}

/** Milliseconds without a byte, while an answer is handed on. */
const longestSilence = 60_000;

/** What is good is handed on and not held: its body stays empty. */
async function handOn(response: http.IncomingMessage, size: number, take: Take): Promise<void> {
  response.setTimeout(longestSilence, () => response.destroy(new NoAnswer('did not answer in time')));
  let length = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > size) throw new NoAnswer(`answers with more than ${size} bytes`);
    await take(piece).catch(reason => {
      throw new NotTaken(reason);
    });
  }
}

/** Throws `NoAnswer`, or what `take` throws. */
export async function exchange(
  asked: Asked,
  { time, size }: ExchangeLimits,
  signal?: AbortSignal,
  take?: Take,
): Promise<Answered> {
  const timeout = AbortSignal.timeout(time);
  const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
  try {
    return await new Promise((resolve, reject) => {
      const request = start(asked, either);
      request.on('error', reject).on('response', response => {
        const proxy = response.statusCode === 407 ? plainProxyFor(asked.url) : null;
        if (proxy) request.destroy(new ProxyProblem(proxy, 'it answers 407'));
        const parts: Buffer[] = [];
        const answered = (): Answered => ({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
        });
        if (take && response.statusCode === 200) {
          handOn(response, size, take).then(() => resolve(answered()), reject);
          return;
        }
        let length = 0;
        response.on('data', (part: Buffer) => {
          length += part.length;
          parts.push(part);
          if (length > size) request.destroy(new NoAnswer(`answers with more than ${size} bytes`));
        });
        response.on('error', reject).on('close', () => {
          if (!response.complete) reject(new NoAnswer('broke its answer off'));
        });
        response.on('end', () => resolve(answered()));
      });
      request.end(asked.body);
    });
  } catch (error) {
    if (error instanceof NotTaken) throw error.reason;
    if (timeout.aborted && !signal?.aborted) throw new NoAnswer('did not answer in time');
    if (error instanceof NoAnswer) throw error;
    throw new NoAnswer(reasonOf(error as NodeJS.ErrnoException, asked.url));
  }
}
