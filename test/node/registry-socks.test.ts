// Registries by way of a SOCKS proxy: with and without TLS, with accounts, and proxies that refuse, lie or say nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { repositoryOf } from '../../server/core/model/image-reference.ts';
import { certificateStore } from '../../server/node/registry/certificates.ts';
import { registryClient } from '../../server/node/registry/client.ts';
import { serve } from '../support/fake-registry.ts';
import {
  clientWith,
  fine,
  image,
  limits,
  noAccounts,
  noSettings,
  problem,
} from '../support/registry-client.ts';
import { type SocksManners, serveSocks } from '../support/socks.ts';
import { certificatesFolder, hasOpenssl, issuer, serveSecurely } from '../support/tls.ts';

const app = (registry: string) => repositoryOf({ registry, name: 'app' });

async function withProxy<Result>(value: string, run: () => Promise<Result>, name = 'ALL_PROXY') {
  process.env[name] = value;
  try {
    return await run();
  } finally {
    delete process.env[name];
  }
}

test('plain HTTP through SOCKS, names looked up by the proxy', async () => {
  const registry = await serve(fine);
  const socks = await serveSocks({
    portOf: () => Number(registry.host.split(':')[1]),
    account: 'me:s3 cr3t',
  });
  const client = clientWith(noAccounts, { ...noSettings, insecure: ['plain.invalid:5000'] });
  const digest = await withProxy(`socks5h://me:s3%20cr3t@${socks.host}`, async () => {
    await client.tags(app('plain.invalid:5000'));
    return client.digest(app('plain.invalid:5000'), '2');
  });
  assert.equal(digest, image.digest);
  // One connection is used for both.
  assert.deepEqual(socks.seen, ['me:s3 cr3t', 'plain.invalid:5000']);
});

test('TLS through SOCKS, with the certificate of the registry', { skip: !hasOpenssl }, async () => {
  const hosts = await serveSecurely({ 'registry.invalid': { handle: fine } });
  const socks = await serveSocks({ portOf: name => hosts.ports.get(name) ?? 0 });
  const trusting = { 'registry.invalid': { 'ca.crt': readFileSync(issuer, 'utf8') } };
  const clientTrusting = (folder: string) =>
    registryClient({
      ...{ settings: noSettings, credentials: noAccounts, limits },
      certificates: certificateStore([folder]),
    });
  const ask = (folder: string) =>
    withProxy(
      `socks5://${socks.host}`,
      () => problem(clientTrusting(folder).digest(app('registry.invalid'), '2')),
      'HTTPS_PROXY',
    );
  assert.equal(await ask(certificatesFolder(trusting)), `none: "${image.digest}"`);
  assert.match(await ask(certificatesFolder({})), /shows a certificate that is not trusted/);
  assert.deepEqual(socks.seen, ['registry.invalid:443', 'registry.invalid:443']);
  assert.deepEqual(hosts.tunnels, []);
});

const through = (why: string): string => {
  const step = why.includes('password')
    ? 'Put an account for it into ALL_PROXY, as socks5://USER:PASSWORD@HOST:PORT'
    : 'Check the proxy that ALL_PROXY names, or list the host in NO_PROXY';
  return `registry.invalid cannot be reached through the proxy in ALL_PROXY (${why}). ${step}.`;
};

const rows: readonly [name: string, manners: SocksManners, account: string, says: string][] = [
  ['wants an account', { account: 'a:b' }, '', through('it wants a name and a password')],
  ['another account', { account: 'a:b' }, 'a:c@', through('it refuses the name and password')],
  [
    'a name too long',
    { account: 'a:b' },
    `${'n'.repeat(256)}@`,
    through('a name or password is too long for it'),
  ],
  ['rules', { status: 2 }, '', through('its rules forbid that address')],
  ['no such host', { status: 4 }, '', through('it does not find that host')],
  ['an unknown refusal', { status: 99 }, '', through('it does not say why')],
  ['HTTP', { says: 'HTTP/1.1 400 Bad Request\r\n\r\n' }, '', through('it does not speak SOCKS 5')],
  ['the end at once', { says: '' }, '', through('it broke the connection off')],
  ['half an answer', { says: '\u0005' }, '', through('it broke the connection off')],
  ['silence', { isSilent: true }, '', 'registry.invalid did not answer in time.'],
];
for (const [name, manners, account, says] of rows) {
  test(`a SOCKS proxy: ${name}`, async () => {
    const socks = await serveSocks(manners);
    const asked = () => problem(clientWith().digest(app('registry.invalid'), '2'));
    assert.equal(await withProxy(`socks5://${account}${socks.host}`, asked), says);
  });
}

test('a proxy that is not there, and one that NO_PROXY goes past', async () => {
  const asked = () => problem(clientWith().digest(app('registry.invalid'), '2'));
  assert.equal(await withProxy('socks5://127.0.0.1:1', asked), through('ECONNREFUSED'));
  const past = await withProxy('socks5://127.0.0.1:1', () => withProxy('.invalid', asked, 'NO_PROXY'));
  assert.match(past, /has no address/);
});
