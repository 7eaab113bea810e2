// Registries by TLS: certificates below `certs.d`, proxies, and who gets to see a password when a registry names another host.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { repositoryOf } from '../../server/core/model/image-reference.ts';
import { addressesBy } from '../../server/node/registry/addresses.ts';
import { certificateStore } from '../../server/node/registry/certificates.ts';
import { type RegistryClient, registryClient } from '../../server/node/registry/client.ts';
import type { Account } from '../../server/node/registry/credentials.ts';
import { type Handle, holding, storedImage } from '../support/fake-registry.ts';
import { noSettings } from '../support/registry-client.ts';
import {
  certificatesFolder,
  hasOpenssl,
  identity,
  issuer,
  type SecureHost,
  type SecureHosts,
  serveSecurely,
} from '../support/tls.ts';

const skip = !hasOpenssl;
const registry = 'registry.invalid';
const service = 'auth.elsewhere.invalid';
const image = storedImage('one');
const fine = holding({ app: { '1': image } });
const basic = `Basic ${Buffer.from('me:s3cr3t').toString('base64')}`;
const password: Account = { kind: 'password', user: 'me', password: 's3cr3t' };
const identityToken: Account = { kind: 'identity', token: 's3cr3t' };
const app = repositoryOf({ registry, name: 'app' });

const issuerText = skip ? '' : readFileSync(issuer, 'utf8');
const trusting = { 'ca.crt': issuerText };

function clientWith(folder: string, account: Account | null = password): RegistryClient {
  return registryClient({
    settings: noSettings,
    credentials: { of: async asked => (asked === registry ? account : null) },
    certificates: certificateStore([folder]),
    limits: { time: 5_000 },
  });
}

/** The digest of the image, or why there is none. */
async function asked({ proxy }: SecureHosts, client: RegistryClient): Promise<string> {
  process.env.HTTPS_PROXY = proxy;
  try {
    return await client.digest(app, '1');
  } catch (error) {
    assert.equal((error as Error).constructor.name, 'RegistryProblem', String(error));
    return (error as Error).message;
  } finally {
    delete process.env.HTTPS_PROXY;
  }
}

test('an issuer below certs.d is trusted, for that host alone', { skip }, async () => {
  const hosts = await serveSecurely({ [registry]: { handle: fine } });
  for (const folder of [{}, { 'other.invalid': trusting }, { [registry]: { 'ca.crt': 'nonsense' } }]) {
    const said = await asked(hosts, clientWith(certificatesFolder(folder)));
    assert.match(
      said,
      /^registry\.invalid shows a certificate that is not trusted \(\w+\)\. Put that of its issuer below certs\.d/,
    );
  }
  for (const name of [registry, `${registry}:443`]) {
    assert.equal(await asked(hosts, clientWith(certificatesFolder({ [name]: trusting }))), image.digest);
  }
});

test('who we are is shown where a certificate below certs.d says so', { skip }, async () => {
  const { cert, key } = identity('me');
  const own = { ...trusting, 'client.cert': cert, 'client.key': key };
  const hosts = await serveSecurely({ [registry]: { handle: fine, isClosed: true } });
  assert.equal(await asked(hosts, clientWith(certificatesFolder({ [registry]: own }))), image.digest);
  assert.deepEqual(
    hosts.seen.map(({ shows }) => shows),
    ['me'],
  );
  const { 'client.key': _, ...half } = own;
  for (const files of [trusting, half]) {
    const said = await asked(hosts, clientWith(certificatesFolder({ [registry]: files })));
    assert.match(
      said,
      /^registry\.invalid takes no connection without a certificate of yours, or not with this one/,
    );
  }
});

/** Wants a token of the service. */
const locked =
  (realm: string): Handle =>
  (request, response, seen) =>
    seen.authorization === 'Bearer t0ken'
      ? fine(request, response, seen)
      : void response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}",service="a"` }).end();

const giveToken: Handle = (_request, response, { authorization, body }) =>
  authorization === basic || body.includes('refresh_token=s3cr3t')
    ? void response.end('{"token":"t0ken"}')
    : void response.writeHead(401).end();

const everywhere = (own: Readonly<Record<string, string>> = {}): string =>
  certificatesFolder({ [registry]: { ...trusting, ...own } });

test('a service for tokens under another name gets the password over TLS, and no certificate', {
  skip,
}, async () => {
  const { cert, key } = identity('me');
  for (const account of [password, identityToken]) {
    const hosts = await serveSecurely({
      [registry]: { handle: locked(`https://${service}/jwt/auth`) },
      [service]: { handle: giveToken },
    });
    const client = clientWith(everywhere({ 'client.cert': cert, 'client.key': key }), account);
    assert.equal(await asked(hosts, client), image.digest);
    assert.deepEqual(
      hosts.seen.map(({ host, authorization = '', shows }) => [host, authorization.split(' ')[0], shows]),
      [
        [registry, '', 'me'],
        [service, account.kind === 'password' ? 'Basic' : '', undefined],
        [registry, 'Bearer', 'me'],
      ],
    );
  }
});

