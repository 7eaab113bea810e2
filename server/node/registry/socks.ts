// SOCKS, version 5 (RFC 1928, 1929): a connection to a host by way of a proxy, which looks the name up.
import { once } from 'node:events';
import net from 'node:net';

export interface SocksProxy {
  readonly host: string;
  readonly port: number;
  /** Null: none is shown. */
  readonly account: { readonly user: string; readonly password: string } | null;
}

/** The proxy does not let us through: why, for people. */
export class Refusal extends Error {}

const version = 5;
const byAccount = 2;
const nothing = 0xff;

const refusals: readonly string[] = [
  'it lets us through',
  'it has a failure of its own',
  'its rules forbid that address',
  'it does not reach that network',
  'it does not find that host',
  'the host takes no connection from it',
  'the host did not answer it in time',
  'it makes no connections',
  'it does not know such addresses',
];

/** What the proxy says of where it connects from, which nobody needs. */
const restLengths: Readonly<Record<number, number>> = { 1: 4 + 2, 4: 16 + 2 };

/** What has come is taken out: with part of it left inside, `readable` would come again and again. */
export async function take(socket: net.Socket, length: number, signal?: AbortSignal): Promise<Buffer> {
  let bytes: Buffer = Buffer.alloc(0);
  for (;;) {
    bytes = Buffer.concat([bytes, (socket.read() as Buffer | null) ?? Buffer.alloc(0)]);
    if (bytes.length >= length) break;
    if (!socket.readable) throw new Refusal('it broke the connection off');
    await once(socket, 'readable', { ...(signal && { signal }) });
  }
  if (bytes.length > length) socket.unshift(bytes.subarray(length));
  return bytes.subarray(0, length);
}

const counted = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  if (bytes.length > 255) throw new Refusal('a name or password is too long for it');
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
};

async function greet(socket: net.Socket, { account }: SocksProxy, signal: AbortSignal): Promise<void> {
  socket.write(account ? Buffer.of(version, 2, 0, byAccount) : Buffer.of(version, 1, 0));
  const [spoken, method] = await take(socket, 2, signal);
  if (spoken !== version) throw new Refusal('it does not speak SOCKS 5');
  if (method === 0) return;
  if (method !== byAccount || account === null) {
    throw new Refusal(
      method === nothing || method === byAccount ? 'it wants a name and a password' : 'it asks for too much',
    );
  }
  socket.write(Buffer.concat([Buffer.of(1), counted(account.user), counted(account.password)]));
  const [, status] = await take(socket, 2, signal);
  if (status !== 0) throw new Refusal('it refuses the name and password');
}

async function connect(socket: net.Socket, host: string, port: number, signal: AbortSignal): Promise<void> {
  socket.write(
    Buffer.concat([Buffer.of(version, 1, 0, 3), counted(host), Buffer.of(port >> 8, port & 0xff)]),
  );
  const [spoken, status = 1, , kind = 0] = await take(socket, 4, signal);
  if (spoken !== version) throw new Refusal('it does not speak SOCKS 5');
  if (status !== 0) throw new Refusal(refusals[status] ?? 'it does not say why');
  const length = restLengths[kind] ?? ((await take(socket, 1, signal))[0] ?? 0) + 2;
  await take(socket, length, signal);
}

/** Throws `Refusal`, or what a socket throws. */
export async function socksConnection(
  proxy: SocksProxy,
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<net.Socket> {
  const socket = net.connect({ host: proxy.host, port: proxy.port });
  // Whoever waits hears of it; between two questions nobody does, and nobody needs to fall.
  socket.on('error', () => {});
  try {
    await once(socket, 'connect', { signal });
    await greet(socket, proxy, signal);
    await connect(socket, host, port, signal);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
