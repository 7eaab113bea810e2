// Tokens and passwords: who gets to see them, and services for tokens that lie, refuse or send elsewhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Account, type Credentials, NoCredentials } from '../../server/node/registry/credentials.ts';
import { type FakeServer, type Handle, serve } from '../support/fake-registry.ts';
import {
  accounts,
  at,
  basic,
  clientWith,
  fine,
  image,
  noAccounts,
  password,
  problem,
} from '../support/registry-client.ts';

interface Locked {
  readonly registry: FakeServer;
  readonly service: FakeServer;
}

/** A registry that wants a token from a service, which gives it for the account, or to everybody. */
async function locked(
  handleToken: Handle,
  realm = (host: string) => `http://${host}/token`,
): Promise<Locked> {
  const service = await serve(handleToken);
  const registry = await serve((request, response, seen) => {
    if (seen.authorization === 'Bearer t0ken') return fine(request, response, seen);
    response
      .writeHead(401, {
        'www-authenticate': `Bearer realm="${realm(service.host)}",service="the registry",scope="repository:other:push"`,
      })
      .end();
  });
  return { registry, service };
}

const giveToken: Handle = (_request, response) => void response.end('{"token":"t0ken","expires_in":300}');

test('a token for everybody, asked for once, and only for reading', async () => {
  const { registry, service } = await locked(giveToken);
  const client = clientWith();
  await client.tags(at(registry));
  await client.digest(at(registry), '1');
  assert.deepEqual(
    service.seen.map(({ method, path, authorization }) => [method, path, authorization]),
    [['GET', '/token?service=the+registry&scope=repository%3Aapp%3Apull', undefined]],
  );
});

test('a token for an account', async () => {
  const { registry, service } = await locked((request, response, seen) =>
    seen.authorization === basic ? giveToken(request, response, seen) : void response.writeHead(401).end(),
  );
  const client = clientWith(accounts({ [registry.host]: password }));
  assert.equal(await client.digest(at(registry), '2'), image.digest);
  assert.equal(service.seen[0]?.authorization, basic);
  assert.ok(registry.seen.every(({ authorization }) => authorization !== basic));
});

test('an identity token', async () => {
  const { registry, service } = await locked((request, response, seen) =>
    seen.method === 'POST' && new URLSearchParams(seen.body).get('refresh_token') === 'id3ntity'
      ? giveToken(request, response, seen)
      : void response.writeHead(400).end(),
  );
  const client = clientWith(accounts({ [registry.host]: { kind: 'identity', token: 'id3ntity' } }));
  assert.equal(await client.digest(at(registry), '2'), image.digest);
  assert.ok(service.seen.every(({ path }) => path === '/token'));
});

test('a token that has ended is replaced', async () => {
  const { registry, service } = await locked(giveToken);
  let refuses = false;
  const inner = registry;
  const outer = await serve((request, response, seen) => {
    if (refuses || seen.authorization !== 'Bearer t0ken') {
      refuses = false;
      response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${service.host}/token"` }).end();
    } else void fine(request, response, seen);
  });
  const client = clientWith();
  await client.digest(at(outer), '1');
  refuses = true;
  assert.equal(await client.digest(at(outer), '2'), image.digest);
  assert.equal(inner.seen.length, 0);
});

