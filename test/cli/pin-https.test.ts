// `bulkhead pin` by HTTPS, through the tunnel of a proxy: an issuer that is trusted, and one that is not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { holding, storedIndex } from '../support/fake-registry.ts';
import { hasOpenssl, issuer, serveSecurely } from '../support/tls.ts';
import { folderWith, startedBulkhead } from './bulkhead.ts';

const host = 'registry.invalid';
const image = storedIndex('1.0.1');
const handle = holding({ app: { '1': image, '1.0.1': image } });

for (const isSecure of [false, true]) {
  const name = isSecure ? 'a proxy that is reached by HTTPS itself' : 'a proxy';
  test(`HTTPS through the tunnel of ${name}`, { skip: !hasOpenssl }, async () => {
    const bulkhead = await startedBulkhead();
    const { proxy, tunnels, seen } = await serveSecurely({ [host]: { handle } }, isSecure);
    const pin = async (env: Readonly<Record<string, string>>) => {
      const project = folderWith({ Dockerfile: `FROM ${host}/app:1\n` });
      const proxied = { https_proxy: proxy.replace('://', '://u:p%40@'), ...env };
      const { code, out } = await bulkhead(['pin', '.'], { in: project, env: proxied });
      return { code, out, text: readFileSync(path.join(project, 'Dockerfile'), 'utf8') };
    };
    const refused = await pin({});
    assert.equal(refused.code, 2);
    assert.match(
      refused.out,
      isSecure
        ? /cannot be reached through the proxy in HTTPS_PROXY \(\w+\)/
        : /shows a certificate that is not trusted \(\w+\)\. Put that of its issuer below certs\.d, or name its file in NODE_EXTRA_CA_CERTS/,
    );

    const trusted = await pin({ NODE_EXTRA_CA_CERTS: issuer });
    assert.deepEqual([trusted.code, trusted.text], [0, `FROM ${host}/app:1.0.1\n`], trusted.out);
    const account = Buffer.from('u:p@').toString('base64');
    assert.deepEqual([...new Set(tunnels)], [`${host}:443 Basic ${account}`]);
    assert.ok(seen.every(({ authorization }) => authorization === undefined));
  });
}
