// The client against registries and services for tokens that lie, hang, never end or send elsewhere; and in their usual forms.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { repositoryOf } from '../../server/core/model/image-reference.ts';
import { registrySettings } from '../../server/node/registry/addresses.ts';
import { registryClient } from '../../server/node/registry/client.ts';
import { type Handle, holding, serve, sha256 } from '../support/fake-registry.ts';
import {
  accounts,
  at,
  clientWith,
  fine,
  holdings,
  image,
  index,
  limits,
  noAccounts,
  noSettings,
  password,
  problem,
} from '../support/registry-client.ts';

test('tags on several pages, manifests by tag and digest, blobs', async () => {
  const server = await serve(fine);
  const client = clientWith();
  const app = at(server);
  assert.deepEqual([...(await client.tags(app))].sort(), Object.keys(holdings.app).sort());
  assert.deepEqual(await client.manifest(app, '1'), { digest: index.digest, text: index.text });
  assert.equal(await client.digest(app, '2'), image.digest);
  const [, arm] = index.images;
  assert.equal((await client.manifest(app, arm?.digest ?? '')).text, arm?.text);
  const [[digest = '', text = ''] = []] = image.blobs;
  assert.deepEqual(await client.blob(app, digest), { digest, text });
});

/** A name for each way to misbehave -> how, and what a person is told about it; HOST stands for the registry. */
const hostile: Readonly<Record<string, readonly [handle: Handle, told: RegExp]>> = {
  'an answer without an end': [
    (_request, response) => {
      const more = (): void => {
        while (response.write('x'.repeat(60_000)));
        if (!response.destroyed) response.once('drain', more);
      };
      response.writeHead(200);
      more();
    },
    /^HOST answers with more than 100000 bytes\.$/,
  ],
  'an answer that comes drop by drop': [
    (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    },
    /^HOST did not answer in time\.$/,
  ],
  'headers that never end': [
    (request, response) => {
      const drip = setInterval(() => request.socket.write('X: y\r\n'), 50);
      request.socket.write('HTTP/1.1 200 OK\r\n');
      response.on('close', () => clearInterval(drip));
    },
    /^HOST did not answer in time\.$/,
  ],
  'no answer at all': [() => {}, /^HOST did not answer in time\.$/],
  'a connection that is broken off': [
    request => void request.socket.destroy(),
    /^HOST broke the connection off\.$/,
  ],
  'half an answer': [
    (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{', () => response.destroy());
    },
    /^HOST broke (?:its answer|the connection) off\.$/,
  ],
  'something else than HTTP': [
    request => void request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    /^HOST does not answer as HTTP prescribes\.$/,
  ],
  'a digest that is not that of the bytes': [
    (_request, response) => {
      response.writeHead(200, { 'docker-content-digest': sha256('other') });
      response.end(index.text);
    },
    /^What HOST sends is not what its digest says\./,
  ],
  'a server error with words of its own': [
    (_request, response) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errors: [{ code: 'UNKNOWN', message: '\u001b[2J rm -rf s3cr3t' }] }));
    },
    /^HOST cannot answer at the moment \(500 UNKNOWN\)\. Try again later\.$/,
  ],
  'redirects in a circle': [
    ({ url }, response) => void response.writeHead(302, { location: url }).end(),
    /^HOST sends us on to where we do not go\./,
  ],
  'a redirect to something else than HTTP': [
    (_request, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    /^HOST sends us on to where we do not go\./,
  ],
  'a redirect to plain HTTP elsewhere': [
    (_request, response) => void response.writeHead(302, { location: 'http://example.com/v2/' }).end(),
    /^HOST sends us on to where we do not go\./,
  ],
  'too many questions, for an hour': [
    (_request, response) => void response.writeHead(429, { 'retry-after': '3600' }).end(),
    /^HOST takes no more questions for 3600 seconds\. Try again then\.$/,
  ],
  'too many questions, without end': [
    (_request, response) => void response.writeHead(429, { 'retry-after': '0' }).end(),
    /^HOST takes no more questions for 0 seconds\./,
  ],
  'a challenge that nobody knows': [
    (_request, response) => void response.writeHead(401, { 'www-authenticate': 'Negotiate' }).end(),
    /^HOST shows app only to those who may see it\. Log in with such an account: docker login HOST\.$/,
  ],
  'nothing but refusals': [
    (_request, response) => void response.writeHead(403).end(),
    /^HOST does not let us see app \(403\)\./,
  ],
  'TLS where none is spoken': [
    (_request, response) =>
      void response.writeHead(400).end('Client sent an HTTP request to an HTTPS server.'),
    /^HOST refuses what comes without TLS \(400\): it is listed as insecure, or on this machine\./,
  ],
  'a service for tokens on another machine, unencrypted': [
    (_request, response) =>
      void response.writeHead(401, { 'www-authenticate': 'Bearer realm="http://example.com/token"' }).end(),
    /^HOST sends us to a service for tokens that cannot be trusted\./,
  ],
  'a service for tokens that is no address': [
    (_request, response) =>
      void response.writeHead(401, { 'www-authenticate': 'Bearer realm="http://[/token"' }).end(),
    /^HOST sends us to a service for tokens that cannot be trusted\./,
  ],
};
for (const [name, [handle, told]] of Object.entries(hostile)) {
  test(`hostile: ${name}`, async () => {
    const server = await serve(handle);
    const said = await problem(clientWith().manifest(at(server), '1'));
    assert.match(said.replaceAll(server.host, 'HOST'), told);
  });
}