const tokens: Readonly<Record<string, readonly [handle: Handle, account: Account | null, told: RegExp]>> = {
  'an account that has ended': [
    (_request, response) => void response.writeHead(401).end(),
    password,
    /^HOST does not accept the password that is stored for it\. Log in anew: docker login HOST\.$/,
  ],
  'no account': [
    (_request, response) => void response.writeHead(401).end(),
    null,
    /^The service for tokens of HOST refuses \(401\)\. If the image is not public, log in: docker login HOST\.$/,
  ],
  'no token in its answer': [
    (_request, response) => void response.end('{"tok":1}'),
    null,
    /^The service for tokens of HOST gives an answer that makes no sense\./,
  ],
  'a token that would write a header': [
    (_request, response) => void response.end('{"token":"t0ken\\r\\nX-Evil: 1"}'),
    null,
    /makes no sense/,
  ],
  'a token that is refused': [
    (_request, response) => void response.end('{"token":"other"}'),
    password,
    /^HOST shows app only to those who may see it\./,
  ],
  'a redirect elsewhere': [
    (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    password,
    /refuses \(302\)/,
  ],
  'an answer without an end': [
    (_request, response) => {
      response.writeHead(200);
      response.write('x'.repeat(300_000));
    },
    null,
    /answers with more than 200000 bytes/,
  ],
};
for (const [name, [handle, account, told]] of Object.entries(tokens)) {
  test(`a service for tokens: ${name}`, async () => {
    const { registry } = await locked(handle);
    const client = clientWith(account ? accounts({ [registry.host]: account }) : noAccounts);
    const said = await problem(client.digest(at(registry), '1'));
    assert.match(said.replaceAll(registry.host, 'HOST'), told);
    assert.ok(!said.includes('s3cr3t'));
  });
}

test('a service for tokens that is named without encryption gets no password under another name', async () => {
  const { registry, service } = await locked(
    (request, response, seen) =>
      seen.authorization === undefined
        ? void response.writeHead(401).end()
        : giveToken(request, response, seen),
    host => `http://${host.replace('127.0.0.1', 'localhost')}/token`,
  );
  const said = await problem(clientWith(accounts({ [registry.host]: password })).digest(at(registry), '1'));
  assert.match(
    said,
    /names without encryption that its password be sent to localhost: it was not sent\. Reach the registry by HTTPS\.$/,
  );
  assert.deepEqual(
    service.seen.map(({ authorization, body }) => [authorization, body]),
    [[undefined, '']],
  );
});

test('passwords and tokens stay where they belong when a registry sends elsewhere', async () => {
  const elsewhere = await serve(fine);
  const registry = await serve(({ url = '' }, response, { authorization }) => {
    if (authorization !== basic) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="a"' }).end();
    } else response.writeHead(307, { location: `http://evil:pw@${elsewhere.host}${url}` }).end();
  });
  const client = clientWith(accounts({ [registry.host]: password, [elsewhere.host]: password }));
  assert.equal(await client.digest(at(registry), '2'), image.digest);
  assert.deepEqual(
    elsewhere.seen.map(({ authorization }) => authorization),
    [undefined],
  );
});

test('a place that a registry sends to cannot ask for a password', async () => {
  const elsewhere = await serve(
    (_request, response) => void response.writeHead(401, { 'www-authenticate': 'Basic realm="a"' }).end(),
  );
  const registry = await serve(
    ({ url = '' }, response) =>
      void response.writeHead(307, { location: `http://${elsewhere.host}${url}` }).end(),
  );
  const client = clientWith(accounts({ [registry.host]: password, [elsewhere.host]: password }));
  assert.match(await problem(client.digest(at(registry), '2')), /does not let us see app \(401\)/);
  assert.deepEqual(
    elsewhere.seen.map(({ authorization }) => authorization),
    [undefined],
  );
});

test('a wrong password', async () => {
  const registry = await serve(
    (_request, response) => void response.writeHead(401, { 'www-authenticate': 'Basic realm="a"' }).end(),
  );
  const said = await problem(clientWith(accounts({ [registry.host]: password })).digest(at(registry), '1'));
  assert.match(said, /does not accept the password/);
});

test('credentials that cannot be had', async () => {
  const credentials: Credentials = { of: () => Promise.reject(new NoCredentials('The helper failed.')) };
  const server = await serve(fine);
  assert.equal(await problem(clientWith(credentials).digest(at(server), '1')), 'The helper failed.');
  assert.equal(server.seen.length, 0);
});
