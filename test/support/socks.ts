// A SOCKS proxy on this machine, which leads every name to a port of ours, or misbehaves.
import net from 'node:net';
import { after } from 'node:test';
import { take } from '../../server/node/registry/socks.ts';

export interface SocksServer {
  /** `127.0.0.1:40123` */
  readonly host: string;
  /** Names and passwords, and places that were asked for. */
  readonly seen: readonly string[];
}

export interface SocksManners {
  /** Where a name leads. */
  readonly portOf?: (name: string) => number;
  /** Asked for and taken; without it nobody is asked. */
  readonly account?: string;
  /** Of the answer to CONNECT. */
  readonly status?: number;
  /** Sent at once, in place of all manners. */
  readonly says?: string;
  readonly isSilent?: boolean;
}

const text = async (socket: net.Socket): Promise<string> =>
  (await take(socket, (await take(socket, 1))[0] ?? 0)).toString();

async function talk(socket: net.Socket, manners: SocksManners, seen: string[]): Promise<void> {
  const { account, status = 0, says, isSilent, portOf } = manners;
  if (isSilent) return;
  if (says !== undefined) return void socket.end(says);
  const [, methods = 0] = await take(socket, 2);
  const offered = [...(await take(socket, methods))];
  const method = account === undefined ? 0 : offered.includes(2) ? 2 : 0xff;
  socket.write(Buffer.of(5, method));
  if (method === 0xff) return;
  if (method === 2) {
    await take(socket, 1);
    const given = `${await text(socket)}:${await text(socket)}`;
    seen.push(given);
    socket.write(Buffer.of(1, given === account ? 0 : 1));
    if (given !== account) return;
  }
  await take(socket, 4);
  const name = await text(socket);
  seen.push(`${name}:${(await take(socket, 2)).readUInt16BE()}`);
  // As if it went out from a host with a name.
  const reply = Buffer.concat([Buffer.of(5, status, 0, 3, 3), Buffer.from('far'), Buffer.of(1, 2)]);
  if (status !== 0) return void socket.end(reply);
  const far = net.connect(portOf?.(name) ?? 0, '127.0.0.1', () => socket.write(reply));
  far.pipe(socket).pipe(far);
  far.on('error', () => socket.destroy());
  socket.on('close', () => far.destroy());
}

/** Lives as long as the tests of the file. */
export async function serveSocks(manners: SocksManners): Promise<SocksServer> {
  const seen: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {});
    void talk(socket, manners, seen).catch(() => socket.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as net.AddressInfo).port}`, seen };
}
