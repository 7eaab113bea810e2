// `bulkhead pin` by HTTPS, through the tunnel of a proxy: a certificate that is trusted, and one that is not.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import { after, test } from 'node:test';
import { holding, storedIndex } from '../support/fake-registry.ts';
import { folderWith, startedBulkhead } from './bulkhead.ts';

const host = 'registry.invalid';
const folder = folderWith({});
const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
const { status } = spawnSync('openssl', [
  ...'req -x509 -newkey rsa:2048 -nodes -days 2'.split(' '),
  ...['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`, '-keyout', key, '-out', certificate],
]);
const skip = status !== 0 && process.env.CI === undefined;

const image = storedIndex('1.0.1');
const handle = holding({ app: { '1': image, '1.0.1': image } });

async function listening(server: net.Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  after(() => server.close());
  return (server.address() as net.AddressInfo).port;
}

/** Leads every tunnel to the port, if whoever asks is the one it knows. */
function tunnelTo(port: number, asked: string[]): http.Server {
  return http.createServer().on('connect', ({ url, headers }, socket) => {
    asked.push(`${url} ${headers['proxy-authorization']}`);
    const far = net.connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    far.pipe(socket).pipe(far);
    for (const end of [far, socket]) end.on('error', () => {});
  });
}

test('HTTPS through the tunnel of a proxy', { skip }, async () => {
  const bulkhead = await startedBulkhead();
  const options = { key: readFileSync(key), cert: readFileSync(certificate) };
  const registry = https.createServer(options, (request, response) => {
    const seen = { method: '', path: '', authorization: request.headers.authorization, body: '' };
    assert.equal(request.headers['proxy-authorization'], undefined);
    void handle(request, response, seen);
  });
  const asked: string[] = [];
  const proxy = await listening(tunnelTo(await listening(registry), asked));
  const pin = async (env: Readonly<Record<string, string>>) => {
    const project = folderWith({ Dockerfile: `FROM ${host}/app:1\n` });
    const proxied = { https_proxy: `http://u:p%40@127.0.0.1:${proxy}`, ...env };
    const { code, out } = await bulkhead(['pin', '.'], { in: project, env: proxied });
    return { code, out, text: readFileSync(path.join(project, 'Dockerfile'), 'utf8') };
  };
  const refused = await pin({});
  assert.equal(refused.code, 2);
  assert.match(
    refused.out,
    /shows a certificate that is not trusted \(\w+\)\. Name the file of its issuer in NODE_EXTRA_CA_CERTS/,
  );

  const trusted = await pin({ NODE_EXTRA_CA_CERTS: certificate });
  assert.deepEqual([trusted.code, trusted.text], [0, `FROM ${host}/app:1.0.1\n`], trusted.out);
  const account = Buffer.from('u:p@').toString('base64');
  assert.deepEqual([...new Set(asked)], [`${host}:443 Basic ${account}`]);
  registry.closeAllConnections();
});