const lists: Readonly<Record<string, readonly [body: string, link: string, told: RegExp]>> = {
  'no JSON': ['<html>', '', /lists tags in a way that makes no sense/],
  'no list': ['{"tags":{}}', '', /lists tags in a way that makes no sense/],
  'a page that leads to itself': [
    '{"tags":["1"]}',
    '</v2/app/tags/list?n=1000>; rel="next"',
    /^none: \["1"\]$/,
  ],
  'a page elsewhere': ['{"tags":["1"]}', '<http://example.com/steal?last=1>; rel="next"', /^none: \["1"\]$/],
  'a link that is no address': ['{"tags":["1"]}', '<http://[>; rel="next"', /makes no sense/],
};
for (const [name, [body, link, told]] of Object.entries(lists)) {
  test(`a list of tags: ${name}`, async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, link === '' ? {} : { link });
      response.end(body);
    });
    assert.match(await problem(clientWith().tags(at(server))), told);
    assert.ok(server.seen.every(({ path }) => path.startsWith('/v2/app/tags/list?')));
  });
}

test('pages without end come to one', async () => {
  let page = 0;
  const server = await serve((_request, response) => {
    page++;
    response.writeHead(200, { link: `</v2/app/tags/list?last=${page}>; rel="next"` });
    response.end(`{"tags":["${page}"]}`);
  });
  const client = registryClient({
    settings: noSettings,
    credentials: noAccounts,
    limits: { ...limits, pages: 7 },
  });
  assert.equal((await client.tags(at(server))).length, 7);
});

test('too many questions for a moment', async () => {
  let isBusy = true;
  const server = await serve((request, response, seen) => {
    if (!isBusy) return fine(request, response, seen);
    isBusy = false;
    response.writeHead(429, { 'retry-after': '0' }).end();
  });
  assert.equal(await clientWith().digest(at(server), '2'), image.digest);
});

test('a registry that sends no digest along', async () => {
  const server = await serve(({ method }, response) => {
    response.writeHead(200);
    response.end(method === 'HEAD' ? undefined : index.text);
  });
  assert.equal(await clientWith().digest(at(server), '1'), index.digest);
});

test('a registry that is not there is asked once', async () => {
  const server = await serve(request => void request.socket.destroy());
  const client = clientWith();
  await problem(client.digest(at(server), '1'));
  await problem(client.digest(at(server), '2'));
  assert.equal(server.seen.length, 1);
});

test('a host without an address', async () => {
  const repository = repositoryOf({ registry: 'registry.invalid', name: 'app' });
  assert.match(
    await problem(clientWith().digest(repository, '1')),
    /^registry\.invalid has no address(?: at the moment)?: check /,
  );
});

test('who gives up is answered at once', async () => {
  const server = await serve(() => end.abort());
  const end = new AbortController();
  assert.match(await problem(clientWith().digest(at(server), '1', end.signal)), /was not asked any further/);
});

test('a mirror of Docker Hub is asked first', async () => {
  const mirror = await serve(holding({ 'library/node': { '24': index } }));
  const settings = {
    ...noSettings,
    mirrors: ['http://127.0.0.1:1', `http://${mirror.host}`, 'http://example.com', 'nonsense'],
  };
  const node = repositoryOf({ registry: null, name: 'node' });
  const client = clientWith(accounts({ 'docker.io': password }), settings);
  assert.equal(await client.digest(node, '24'), index.digest);
  assert.deepEqual(
    mirror.seen.map(({ authorization }) => authorization),
    [undefined],
  );
});