interface Hostile {
  readonly hosts: Readonly<Record<string, SecureHost>>;
  readonly told: RegExp;
}

const refused = /^registry\.invalid sends us to a service for tokens that cannot be trusted\./;
const evil = 'evil.invalid';
const hostile: Readonly<Record<string, Hostile>> = {
  'a service without encryption': {
    hosts: { [registry]: { handle: locked(`http://${service}/token`) } },
    told: refused,
  },
  'a service without encryption, of the same name': {
    hosts: { [registry]: { handle: locked(`http://${registry}/token`) } },
    told: refused,
  },
  'a service of this machine': {
    hosts: { [registry]: { handle: locked('https://127.0.0.1:1/token') } },
    told: refused,
  },
  'a service of another scheme': {
    hosts: { [registry]: { handle: locked('file:///etc/passwd') } },
    told: refused,
  },
  'a service that sends on': {
    hosts: {
      [registry]: { handle: locked(`https://${service}/token`) },
      [service]: {
        handle: (_request, response) =>
          void response.writeHead(307, { location: `https://${evil}/token` }).end(),
      },
      [evil]: { handle: giveToken },
    },
    told: /^The service for tokens of registry\.invalid refuses \(307\)/,
  },
  'a service with a certificate of somebody else': {
    hosts: {
      [registry]: { handle: locked(`https://${service}/token`) },
      [service]: { handle: giveToken, as: evil },
    },
    told: /^registry\.invalid has a service for tokens that shows a certificate that is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
  },
  'a place that was sent to and names a service': {
    hosts: {
      [registry]: {
        handle: ({ url = '' }, response) =>
          void response.writeHead(307, { location: `https://${evil}${url}` }).end(),
      },
      [evil]: { handle: locked(`https://${evil}/token`) },
    },
    told: /^registry\.invalid does not let us see app \(401\)/,
  },
};
for (const [name, { hosts, told }] of Object.entries(hostile)) {
  test(`no password for others: ${name}`, { skip }, async () => {
    const folder = certificatesFolder(
      Object.fromEntries([registry, service, evil].map(host => [host, trusting])),
    );
    const served = await serveSecurely(hosts);
    const said = await asked(served, clientWith(folder));
    assert.match(said, told);
    const known = served.seen.filter(({ host }) => host === evil);
    assert.ok(
      known.every(({ authorization, body }) => authorization === undefined && !body.includes('s3cr3t')),
    );
    assert.ok(!said.includes('s3cr3t'));
  });
}

test('an account in the address of a service is left out', { skip }, async () => {
  const hosts = await serveSecurely({
    [registry]: { handle: locked(`https://other:pw@${service}/token`) },
    [service]: { handle: giveToken },
  });
  assert.equal(await asked(hosts, clientWith(everywhere())), image.digest);
  assert.equal(hosts.seen[1]?.authorization, basic);
});

test('a proxy that is itself spoken to by TLS, with a certificate that nobody knows', { skip }, async () => {
  const hosts = await serveSecurely({ [registry]: { handle: fine } }, true);
  assert.equal(
    await asked(hosts, clientWith(everywhere(), null)),
    'registry.invalid cannot be reached through the proxy in HTTPS_PROXY (UNABLE_TO_VERIFY_LEAF_SIGNATURE). Name the file with its issuer in NODE_EXTRA_CA_CERTS.',
  );
  assert.deepEqual([hosts.tunnels, hosts.seen], [[], []]);
});

const plainRows: readonly [insecure: string, registry: string, origin: string][] = [
  ['10.1.0.0/16', '10.1.2.3:5000', 'http://10.1.2.3:5000'],
  ['10.1.0.0/16', '10.2.2.3:5000', 'https://10.2.2.3:5000'],
  ['10.1.2.3/32', '10.1.2.3', 'http://10.1.2.3'],
  ['0.0.0.0/0', '192.0.2.1', 'http://192.0.2.1'],
  ['fd00::/8', '[fd00::1]:5000', 'http://[fd00::1]:5000'],
  ['fd00::/8', '[fe80::1]:5000', 'https://[fe80::1]:5000'],
  ['10.0.0.0/8', '[::ffff:11.0.0.1]', 'https://[::ffff:b00:1]'],
  ['10.0.0.0/8', 'registry.lan', 'https://registry.lan'],
  ['10.0.0.0/33', '10.0.0.1', 'https://10.0.0.1'],
  ['10.0.0.0/', '10.0.0.1', 'https://10.0.0.1'],
  ['nonsense/8', '10.0.0.1', 'https://10.0.0.1'],
];
for (const [insecure, registry, origin] of plainRows) {
  test(`${registry} where ${insecure} may be plain`, () => {
    const { placesOf } = addressesBy({ ...noSettings, insecure: [insecure] });
    assert.deepEqual(
      placesOf({ registry, path: 'app' }).map(({ origin }) => origin.origin),
      [origin],
    );
  });
}