test('podman says where a registry really is, and which mirrors it has', async () => {
  const [mirror, real] = [await serve(holding({ 'copies/app': { '1': index } })), await serve(fine)];
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-podman-'));
  after(() => rmSync(folder, { recursive: true }));
  const added = path.join(folder, 'containers', 'registries.conf.d');
  mkdirSync(added, { recursive: true });
  const main = path.join(folder, 'containers', 'registries.conf');
  const place = `[[registry]]\nprefix = "a.invalid/team"\nlocation = "${real.host}"\n`;
  writeFileSync(main, `[[registry]]\nlocation = "b.invalid"\nblocked = true\n${place}`);
  writeFileSync(
    path.join(added, 'mirrors.conf'),
    `${place}[[registry.mirror]]\nlocation = "${mirror.host}/copies"\n`,
  );
  writeFileSync(path.join(added, 'notes'), '[[registry]]\nprefix = "a.invalid"\nblocked = true\n');
  process.env.XDG_CONFIG_HOME = folder;
  const settings = await registrySettings();
  delete process.env.XDG_CONFIG_HOME;
  const client = clientWith(accounts({ 'a.invalid': password }), settings);
  const of = (registry: string, name = 'team/app') => repositoryOf({ registry, name });
  assert.equal(await client.digest(of('a.invalid'), '1'), index.digest);
  assert.equal(real.seen.length, 0);
  assert.equal(await client.digest(of('a.invalid'), '2'), image.digest);
  assert.deepEqual(
    [...mirror.seen, ...real.seen].map(({ path, authorization }) => [path, authorization]),
    [
      ['/v2/copies/app/manifests/1', undefined],
      ['/v2/copies/app/manifests/2', undefined],
      ['/v2/app/manifests/2', undefined],
    ],
  );
  assert.match(
    await problem(client.digest(of('a.invalid', 'team/none'), '1')),
    new RegExp(`^${real.host}/none has no 1 `),
  );
  assert.equal(
    await problem(client.digest(of('b.invalid'), '1')),
    'registries.conf blocks b.invalid/team/app. Name an image that it allows, or take `blocked` out.',
  );
});

test('plain HTTP through a proxy, but not to this machine', async () => {
  const proxied: string[] = [];
  const proxy = http.createServer((request, response) => {
    proxied.push(`${request.url} ${request.headers['proxy-authorization']} ${request.headers.host}`);
    response.writeHead(200, { 'docker-content-digest': index.digest }).end();
  });
  proxy.on('connect', ({ url }, socket) => {
    proxied.push(`CONNECT ${url}`);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as { port: number };
  const server = await serve(fine);
  Object.assign(process.env, {
    HTTP_PROXY: `http://u:p@127.0.0.1:${port}`,
    HTTPS_PROXY: `127.0.0.1:${port}`,
    NO_PROXY: 'other.invalid, .inner.invalid:443',
  });
  try {
    const settings = { ...noSettings, insecure: ['plain.invalid:5000'] };
    const client = clientWith(noAccounts, settings);
    const of = (registry: string) => repositoryOf({ registry, name: 'app' });
    assert.equal(await client.digest(of('plain.invalid:5000'), '1'), index.digest);
    assert.equal(
      await problem(client.digest(of('secure.invalid'), '1')),
      'secure.invalid cannot be reached through the proxy in HTTPS_PROXY (it answers 403). Check the proxy that HTTPS_PROXY names, or list the host in NO_PROXY.',
    );
    assert.match(await problem(client.digest(of('other.invalid'), '1')), /has no address/);
    assert.match(await problem(client.digest(of('a.inner.invalid'), '1')), /has no address/);
    assert.equal(await client.digest(at(server), '2'), image.digest);
    process.env.HTTP_PROXY = 'http://127.0.0.1:1';
    assert.equal(
      await problem(clientWith(noAccounts, settings).digest(of('plain.invalid:5000'), '1')),
      'plain.invalid:5000 cannot be reached through the proxy in HTTP_PROXY (ECONNREFUSED). Check the proxy that HTTP_PROXY names, or list the host in NO_PROXY.',
    );
    const refusing = await serve((_request, response) => void response.writeHead(407).end());
    process.env.HTTP_PROXY = `http://${refusing.host}`;
    assert.equal(
      await problem(clientWith(noAccounts, settings).digest(of('plain.invalid:5000'), '1')),
      'plain.invalid:5000 cannot be reached through the proxy in HTTP_PROXY (it answers 407). Put an account for it into HTTP_PROXY, as http://USER:PASSWORD@HOST:PORT.',
    );
    const account = Buffer.from('u:p').toString('base64');
    assert.deepEqual(proxied, [
      `http://plain.invalid:5000/v2/app/manifests/1 Basic ${account} plain.invalid:5000`,
      'CONNECT secure.invalid:443',
    ]);
  } finally {
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) delete process.env[name];
    proxy.close();
    proxy.closeAllConnections();
  }
});
